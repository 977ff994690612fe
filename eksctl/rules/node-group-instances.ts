import { isAmazonLinux, isBottlerocket, isWindows } from '../../eks/ami-families';
import { acceleratorOf, architectureOf, isBurstable, isInstanceType } from '../../eks/instance-types';
import { describe } from '../../kube/describe';
import { isOnOutposts } from './accessors';
import { decidingType, groupRule, hasSelector, listedTypes, namedTypes, typePath } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

const isArm = (type: string): boolean => isInstanceType(type) && architectureOf(type) === 'arm64';

/** Whether eksctl's AMIs of a family have accelerator drivers; assumed if the family is unknown. */
const hasDrivers = (family: string): boolean => family === '' || isAmazonLinux(family) || isBottlerocket(family);

/** Missing in eksctl's list of types: it treats unknown types as amd64 without accelerators. */
const isMetal = (type: string): boolean => /\.metal(-|$)/.test(type);

/** Why eksctl has no AMI of a family for a type; undefined if it has one, or does not check. */
function unsupported(family: string, type: string): string | undefined {
  if (isWindows(family) && isArm(type)) {
    return 'has an arm64 CPU';
  }
  if (family === 'AmazonLinux2' && isArm(type) && acceleratorOf(type) === 'NVIDIA') {
    return 'has an arm64 CPU and an NVIDIA GPU';
  }
  return undefined;
}

