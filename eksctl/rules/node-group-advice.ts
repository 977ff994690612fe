import { isWindows, spelledFamily } from '../../eks/ami-families';
import { describe } from '../../kube/describe';
import { isLabelValue } from '../../kube/names';
import { groupRule } from './group-rule';
import { checkNames } from './node-group-labels-taints';
import type { NodeGroupRule } from './rule';
import { listOf, type UnvalidatedConfig } from './unvalidated';

/** Whether something runs pods for Linux, as CoreDNS needs. */
function hasLinux(config: UnvalidatedConfig): boolean {
  const groups = [...listOf(config.nodeGroups), ...listOf(config.managedNodeGroups)];
  return (
    groups.some((group) => !isWindows(spelledFamily(group.amiFamily ?? ''))) ||
    (config.fargateProfiles?.length ?? 0) > 0 ||
    config.autoModeConfig?.enabled === true
  );
}

/** Names that CloudFormation and the nodes do not take, and what the EKS guide advises against. */
export const ADVICE_RULES: readonly NodeGroupRule[] = [
  groupRule(
    { id: 'X89', enforcedBy: 'aws', title: 'Windows nodes beside Linux nodes' },
    ({ family, config, warning }) => {
      if (isWindows(family) && !hasLinux(config)) {
        warning(
          'amiFamily',
          'no node runs Linux, so CoreDNS has nowhere to run',
          "add a group with amiFamily: 'AmazonLinux2023'",
        );
      }
    },
  ),
  // https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
  groupRule({ id: 'X99', enforcedBy: 'aws', title: 'no IMDSv1' }, ({ group, warning }) => {
    if (group.disableIMDSv1 === false && group.disablePodIMDS !== true) {
      warning(
        'disableIMDSv1',
        "IMDSv1 gives the node's credentials to whoever makes a pod send one request",
        'leave disableIMDSv1 out',
      );
    }
  }),
  // https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html
  groupRule(
    { id: 'X100', enforcedBy: 'aws', title: 'volumes are not left unencrypted on purpose' },
    ({ group, warning }) => {
      if (group.volumeEncrypted === false) {
        warning('volumeEncrypted', 'the disks of the nodes are not encrypted', 'write volumeEncrypted: true');
      }
    },
  ),
  groupRule(
    {
      id: 'X101',
      enforcedBy: 'aws',
      only: 'managed',
      title: "the name of a managed group has letters, digits and '-' only",
    },
    ({ group, error }) => {
      const name = group.name ?? '';
      // what is no label's value either is for M18
      if (isLabelValue(name) && /[^a-zA-Z0-9-]/.test(name)) {
        error(
          'name',
          `the name is ${describe(name)}, and CloudFormation takes it into the name of a stack`,
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
      title: "the names of cluster and group can be labels' values",
    },
    (subject) => checkNames(subject, 'the nodes give it to themselves as a label'),
  ),
];
