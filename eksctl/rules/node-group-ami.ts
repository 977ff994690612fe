import { AMI_FAMILIES, isAmazonLinux, isBottlerocket, isUbuntu, isWindows } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { nearest } from '../../kube/text';
import { isOnOutposts } from './accessors';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedGroup } from './unvalidated';

const isKnown = (family: string): boolean => (AMI_FAMILIES as readonly string[]).includes(family);
/** Whether nodes of the family join without a command: so these need none beside an image of one's own. */
const joinsItself = (family: string): boolean => family === 'AmazonLinux2023' || isBottlerocket(family);

/** A managed group with an image of its own; beside a launch template eksctl asks other things. */
const ownImage = ({ group }: Subject): boolean => isNonEmptyString(group.ami) && !isSet(group.launchTemplate);

/** What eksctl does for its own images only. */
function imageExtras({ maxPodsPerNode, ssh, releaseVersion }: UnvalidatedGroup): readonly string[] {
  return [
    ...(isSet(maxPodsPerNode) && maxPodsPerNode !== 0 ? ['maxPodsPerNode'] : []),
    ...(ssh?.enableSsm === true ? ['ssh.enableSsm'] : []),
    ...(isNonEmptyString(releaseVersion) ? ['releaseVersion'] : []),
  ];
}

const COMMAND_FIX = "write overrideBootstrapCommand, or amiFamily: 'AmazonLinux2023'";

/** The image of the nodes, and how it joins the cluster. */
export const AMI_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'B10', enforcedBy: 'eksctl', title: 'amiFamily is one that eksctl knows' }, ({ family, error }) => {
    if (family !== '' && !isKnown(family)) {
      const near = nearest(family, AMI_FAMILIES) ?? 'AmazonLinux2023';
      error('amiFamily', `eksctl knows no family ${describe(family)}`, `write amiFamily: '${near}'`);
    }
  }),
  groupRule(
    { id: 'N6', enforcedBy: 'eksctl', only: 'self-managed', title: 'ami needs amiFamily' },
    ({ group, family, error }) => {
      if (isNonEmptyString(group.ami) && family === '') {
        error(
          'ami',
          `ami is ${describe(group.ami)}, but no amiFamily says how it starts`,
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
      title: 'ami needs overrideBootstrapCommand, but for three families',
    },
    ({ group, family, error }) => {
      const alone = joinsItself(family) || isWindows(family);
      if (isNonEmptyString(group.ami) && family !== '' && !alone && !isSet(group.overrideBootstrapCommand)) {
        error('overrideBootstrapCommand', `an image of your own of ${family} joins by a command only`, COMMAND_FIX);
      }
    },
  ),
  groupRule(
    {
      id: 'N23f',
      enforcedBy: 'eksctl',
      only: 'self-managed',
      title: 'on Outposts amiFamily is AmazonLinux2023 or AmazonLinux2',
    },
    ({ family, config, error }) => {
      if (isOnOutposts(config) && isKnown(family) && !isAmazonLinux(family)) {
        error('amiFamily', `amiFamily is '${family}'; local clusters take Amazon Linux`, "write 'AmazonLinux2023'");
      }
    },
  ),
  groupRule(
    { id: 'M8', enforcedBy: 'eksctl', only: 'managed', title: 'no overrideBootstrapCommand under Windows' },
    ({ group, family, error }) => {
      if (isWindows(family) && isSet(group.overrideBootstrapCommand)) {
        error('overrideBootstrapCommand', `${family} always starts by its own script`, 'leave it out');
      }
    },
  ),
  groupRule({ id: 'M12', enforcedBy: 'eksctl', only: 'managed', title: 'ami is an id' }, (subject) => {
    const { ami } = subject.group;
    if (ownImage(subject) && !ami!.startsWith('ami-')) {
      subject.error('ami', `ami is ${describe(ami)}`, "write for example 'ami-0123456789abcdef0', or leave it out");
    }
  }),
  groupRule({ id: 'M13', enforcedBy: 'eksctl', only: 'managed', title: 'ami needs amiFamily' }, (subject) => {
    if (ownImage(subject) && subject.family === '') {
      subject.error(
        'ami',
        `ami is ${describe(subject.group.ami)}, but no amiFamily says how it starts`,
        "write amiFamily: 'AmazonLinux2023'",
      );
    }
  }),
  groupRule(
    { id: 'M14', enforcedBy: 'eksctl', only: 'managed', title: 'ami with Amazon Linux, Bottlerocket or Ubuntu only' },
    (subject) => {
      const { family } = subject;
      const fits = isAmazonLinux(family) || isBottlerocket(family) || isUbuntu(family);
      if (ownImage(subject) && isKnown(family) && !fits) {
        subject.error(
          'ami',
          `ami is ${describe(subject.group.ami)}, but managed groups take no image of your own of ${family}`,
          'leave ami out, or move the group to nodeGroups',
        );
      }
    },
  ),
  groupRule(
    {
      id: 'M15',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'ami needs overrideBootstrapCommand, but for two families',
    },
    (subject) => {
      const { family, group } = subject;
      const asks = isKnown(family) && !joinsItself(family) && !isWindows(family);
      if (ownImage(subject) && asks && !isSet(group.overrideBootstrapCommand)) {
        subject.error(
          'overrideBootstrapCommand',
          `an image of your own of ${family} joins by a command only`,
          COMMAND_FIX,
        );
      }
    },
  ),
  groupRule(
    {
      id: 'M16',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'ami excludes maxPodsPerNode, ssh.enableSsm, releaseVersion',
    },
    (subject) => {
      for (const field of ownImage(subject) ? imageExtras(subject.group) : []) {
        subject.error(
          field,
          `${field} is for eksctl's own images, but ami is ${describe(subject.group.ami)}`,
          `leave ${field} out`,
        );
      }
    },
  ),
  groupRule(
    {
      id: 'M17',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'overrideBootstrapCommand without ami only on AmazonLinux2023',
    },
    ({ group, family, error }) => {
      const other = !isSet(group.launchTemplate) && !isNonEmptyString(group.ami) && family !== 'AmazonLinux2023';
      // on Bottlerocket and Windows N14 and M8 say it
      if (other && !isBottlerocket(family) && !isWindows(family) && isSet(group.overrideBootstrapCommand)) {
        error(
          'overrideBootstrapCommand',
          `eksctl replaces the start of ${family} only in an image of your own`,
          "add ami: 'ami-0123456789abcdef0', or leave overrideBootstrapCommand out",
        );
      }
    },
  ),
];
