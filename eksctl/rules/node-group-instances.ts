import { isAmazonLinux, isBottlerocket, isWindows } from '../../eks/ami-families';
import { acceleratorOf, architectureOf, isBurstable, isInstanceType } from '../../eks/instance-types';
import { describe } from '../../kube/describe';
import { isOnOutposts } from './accessors';
import { decidingType, groupRule, hasSelector, listedTypes, namedTypes } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

const isArm = (type: string): boolean => isInstanceType(type) && architectureOf(type) === 'arm64';

/** Whether eksctl has drivers for accelerators in the images of a family; it cannot say so of an image that is not named. */
const hasDrivers = (family: string): boolean => family === '' || isAmazonLinux(family) || isBottlerocket(family);

/** eksctl's list of types leaves these out, and it takes what it does not know for amd64 without accelerators. */
const isMetal = (type: string): boolean => /\.metal(-|$)/.test(type);

/** Why eksctl has no image of a family for a type; undefined where it has one, or leaves it to others. */
function unsupported(family: string, type: string): string | undefined {
  if (isWindows(family) && isArm(type)) {
    return 'has an arm64 CPU';
  }
  if (family === 'AmazonLinux2' && isArm(type) && acceleratorOf(type) === 'NVIDIA') {
    return 'has an arm64 CPU and an NVIDIA GPU';
  }
  return undefined;
}

