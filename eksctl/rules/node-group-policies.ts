import { parseArn } from '../../eks/arn';
import { ALL_POWERFUL, NODE_POLICIES } from '../../eks/managed-policies';
import { listed } from '../../kube/text';
import { count, entries, hasOidc, isIPv6, present } from './accessors';
import { tokenRoleFields } from './addons';
import { groupRule, type Subject } from './group-rule';
import type { NodeGroupRule } from './rule';
import { isNonEmptyString, isSet, listOf, type UnvalidatedConfig } from './unvalidated';

const AWS_NODE = 'kube-system/aws-node';

/** Whether the nodes' role is what gives pods addresses: the vpc-cni runs, and has no role of its own. */
function nodesGiveAddresses(config: UnvalidatedConfig): boolean {
  const [addon] = present(config.addons, 'addons').find(([{ name }]) => name === 'vpc-cni') ?? [];
  if (addon === undefined && config.addonsConfig?.disableDefaultAddons === true) {
    return false;
  }
  const accounts = [
    ...entries(config.iam?.podIdentityAssociations, '').map(([a]) => `${a.namespace}/${a.serviceAccountName}`),
    ...present(config.iam?.serviceAccounts, '').map(([{ metadata }]) => `${metadata?.namespace}/${metadata?.name}`),
  ];
  const own =
    addon !== undefined &&
    (addon.useDefaultPodIdentityAssociations === true ||
      config.addonsConfig?.autoApplyPodIdentityAssociations === true ||
      count(addon.podIdentityAssociations) > 0 ||
      tokenRoleFields(addon).length > 0);
  // with OIDC, eksctl makes a role for it; IPv6 needs a policy that AWS does not have
  return !hasOidc(config) && !isIPv6(config) && !own && !accounts.includes(AWS_NODE);
}

/** What the role of the nodes needs; for self-managed groups eksctl always adds the policy to pull images. */
function neededBy({ kind, group, config }: Subject): readonly (readonly [what: string, policies: readonly string[]])[] {
  const pulls = kind === 'managed' && group.iam?.withAddonPolicies?.imageBuilder !== true;
  return [
    ['nodes do not join the cluster', NODE_POLICIES.join],
    ...(pulls ? [['nodes cannot pull images from ECR', NODE_POLICIES.pull] as const] : []),
    ...(nodesGiveAddresses(config) ? [['pods get no addresses', NODE_POLICIES.addresses] as const] : []),
  ];
}

/** What a list of policies in the role of the nodes leaves out. */
export const POLICY_RULES: readonly NodeGroupRule[] = [
  // eksctl attaches its own policies only if the list is empty
  groupRule(
    { id: 'X104', enforcedBy: 'aws', title: 'attachPolicyARNs, which replaces the defaults, has what nodes need' },
    (subject) => {
      const { group, config } = subject;
      const written = listOf(group.iam?.attachPolicyARNs).filter((arn) => parseArn(arn) !== undefined);
      if (
        written.length === 0 ||
        isNonEmptyString(group.iam?.instanceRoleARN) ||
        isNonEmptyString(group.iam?.instanceProfileARN)
      ) {
        return;
      }
      const names = new Set(written.map((arn) => parseArn(arn)!.resource.split('/').pop()!));
      if (ALL_POWERFUL.some((name) => names.has(name))) {
        return;
      }
      const missing = neededBy(subject).filter(([, policies]) => !policies.some((name) => names.has(name)));
      if (missing.length === 0) {
        return;
      }
      // what a policy of your own allows is unknown here
      const unknown = isSet(group.iam?.attachPolicy) || written.some((arn) => parseArn(arn)!.account !== 'aws');
      const partition = parseArn(written[0])!.partition || 'aws';
      const add = missing.map(([, [policy]]) => `arn:${partition}:iam::aws:policy/${policy}`);
      const report = unknown ? subject.warning : subject.error;
      report(
        'iam.attachPolicyARNs',
        `replaces the policies that eksctl attaches by default, and has no ${missing.map(([, [policy]]) => policy).join(', ')}: ${missing.map(([what]) => what).join(', ')}`,
        `add ${listed(add)}${config.iam?.withOIDC === true || missing.length < 3 ? '' : ', or remove attachPolicyARNs and use pod identity for what pods need'}`,
      );
    },
  ),
];
