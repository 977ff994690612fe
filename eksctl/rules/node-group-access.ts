import { describe } from '../../kube/describe';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

const KEYS = ['publicKeyName', 'publicKeyPath', 'publicKey'] as const;

/** The SSH keys that are set. */
const keysOf = ({ group }: Subject): readonly string[] => KEYS.filter((key) => isNonEmptyString(group.ssh?.[key]));

/** Access to nodes: SSH and security groups. */
export const ACCESS_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'B11', enforcedBy: 'eksctl', title: 'ssh.enableSsm is not false' }, ({ group, error }) => {
    if (group.ssh?.enableSsm === false) {
      error('ssh.enableSsm', 'must not be false: the AMIs include the SSM agent', 'remove enableSsm');
    }
  }),
  groupRule({ id: 'N11', enforcedBy: 'eksctl', only: 'self-managed', title: 'ssh has one key' }, (subject) => {
    const keys = keysOf(subject);
    if (keys.length > 1) {
      subject.error('ssh', `must have one key, but has ${keys.join(' and ')}`, `remove ${keys.slice(1).join(' and ')}`);
    }
  }),
  groupRule(
    { id: 'M5', enforcedBy: 'eksctl', only: 'managed', title: 'securityGroups has no withLocal or withShared' },
    ({ group, error }) => {
      for (const field of ['withLocal', 'withShared'] as const) {
        if (group.securityGroups?.[field] === true) {
          error(
            `securityGroups.${field}`,
            'not allowed in a managed group, whose nodes get the security group of the cluster',
            `remove ${field}`,
          );
        }
      }
    },
  ),
  groupRule({ id: 'X86', enforcedBy: 'aws', only: 'managed', title: 'ssh has one key' }, (subject) => {
    const keys = keysOf(subject);
    if (keys.length > 1) {
      subject.warning(
        'ssh',
        `should have one key, but has ${keys.join(' and ')}, of which eksctl uses one`,
        `remove ${keys.slice(1).join(' and ')}`,
      );
    }
  }),
  groupRule({ id: 'X87', enforcedBy: 'aws', title: 'SSH is not open to the internet' }, ({ group, warning }) => {
    const sources = group.ssh?.sourceSecurityGroupIds ?? [];
    const open = group.privateNetworking !== true && !isSet(group.launchTemplate);
    if (group.ssh?.allow === true && open && sources.length === 0) {
      warning(
        'ssh.allow',
        `opens port 22 of the nodes to all addresses, as privateNetworking is ${describe(group.privateNetworking ?? undefined)}`,
        'write `privateNetworking: true`, or remove ssh and use `aws ssm start-session`',
      );
    }
  }),
];