/** What the nodes of a group are made of. */
export const INSTANCE_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'B12', enforcedBy: 'eksctl', title: 'Inferentia and Trainium only on Amazon Linux and Bottlerocket' },
    (subject) => {
      const type = decidingType(subject);
      const accelerator = acceleratorOf(type);
      if ((accelerator === 'Inferentia' || accelerator === 'Trainium') && !hasDrivers(subject.family)) {
        subject.error(
          'amiFamily',
          `amiFamily is ${describe(subject.family)}, without drivers for the ${accelerator} of '${type}'`,
          "write amiFamily: 'AmazonLinux2023'",
        );
      }
    },
  ),
  groupRule({ id: 'B13', enforcedBy: 'aws', title: 'NVIDIA GPUs elsewhere need drivers of your own' }, (subject) => {
    const type = decidingType(subject);
    if (acceleratorOf(type) === 'NVIDIA' && !hasDrivers(subject.family)) {
      subject.warning(
        'amiFamily',
        `amiFamily is ${describe(subject.family)}, without drivers for the GPU of '${type}'`,
        "write amiFamily: 'AmazonLinux2023', or install the drivers yourself",
      );
    }
  }),
  groupRule(
    { id: 'N16', enforcedBy: 'eksctl', only: 'self-managed', title: 'the image family exists for the instance type' },
    (subject) => {
      const type = decidingType(subject);
      const reason = unsupported(subject.family, type);
      if (reason && !isMetal(type) && !subject.group.ami?.startsWith('ami-')) {
        subject.error(
          'amiFamily',
          `there is no ${subject.family} for '${type}', which ${reason}`,
          isWindows(subject.family) ? "write an amd64 type, such as 'm5.large'" : "write amiFamily: 'AmazonLinux2023'",
        );
      }
    },
  ),
  groupRule(
    { id: 'N23c', enforcedBy: 'eksctl', only: 'self-managed', title: 'no instanceSelector on Outposts' },
    ({ group, config, error }) => {
      if ((isOnOutposts(config) || isNonEmptyString(group.outpostARN)) && hasSelector(group)) {
        error('instanceSelector', 'an Outpost has the types that it has', "write instanceType: 'm5.large' instead");
      }
    },
  ),
  groupRule(
    { id: 'N18a', enforcedBy: 'eksctl', only: 'self-managed', title: 'cpuCredits needs a type that begins with t' },
    (subject) => {
      const { group, error } = subject;
      const types = isSet(group.instancesDistribution) ? listedTypes(subject) : [group.instanceType ?? ''];
      if (isSet(group.cpuCredits) && !types.some((type) => type.startsWith('t'))) {
        error(
          'cpuCredits',
          `cpuCredits is ${describe(group.cpuCredits)}, but no type is burstable (${types.filter(Boolean).join(', ') || 'none is named'})`,
          "leave cpuCredits out, or write instanceType: 't3.large'",
        );
      }
    },
  ),
  groupRule(
    { id: 'N18b', enforcedBy: 'eksctl', only: 'self-managed', title: 'cpuCredits is standard or unlimited' },
    ({ group, error }) => {
      const credits = group.cpuCredits;
      if (isSet(credits) && !['standard', 'unlimited'].includes(credits.toLowerCase())) {
        error('cpuCredits', `cpuCredits is ${describe(credits)}`, "write 'standard' or 'unlimited'");
      }
    },
  ),
  groupRule(
    { id: 'X71', enforcedBy: 'aws', only: 'self-managed', title: 'cpuCredits only with burstable types' },
    (subject) => {
      const types = namedTypes(subject);
      const others = types.filter((type) => isInstanceType(type) && !isBurstable(type));
      if (isSet(subject.group.cpuCredits) && types.some((type) => type.startsWith('t')) && others.length > 0) {
        subject.error(
          'cpuCredits',
          `EC2 takes cpuCredits only with burstable types, not with ${others.join(', ')}`,
          'leave cpuCredits out, or name types of t2, t3, t3a or t4g only',
        );
      }
    },
  ),
  groupRule(
    { id: 'M6', enforcedBy: 'eksctl', only: 'managed', title: 'either instanceType or instanceTypes' },
    ({ group, error }) => {
      if (isNonEmptyString(group.instanceType) && (group.instanceTypes?.length ?? 0) > 0) {
        error(
          'instanceType',
          `instanceType ${describe(group.instanceType)} stands beside instanceTypes ${describe(group.instanceTypes)}`,
          'leave instanceType out, and name it among instanceTypes',
        );
      }
    },
  ),
  groupRule(
    { id: 'M7', enforcedBy: 'eksctl', only: 'managed', title: 'either instanceType or instanceSelector' },
    ({ group, error }) => {
      if (isNonEmptyString(group.instanceType) && hasSelector(group)) {
        error(
          'instanceType',
          `instanceType ${describe(group.instanceType)} stands beside an instanceSelector`,
          'leave one of them out',
        );
      }
    },
  ),
  groupRule({ id: 'X72', enforcedBy: 'aws', title: 'one architecture in a group' }, (subject) => {
    const types = namedTypes(subject).filter(isInstanceType);
    const first = types[0];
    const other = types.find((type) => architectureOf(type) !== architectureOf(first!));
    if (first !== undefined && other !== undefined) {
      subject.error(
        subject.kind === 'managed' ? 'instanceTypes' : 'instancesDistribution.instanceTypes',
        `'${first}' is ${architectureOf(first)} and '${other}' is ${architectureOf(other)}, but a group has one image`,
        'make a group of each architecture',
      );
    }
  }),
  groupRule({ id: 'X73', enforcedBy: 'aws', title: 'instance types have the shape of instance types' }, (subject) => {
    for (const type of namedTypes(subject)) {
      if (!isInstanceType(type)) {
        const list = subject.kind === 'managed' ? 'instanceTypes' : 'instancesDistribution.instanceTypes';
        const field = listedTypes(subject).includes(type) ? list : 'instanceType';
        subject.error(field, `${describe(type)} is no instance type`, "write for example 'm5.large'");
      }
    }
  }),
  groupRule({ id: 'X74', enforcedBy: 'aws', title: 'no arm64 under Windows' }, (subject) => {
    const type = decidingType(subject);
    if (isWindows(subject.family) && isArm(type) && (subject.kind === 'managed' || isMetal(type))) {
      subject.error(
        'amiFamily',
        `there is no ${subject.family} for '${type}', which has an arm64 CPU`,
        "write an amd64 type, such as 'm5.large'",
      );
    }
  }),
];
