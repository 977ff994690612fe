import { BOTTLEROCKET_DATA_SIZE, isBottlerocket, smallestVolume } from '../../eks/ami-families';
import { DEFAULT_AMI_FAMILY } from '../node-group-defaults';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

/** Devices of the volume that an image is on. */
const ROOTS = ['/dev/xvda', '/dev/sda1'];

/** The family of the image on the volume of `volumeSize`; undefined where it is another image, or another volume. */
function imageOf({ family, group }: Subject): string | undefined {
  const custom = group.ami?.startsWith('ami-') === true || isSet(group.launchTemplate);
  const own = family || DEFAULT_AMI_FAMILY;
  const other = isNonEmptyString(group.volumeName) && (isBottlerocket(own) || !ROOTS.includes(group.volumeName));
  return custom || other ? undefined : own;
}

/** Volumes and the images on them. */
export const ROOT_VOLUME_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'X111', enforcedBy: 'aws', title: 'volumeSize is at least the size of the image' }, (subject) => {
    const size = subject.group.volumeSize;
    const family = imageOf(subject);
    const smallest = smallestVolume(family ?? '');
    // X92 reports what no volume has
    if (!isSet(size) || size < 1 || family === undefined || smallest === undefined) {
      return;
    }
    if (size < smallest) {
      subject.error(
        'volumeSize',
        `must be at least ${smallest} GiB, the size of the image of ${family}, but is ${size}`,
        `write volumeSize: ${Math.max(smallest, BOTTLEROCKET_DATA_SIZE)}, or remove it for 80`,
      );
    } else if (isBottlerocket(family) && size < BOTTLEROCKET_DATA_SIZE) {
      subject.warning(
        'volumeSize',
        `should be at least ${BOTTLEROCKET_DATA_SIZE} GiB for container images and logs of Bottlerocket, but is ${size}`,
        `write volumeSize: ${BOTTLEROCKET_DATA_SIZE}, or remove it for 80`,
      );
    }
  }),
];
