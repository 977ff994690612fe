import { isBottlerocket } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { groupRule } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedGroup } from './unvalidated';

/** What the template says instead, and whether the group says it. */
const IN_TEMPLATE: Readonly<Record<string, (group: UnvalidatedGroup) => boolean>> = {
  instanceType: ({ instanceType }) => isNonEmptyString(instanceType),
  ami: ({ ami }) => isNonEmptyString(ami),
  // a key makes eksctl allow SSH, unless that is switched off
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

/** A version as eksctl reads it: a whole number, with or without a sign. */
const isWhole = (version: string): boolean => /^[+-]?\d{1,18}$/.test(version);

/** A launch template of one's own, in a managed group. */
export const LAUNCH_TEMPLATE_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'M9', enforcedBy: 'eksctl', only: 'managed', title: 'launchTemplate needs its id' },
    ({ group, error }) => {
      if (isSet(group.launchTemplate) && !isNonEmptyString(group.launchTemplate.id)) {
        error(
          'launchTemplate.id',
          `the id is ${describe(group.launchTemplate.id ?? undefined)}`,
          "write for example 'lt-0123456789abcdef0'",
        );
      }
    },
  ),
  groupRule(
    { id: 'M10', enforcedBy: 'eksctl', only: 'managed', title: 'launchTemplate.version is a number from 1, as a text' },
    ({ group, error }) => {
      const version = group.launchTemplate?.version;
      if (isSet(version) && !(isWhole(version) && Number(version) >= 1)) {
        error(
          'launchTemplate.version',
          `the version is ${describe(version)}`,
          "write a number as a text: '3'; without it, the template's default version counts",
        );
      }
    },
  ),
  groupRule(
    { id: 'M11', enforcedBy: 'eksctl', only: 'managed', title: 'launchTemplate excludes what the template says' },
    ({ group, error }) => {
      for (const [field, says] of isSet(group.launchTemplate) ? Object.entries(IN_TEMPLATE) : []) {
        if (says(group)) {
          error(field, `${field} is said beside a launch template`, `leave ${field} out, and say it in the template`);
        }
      }
    },
  ),
  groupRule(
    { id: 'M19', enforcedBy: 'eksctl', only: 'managed', title: 'no launchTemplate with Bottlerocket' },
    ({ group, family, error }) => {
      // eksctl gives Bottlerocket's data volume a name, and then misses the size beside it
      if (
        isSet(group.launchTemplate) &&
        isBottlerocket(family) &&
        !isNonEmptyString(group.volumeName) &&
        !isSet(group.volumeSize)
      ) {
        error(
          'launchTemplate',
          'eksctl 0.230 refuses every launch template of a Bottlerocket group, for a volumeName that it adds itself',
          "leave launchTemplate out, or write amiFamily: 'AmazonLinux2023'",
        );
      }
    },
  ),
];
