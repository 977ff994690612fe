import { isWindows, spelledFamily } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { isLabelValue } from '../../kube/names';
import { groupRule } from './group-rule';
import { checkNames } from './node-group-labels-taints';
import type { NodeGroupRule } from './rule';
import { listOf, type UnvalidatedConfig } from './unvalidated';

/** Whether there are Linux nodes, which CoreDNS requires. */
function hasLinux(config: UnvalidatedConfig): boolean {
  const groups = [...listOf(config.nodeGroups), ...listOf(config.managedNodeGroups)];
  return (
    groups.some((group) => !isWindows(spelledFamily(group.amiFamily ?? ''))) ||
    (config.fargateProfiles?.length ?? 0) > 0 ||
    config.autoModeConfig?.enabled === true
  );
}

/** Names that CloudFormation or the nodes refuse, and advice from the EKS best practices. */
export const ADVICE_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'X89', enforcedBy: 'aws', title: 'a cluster with Windows nodes has Linux nodes, too' },
    ({ family, config, warning }) => {
      if (isWindows(family) && !hasLinux(config)) {
        warning(
          'amiFamily',
          'without Linux nodes, CoreDNS cannot run',
          "add a group with amiFamily: 'AmazonLinux2023'",
        );
      }
    },
  ),
  // https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
  groupRule({ id: 'X99', enforcedBy: 'aws', title: 'IMDSv1 is disabled' }, ({ group, warning }) => {
    if (group.disableIMDSv1 === false && group.disablePodIMDS !== true) {
      warning(
        'disableIMDSv1',
        "should not be false: with IMDSv1, a single forged request from a pod exposes the node's credentials",
        'remove disableIMDSv1',
      );
    }
  }),
  // https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html
  groupRule({ id: 'X100', enforcedBy: 'aws', title: 'volumes are encrypted' }, ({ group, warning }) => {
    if (group.volumeEncrypted === false) {
      warning('volumeEncrypted', 'should be true: the node volumes are not encrypted', 'write `volumeEncrypted: true`');
    }
  }),
  groupRule(
    {
      id: 'X101',
      enforcedBy: 'aws',
      only: 'managed',
      title: "the name of a managed group consists of letters, digits and '-'",
    },
    ({ group, error }) => {
      const name = group.name ?? '';
      // M18 reports names that are not valid label values
      if (isLabelValue(name) && /[^a-zA-Z0-9-]/.test(name)) {
        error(
          'name',
          `invalid name ${describe(name)}: stack names allow only letters, digits and '-'`,
          `write '${name.replace(/[^a-zA-Z0-9-]+/g, '-')}'`,
        );
      }
    },
  ),
  groupRule(
    {
      id: 'X102',
      enforcedBy: 'aws',
      only: 'self-managed',
      title: 'the names of cluster and group are valid label values',
    },
    (subject) => checkNames(subject, 'nodes set it as a label'),
  ),
];
