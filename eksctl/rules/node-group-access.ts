import { describe } from '../../kube/describe';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet } from './unvalidated';

const KEYS = ['publicKeyName', 'publicKeyPath', 'publicKey'] as const;

/** The keys that are written; the rules are about more than one. */
const keysOf = ({ group }: Subject): readonly string[] => KEYS.filter((key) => isNonEmptyString(group.ssh?.[key]));

/** Who reaches a node: SSH and security groups. */
export const ACCESS_RULES: readonly NodeGroupRule[] = [
  groupRule({ id: 'B11', enforcedBy: 'eksctl', title: 'ssh.enableSsm is not false' }, ({ group, error }) => {
    if (group.ssh?.enableSsm === false) {
      error('ssh.enableSsm', 'the images bring the SSM agent, and it cannot be left out', 'leave enableSsm out');
    }
  }),
  groupRule({ id: 'N11', enforcedBy: 'eksctl', only: 'self-managed', title: 'one SSH key' }, (subject) => {
    const keys = keysOf(subject);
    if (keys.length > 1) {
      subject.error('ssh', `${keys.join(' and ')} are written`, `leave ${keys.slice(1).join(' and ')} out`);
    }
  }),
  groupRule(
    { id: 'M5', enforcedBy: 'eksctl', only: 'managed', title: 'no securityGroups.withLocal and withShared' },
    ({ group, error }) => {
      for (const field of ['withLocal', 'withShared'] as const) {
        if (group.securityGroups?.[field] === true) {
          error(
            `securityGroups.${field}`,
            'EKS gives the nodes of a managed group the security group of the cluster',
            `leave ${field} out`,
          );
        }
      }
    },
  ),
  groupRule({ id: 'X86', enforcedBy: 'aws', only: 'managed', title: 'one SSH key' }, (subject) => {
    const keys = keysOf(subject);
    if (keys.length > 1) {
      subject.warning(
        'ssh',
        `${keys.join(' and ')} are written, and eksctl uses one of them`,
        `leave ${keys.slice(1).join(' and ')} out`,
      );
    }
  }),
  groupRule({ id: 'X87', enforcedBy: 'aws', title: 'SSH is not open to the world' }, ({ group, warning }) => {
    const sources = group.ssh?.sourceSecurityGroupIds ?? [];
    const open = group.privateNetworking !== true && !isSet(group.launchTemplate);
    if (group.ssh?.allow === true && open && sources.length === 0) {
      warning(
        'ssh.allow',
        `port 22 of the nodes is open to every address, as privateNetworking is ${describe(group.privateNetworking ?? undefined)}`,
        'write privateNetworking: true, or leave ssh out and use `aws ssm start-session`',
      );
    }
  }),
];
