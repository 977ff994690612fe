import { isBottlerocket } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { groupRule } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedGroup } from './unvalidated';

/** Fields that the template defines, with a test whether the group sets them. */
const IN_TEMPLATE: Readonly<Record<string, (group: UnvalidatedGroup) => boolean>> = {
  instanceType: ({ instanceType }) => isNonEmptyString(instanceType),
  ami: ({ ami }) => isNonEmptyString(ami),
  // eksctl allows SSH if there is a key, unless it is disabled
  'ssh.allow': ({ ssh }) =>
    ssh?.allow === true ||
    (ssh?.allow !== false && [ssh?.publicKey, ssh?.publicKeyName, ssh?.publicKeyPath].some(isNonEmptyString)),
  'ssh.enableSsm': ({ ssh }) => ssh?.enableSsm === true,
  'ssh.sourceSecurityGroupIds': ({ ssh }) => (ssh?.sourceSecurityGroupIds?.length ?? 0) > 0,
  'securityGroups.attachIDs': ({ securityGroups }) => (securityGroups?.attachIDs?.length ?? 0) > 0,
  volumeSize: ({ volumeSize }) => isSet(volumeSize),
  preBootstrapCommands: ({ preBootstrapCommands }) => (preBootstrapCommands?.length ?? 0) > 0,
  overrideBootstrapCommand: ({ overrideBootstrapCommand }) => isSet(overrideBootstrapCommand),
  instanceName: ({ instanceName }) => isNonEmptyString(instanceName),
  instancePrefix: ({ instancePrefix }) => isNonEmptyString(instancePrefix),
  maxPodsPerNode: ({ maxPodsPerNode }) => (maxPodsPerNode ?? 0) !== 0,
  disableIMDSv1: ({ disableIMDSv1 }) => disableIMDSv1 === false,
  disablePodIMDS: ({ disablePodIMDS }) => disablePodIMDS === true,
  placement: ({ placement }) => isSet(placement),
};

/** A version as eksctl reads it: an integer, with or without a sign. */
const isWhole = (version: string): boolean => /^[+-]?\d{1,18}$/.test(version);

/** Custom launch templates of managed groups. */
export const LAUNCH_TEMPLATE_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'M9', enforcedBy: 'eksctl', only: 'managed', title: 'launchTemplate has an id' },
    ({ group, error }) => {
      if (isSet(group.launchTemplate) && !isNonEmptyString(group.launchTemplate.id)) {
        error('launchTemplate.id', 'required', "write for example 'lt-0123456789abcdef0'");
      }
    },
  ),
  groupRule(
    {
      id: 'M10',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'launchTemplate.version is a positive integer in a string',
    },
    ({ group, error }) => {
      const version = group.launchTemplate?.version;
      if (isSet(version) && !(isWhole(version) && Number(version) >= 1)) {
        error(
          'launchTemplate.version',
          `must be a positive integer, but is ${describe(version)}`,
          "write for example '3', or delete it to use the template's default version",
        );
      }
    },
  ),
  groupRule(
    {
      id: 'M11',
      enforcedBy: 'eksctl',
      only: 'managed',
      title: 'fields that the launch template defines are not set',
    },
    ({ group, error }) => {
      for (const [field, isSetIn] of isSet(group.launchTemplate) ? Object.entries(IN_TEMPLATE) : []) {
        if (isSetIn(group)) {
          error(field, `not allowed with a launch template`, `remove ${field}, and set it in the template`);
        }
      }
    },
  ),
  groupRule(
    { id: 'M19', enforcedBy: 'eksctl', only: 'managed', title: 'a Bottlerocket group has no launchTemplate' },
    ({ group, family, error }) => {
      // eksctl sets the name of Bottlerocket's data volume, and then requires a size
      if (
        isSet(group.launchTemplate) &&
        isBottlerocket(family) &&
        !isNonEmptyString(group.volumeName) &&
        !isSet(group.volumeSize)
      ) {
        error(
          'launchTemplate',
          'not allowed with Bottlerocket: eksctl 0.230 adds a volumeName, which it then refuses',
          "remove launchTemplate, or write amiFamily: 'AmazonLinux2023'",
        );
      }
    },
  ),
];