/** The instance types of a group. */
export const INSTANCE_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'B12', enforcedBy: 'eksctl', title: 'Inferentia and Trainium require Amazon Linux or Bottlerocket' },
    (subject) => {
      const type = decidingType(subject);
      const accelerator = acceleratorOf(type);
      if ((accelerator === 'Inferentia' || accelerator === 'Trainium') && !hasDrivers(subject.family)) {
        subject.error(
          'amiFamily',
          `must be Amazon Linux or Bottlerocket for the ${accelerator} of '${type}', but is ${describe(subject.family)}`,
          "write amiFamily: 'AmazonLinux2023'",
        );
      }
    },
  ),
  groupRule(
    {
      id: 'B13',
      enforcedBy: 'aws',
      title: 'NVIDIA GPUs require Amazon Linux or Bottlerocket, or manually installed drivers',
    },
    (subject) => {
      const type = decidingType(subject);
      if (acceleratorOf(type) === 'NVIDIA' && !hasDrivers(subject.family)) {
        subject.warning(
          'amiFamily',
          `${describe(subject.family)} has no drivers for the GPU of '${type}'`,
          "write amiFamily: 'AmazonLinux2023', or install the drivers yourself",
        );
      }
    },
  ),
  groupRule(
    { id: 'N16', enforcedBy: 'eksctl', only: 'self-managed', title: 'the AMI family supports the instance type' },
    (subject) => {
      const type = decidingType(subject);
      const reason = unsupported(subject.family, type);
      if (reason && !isMetal(type) && !subject.group.ami?.startsWith('ami-')) {
        subject.error(
          'amiFamily',
          `${subject.family} does not support '${type}', which ${reason}`,
          isWindows(subject.family) ? "write an amd64 type, such as 'm5.large'" : "write amiFamily: 'AmazonLinux2023'",
        );
      }
    },
  ),
  groupRule(
    { id: 'N23c', enforcedBy: 'eksctl', only: 'self-managed', title: 'a group on Outposts has no instanceSelector' },
    ({ group, config, error }) => {
      if ((isOnOutposts(config) || isNonEmptyString(group.outpostARN)) && hasSelector(group)) {
        error('instanceSelector', 'not supported on Outposts', "write instanceType: 'm5.large' instead");
      }
    },
  ),
  groupRule(
    { id: 'N18a', enforcedBy: 'eksctl', only: 'self-managed', title: 'cpuCredits requires a burstable type' },
    (subject) => {
      const { group, error } = subject;
      const types = isSet(group.instancesDistribution) ? listedTypes(subject) : [group.instanceType ?? ''];
      if (isSet(group.cpuCredits) && !types.some((type) => type.startsWith('t'))) {
        error(
          'cpuCredits',
          `requires a burstable type, but the types are ${types.filter(Boolean).join(', ') || 'missing'}`,
          "remove cpuCredits, or write instanceType: 't3.large'",
        );
      }
    },
  ),
  groupRule(
    { id: 'N18b', enforcedBy: 'eksctl', only: 'self-managed', title: 'cpuCredits is standard or unlimited' },
    ({ group, error }) => {
      const credits = group.cpuCredits;
      if (isSet(credits) && !['standard', 'unlimited'].includes(credits.toLowerCase())) {
        error(
          'cpuCredits',
          `must be 'standard' or 'unlimited', but is ${describe(credits)}`,
          "write 'standard' or 'unlimited'",
        );
      }
    },
  ),
  groupRule(
    { id: 'X71', enforcedBy: 'aws', only: 'self-managed', title: 'cpuCredits requires that all types are burstable' },
    (subject) => {
      const types = namedTypes(subject);
      const others = types.filter((type) => isInstanceType(type) && !isBurstable(type));
      if (isSet(subject.group.cpuCredits) && types.some((type) => type.startsWith('t')) && others.length > 0) {
        subject.error(
          'cpuCredits',
          `requires that all types are burstable, but ${others.join(', ')} are not`,
          'remove cpuCredits, or use only types of t2, t3, t3a or t4g',
        );
      }
    },
  ),
  groupRule(
    { id: 'M6', enforcedBy: 'eksctl', only: 'managed', title: 'instanceType and instanceTypes are mutually exclusive' },
    ({ group, error }) => {
      if (isNonEmptyString(group.instanceType) && (group.instanceTypes?.length ?? 0) > 0) {
        error(
          'instanceType',
          `cannot be combined with instanceTypes ${describe(group.instanceTypes)}, but is ${describe(group.instanceType)}`,
          'move it to instanceTypes',
        );
      }
    },
  ),
  groupRule(
    {
      id: 'M7',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'instanceType and instanceSelector are mutually exclusive',
    },
    ({ group, error }) => {
      if (isNonEmptyString(group.instanceType) && hasSelector(group)) {
        error(
          'instanceType',
          `cannot be combined with instanceSelector, but is ${describe(group.instanceType)}`,
          'remove one of them',
        );
      }
    },
  ),
  groupRule({ id: 'X72', enforcedBy: 'aws', title: 'the types of a group have one architecture' }, (subject) => {
    const types = namedTypes(subject).filter(isInstanceType);
    const first = types[0];
    const other = types.find((type) => architectureOf(type) !== architectureOf(first!));
    if (first !== undefined && other !== undefined) {
      subject.error(
        subject.kind === 'managed' ? 'instanceTypes' : 'instancesDistribution.instanceTypes',
        `must have one architecture, but '${first}' is ${architectureOf(first)} and '${other}' is ${architectureOf(other)}`,
        'create a group per architecture',
      );
    }
  }),
  groupRule({ id: 'X73', enforcedBy: 'aws', title: 'instance types are valid' }, (subject) => {
    for (const type of namedTypes(subject)) {
      if (!isInstanceType(type)) {
        subject.error(
          typePath(subject, type),
          `invalid instance type ${describe(type)}`,
          "write for example 'm5.large'",
        );
      }
    }
  }),
  groupRule({ id: 'X74', enforcedBy: 'aws', title: 'Windows nodes have no arm64 types' }, (subject) => {
    const type = decidingType(subject);
    if (isWindows(subject.family) && isArm(type) && (subject.kind === 'managed' || isMetal(type))) {
      subject.error(
        'amiFamily',
        `${subject.family} does not support '${type}', which has an arm64 CPU`,
        "write an amd64 type, such as 'm5.large'",
      );
    }
  }),
];
