import { isArn, parseArn } from '../../eks/arn';
import { ACCESS_POLICIES } from '../../eks/managed-policies';
import { FACTS_DATE } from '../../eks/versions';
import { nearest } from '../../kube/text';
import { clusterRule, entries, present, strings } from './accessors';
import { isNonEmptyString, type UnvalidatedConfig } from './unvalidated';

const entriesOf = ({ accessConfig }: UnvalidatedConfig) =>
  entries(accessConfig?.accessEntries, 'accessConfig.accessEntries');

/** Beginnings of user names that EKS keeps for itself. */
const RESERVED = ['system:', 'eks:', 'aws:', 'amazon:', 'iam:'];

/** The ARN of the role of a session: 'arn:aws:sts::111122223333:assumed-role/admin/me' is of 'role/admin'. */
function roleOfSession(arn: string): string | undefined {
  const parts = parseArn(arn);
  const [kind, name] = parts?.resource.split('/') ?? [];
  return parts?.service === 'sts' && kind === 'assumed-role' && name
    ? `arn:${parts.partition}:iam::${parts.account}:role/${name}`
    : undefined;
}

/** Whether EKS takes an ARN for a principal: a role or a user. */
function isPrincipal(arn: string): boolean {
  const parts = parseArn(arn);
  return parts === undefined || (parts.service === 'iam' && /^(role|user)\//.test(parts.resource));
}

/** What EKS refuses in an access entry. */
export const ACCESS_ENTRY_RULES = [
  // https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
  clusterRule('X26', 'aws', 'groups and user name of an access entry are not reserved', (config, report) => {
    // A17e reports entries for nodes
    for (const [entry, path] of entriesOf(config).filter(
      ([{ type }]) => !isNonEmptyString(type) || type === 'STANDARD',
    )) {
      for (const [group, place] of strings(entry.kubernetesGroups, `${path}.kubernetesGroups`)) {
        if (group.startsWith('system:')) {
          report.error(
            place,
            `EKS refuses groups that begin with 'system:', but the group is '${group}'`,
            group === 'system:masters'
              ? 'write accessPolicies with AmazonEKSClusterAdminPolicy instead'
              : 'write a group of your own, and bind it to a role in the cluster',
          );
        }
      }
      const user = entry.kubernetesUsername;
      const prefix = RESERVED.find((text) => user?.startsWith(text));
      if (prefix !== undefined) {
        report.error(
          `${path}.kubernetesUsername`,
          `EKS refuses user names that begin with '${prefix}', but the name is '${user}'`,
          'write another name, or delete it',
        );
      } else if (isNonEmptyString(user) && /^[^:]*\{\{SessionName\}\}/.test(user)) {
        report.error(
          `${path}.kubernetesUsername`,
          `EKS refuses user names without a colon before '{{SessionName}}', but the name is '${user}'`,
          `write '${user.replace('{{SessionName}}', ':{{SessionName}}')}'`,
        );
      }
    }
  }),
  clusterRule('X27', 'aws', 'a principal is a role or a user of IAM', (config, report) => {
    for (const [{ principalARN: arn }, path] of entriesOf(config)) {
      // A17b reports what is no ARN
      if (isArn(arn) && !isPrincipal(arn)) {
        const role = roleOfSession(arn);
        report.error(
          `${path}.principalARN`,
          `must be the ARN of a role or user of IAM, but is ${role ? 'that of a session: ' : ''}'${arn}'`,
          role
            ? `write '${role}', with its path if it has one`
            : "write for example 'arn:aws:iam::111122223333:role/admin'",
        );
      }
    }
    for (const [{ arn }, path] of present(config.iamIdentityMappings, 'iamIdentityMappings')) {
      const role = isNonEmptyString(arn) ? roleOfSession(arn) : undefined;
      if (role !== undefined) {
        report.warning(`${path}.arn`, `no effect: '${arn}' is the ARN of a session`, `write '${role}'`);
      }
    }
  }),
  clusterRule('X28', 'aws', 'access policies are known', (config, report) => {
    for (const [entry, path] of entriesOf(config)) {
      for (const [{ policyARN }, place] of entries(entry.accessPolicies, `${path}.accessPolicies`)) {
        const [kind, name] = parseArn(policyARN)?.resource.split('/') ?? [];
        // A17f reports what is not the ARN of an access policy
        if (kind === 'cluster-access-policy' && isNonEmptyString(name) && !ACCESS_POLICIES.includes(name)) {
          const near = nearest(name, ACCESS_POLICIES);
          report.warning(
            `${place}.policyARN`,
            `unknown access policy '${name}', as of ${FACTS_DATE}`,
            near ? `did you mean '${near}'?` : 'look it up with `aws eks list-access-policies`',
          );
        }
      }
    }
  }),
];
