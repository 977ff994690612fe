import { knownInstanceSpec } from '../../eks/instance-specs';
import { DEFAULT_AMI_FAMILY } from '../../eksctl/node-group-defaults';
import { listed } from '../../kube/text';
import type { Check } from '../core/check';
import type { NodeGroup } from './props';

/** Disks of the instances can be set up by nodeadm alone, and where there are some. */
export function checkInstanceStore(
  check: Check,
  { instanceStore, amiFamily = DEFAULT_AMI_FAMILY }: NodeGroup,
  types: readonly string[],
  place: string,
): void {
  if (instanceStore === undefined) {
    return;
  }
  const field = `${place}.instanceStore`;
  check.oneOf(field, instanceStore, ['RAID0', 'Mount']);
  if (amiFamily !== 'AmazonLinux2023') {
    check.fail(
      'unsupported',
      field,
      `${field} must be left out for ${amiFamily}, whose disks are set up by settings of its own`,
      "write amiFamily: 'AmazonLinux2023', or settings of the image in config",
    );
  }
  const without = types.filter((type) => knownInstanceSpec(type)?.disks === 0);
  if (without.length > 0) {
    check.fail(
      'unsupported',
      field,
      `${field} must be left out for ${listed(without)}, which ${without.length === 1 ? 'has' : 'have'} no disks of ${without.length === 1 ? 'its' : 'their'} own`,
      "choose a type with them, such as 'm6id.large' or 'i4i.xlarge', or leave it out",
    );
  }
}
