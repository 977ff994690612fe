import { AMI_FAMILIES, isAmazonLinux, isBottlerocket, isUbuntu, isWindows } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { nearest } from '../../kube/text';
import { isOnOutposts } from './accessors';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedGroup } from './unvalidated';

const isKnown = (family: string): boolean => (AMI_FAMILIES as readonly string[]).includes(family);
/** Whether nodes of the family join without a bootstrap command, also with a custom AMI. */
const joinsItself = (family: string): boolean => family === 'AmazonLinux2023' || isBottlerocket(family);

/** A managed group with a custom AMI; with a launch template, eksctl has other rules. */
const ownImage = ({ group }: Subject): boolean => isNonEmptyString(group.ami) && !isSet(group.launchTemplate);

/** What eksctl supports only with its own AMIs. */
function imageExtras({ maxPodsPerNode, ssh, releaseVersion }: UnvalidatedGroup): readonly string[] {
  return [
    ...(isSet(maxPodsPerNode) && maxPodsPerNode !== 0 ? ['maxPodsPerNode'] : []),
    ...(ssh?.enableSsm === true ? ['ssh.enableSsm'] : []),
    ...(isNonEmptyString(releaseVersion) ? ['releaseVersion'] : []),
  ];
}

const COMMAND_FIX = "set overrideBootstrapCommand, or write amiFamily: 'AmazonLinux2023'";

/** The AMI of the nodes, and how they join the cluster. */
export const AMI_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'B10', enforcedBy: 'eksctl', title: 'amiFamily is known to eksctl' }, ({ family, error }) => {
    if (family !== '' && !isKnown(family)) {
      const near = nearest(family, AMI_FAMILIES) ?? 'AmazonLinux2023';
      error('amiFamily', `unknown AMI family ${describe(family)}`, `write amiFamily: '${near}'`);
    }
  }),
  groupRule(
    { id: 'N6', enforcedBy: 'eksctl', only: 'self-managed', title: 'ami requires amiFamily' },
    ({ group, family, error }) => {
      if (isNonEmptyString(group.ami) && family === '') {
        error(
          'ami',
          `requires amiFamily, but ami is ${describe(group.ami)} without it`,
          "write amiFamily: 'AmazonLinux2023'",
        );
      }
    },
  ),
  groupRule(
    {
      id: 'N7',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'ami requires overrideBootstrapCommand, except for AmazonLinux2023, Bottlerocket and Windows',
    },
    ({ group, family, error }) => {
      const alone = joinsItself(family) || isWindows(family);
      if (isNonEmptyString(group.ami) && family !== '' && !alone && !isSet(group.overrideBootstrapCommand)) {
        error('overrideBootstrapCommand', `required with a custom AMI of ${family}`, COMMAND_FIX);
      }
    },
  ),
  groupRule(
    {
      id: 'N23f',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'amiFamily is Amazon Linux on Outposts',
    },
    ({ family, config, error }) => {
      if (isOnOutposts(config) && isKnown(family) && !isAmazonLinux(family)) {
        error('amiFamily', `must be Amazon Linux on Outposts, but is '${family}'`, "write 'AmazonLinux2023'");
      }
    },
  ),
  groupRule(
    { id: 'M8', enforcedBy: 'eksctl', only: 'managed', title: 'Windows nodes have no overrideBootstrapCommand' },
    ({ group, family, error }) => {
      if (isWindows(family) && isSet(group.overrideBootstrapCommand)) {
        error('overrideBootstrapCommand', `not supported by ${family}`, 'remove it');
      }
    },
  ),
  groupRule({ id: 'M12', enforcedBy: 'eksctl', only: 'managed', title: 'ami is an AMI id' }, (subject) => {
    const { ami } = subject.group;
    if (ownImage(subject) && !ami!.startsWith('ami-')) {
      subject.error(
        'ami',
        `must be an AMI id, but is ${describe(ami)}`,
        "write for example 'ami-0123456789abcdef0', or remove it",
      );
    }
  }),
  groupRule({ id: 'M13', enforcedBy: 'eksctl', only: 'managed', title: 'ami requires amiFamily' }, (subject) => {
    if (ownImage(subject) && subject.family === '') {
      subject.error(
        'ami',
        `requires amiFamily, but ami is ${describe(subject.group.ami)} without it`,
        "write amiFamily: 'AmazonLinux2023'",
      );
    }
  }),
  groupRule(
    {
      id: 'M14',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'ami is set only with Amazon Linux, Bottlerocket or Ubuntu',
    },
    (subject) => {
      const { family } = subject;
      const fits = isAmazonLinux(family) || isBottlerocket(family) || isUbuntu(family);
      if (ownImage(subject) && isKnown(family) && !fits) {
        subject.error(
          'ami',
          `not supported by managed groups of ${family}, but is ${describe(subject.group.ami)}`,
          'remove ami, or move the group to nodeGroups',
        );
      }
    },
  ),
  groupRule(
    {
      id: 'M15',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'ami requires overrideBootstrapCommand, except for AmazonLinux2023 and Bottlerocket',
    },
    (subject) => {
      const { family, group } = subject;
      const asks = isKnown(family) && !joinsItself(family) && !isWindows(family);
      if (ownImage(subject) && asks && !isSet(group.overrideBootstrapCommand)) {
        subject.error('overrideBootstrapCommand', `required with a custom AMI of ${family}`, COMMAND_FIX);
      }
    },
  ),
  groupRule(
    {
      id: 'M16',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'ami cannot be combined with maxPodsPerNode, ssh.enableSsm or releaseVersion',
    },
    (subject) => {
      for (const field of ownImage(subject) ? imageExtras(subject.group) : []) {
        subject.error(
          field,
          `not allowed with a custom AMI, but ami is ${describe(subject.group.ami)}`,
          `remove ${field}`,
        );
      }
    },
  ),
  groupRule(
    {
      id: 'M17',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'overrideBootstrapCommand requires ami, except for AmazonLinux2023',
    },
    ({ group, family, error }) => {
      const other = !isSet(group.launchTemplate) && !isNonEmptyString(group.ami) && family !== 'AmazonLinux2023';
      // N14 and M8 report Bottlerocket and Windows
      if (other && !isBottlerocket(family) && !isWindows(family) && isSet(group.overrideBootstrapCommand)) {
        error(
          'overrideBootstrapCommand',
          `requires a custom AMI with ${family}`,
          "write for example ami: 'ami-0123456789abcdef0', or remove overrideBootstrapCommand",
        );
      }
    },
  ),
];
