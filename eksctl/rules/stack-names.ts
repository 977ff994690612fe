import { clusterRule, count, entries, hasOidc, hasPolicy, keys, present } from './accessors';
import { associationsOf } from './pod-identity';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

type Policies = NonNullable<
  NonNullable<
    NonNullable<NonNullable<UnvalidatedConfig['iam']>['podIdentityAssociations']>[number]
  >['wellKnownPolicies']
>;

/** The limit of CloudFormation for names of stacks, and of IAM for names of policies. */
const LENGTH = 128;

/** The longest name of a policy that eksctl writes for each of the well-known ones; the others are policies of AWS. */
const WELL_KNOWN: { readonly [policy in keyof Policies]?: string } = {
  autoScaler: 'PolicyAutoScaling',
  awsLoadBalancerController: 'PolicyAWSLoadBalancerController',
  certManager: 'PolicyCertManagerHostedZones',
  efsCSIController: 'PolicyEFSCSIController',
  externalDNS: 'PolicyExternalDNSHostedZones',
};

/** A stack of CloudFormation that eksctl makes for an entry of the file. */
export interface StackName {
  /** The field whose value is in the name. */
  readonly path: string;
  readonly name: string;
  /** The longest policy that eksctl writes into the stack, if any: its name begins with that of the stack. */
  readonly policy?: string;
  /** What else the entry can say so that there is no stack. */
  readonly instead?: string;
}

/** The stacks of an entry that has a name of its own; not those of the cluster and of Karpenter, which are shorter. */
export function stackNames(config: UnvalidatedConfig): readonly StackName[] {
  return [
    ...hashedStacks(config),
    ...groupStacks(config),
    ...podStacks(config),
    ...serviceAccountStacks(config),
    ...addonStacks(config),
  ];
}

/** Names of stacks, and of the policies in them. */
export const STACK_NAME_RULES = [
  clusterRule('X3', 'aws', "stack names have at most 128 characters, letters, digits and '-'", (config, report) => {
    for (const { path, name, instead } of stackNames(config)) {
      if (name.length > LENGTH) {
        report.error(
          path,
          `the name of its CloudFormation stack must have at most ${LENGTH} characters, but has ${name.length}`,
          `shorten '${name}' by ${name.length - LENGTH}: the cluster, or the names after it${instead === undefined ? '' : `; or ${instead}`}`,
        );
      } else if (/[^a-zA-Z0-9-]/.test(name) && instead !== undefined) {
        report.error(
          path,
          `stack names allow only letters, digits and '-', but its stack is '${name}'`,
          `use such a name, or ${instead}`,
        );
      }
    }
  }),
  clusterRule('X113', 'aws', 'names of policies have at most 128 characters', (config, report) => {
    for (const { path, name, policy, instead } of stackNames(config)) {
      const length = name.length + 1 + (policy?.length ?? 0);
      if (policy !== undefined && name.length <= LENGTH && length > LENGTH) {
        report.error(
          path,
          `the name of its IAM policy must have at most ${LENGTH} characters, but has ${length}`,
          `shorten '${name}-${policy}' by ${length - LENGTH}: the cluster, the namespace or the service account; or ${instead}`,
        );
      }
    }
  }),
];

/** Stands for the hash of a principal or of a capability's name, which has as many characters. */
const HASH = 'X'.repeat(32);

function hashedStacks(config: UnvalidatedConfig): StackName[] {
  const stacks = entries(config.accessConfig?.accessEntries, '').map(() => 'accessentry');
  for (const [{ roleArn }] of entries(config.capabilities, '')) {
    stacks.push('capability', ...(isNonEmptyString(roleArn) ? [] : ['capability-role']));
  }
  return stacks.map((kind) => ({ path: 'metadata.name', name: `${prefix(config)}-${kind}-${HASH}` }));
}

function groupStacks(config: UnvalidatedConfig): StackName[] {
  const groups = [
    ...present(config.nodeGroups, 'nodeGroups'),
    ...present(config.managedNodeGroups, 'managedNodeGroups'),
  ];
  return groups.map(([{ name }, path]) => ({
    path: `${path}.name`,
    name: `${prefix(config)}-nodegroup-${name ?? ''}`,
  }));
}

const OWN_ROLE = "give a role of your own as 'roleARN'";

function podStacks(config: UnvalidatedConfig): StackName[] {
  return entries(config.iam?.podIdentityAssociations, 'iam.podIdentityAssociations')
    .filter(([{ roleARN }]) => !isNonEmptyString(roleARN))
    .map(([pods, path]) => ({
      path: `${path}.serviceAccountName`,
      name: `${prefix(config)}-podidentityrole-${pods.namespace ?? ''}-${pods.serviceAccountName ?? ''}`,
      policy: policyOf(pods.permissionPolicy, pods.wellKnownPolicies, pods.permissionPolicyName),
      instead: OWN_ROLE,
    }));
}

function serviceAccountStacks(config: UnvalidatedConfig): StackName[] {
  return present(config.iam?.serviceAccounts, 'iam.serviceAccounts')
    .filter(([{ attachRoleARN }]) => !isNonEmptyString(attachRoleARN))
    .map(([account, path]) => ({
      path: `${path}.metadata.name`,
      name: `${prefix(config)}-addon-iamserviceaccount-${account.metadata?.namespace ?? 'default'}-${account.metadata?.name ?? ''}`,
      policy: policyOf(account.attachPolicy, account.wellKnownPolicies),
      instead: "give a role of your own as 'attachRoleARN'",
    }));
}

function addonStacks(config: UnvalidatedConfig): StackName[] {
  return present(config.addons, 'addons').flatMap(([addon, path]): StackName[] => {
    const name = `${prefix(config)}-addon-${addon.name ?? ''}`;
    if (isSet(addon.podIdentityAssociations)) {
      return associationsOf(addon, path)
        .filter(([{ roleARN }]) => !isNonEmptyString(roleARN))
        .map(([pods, place]) => ({
          path: `${place}.serviceAccountName`,
          name: `${name}-podidentityrole-${pods.serviceAccountName ?? ''}`,
          policy: policyOf(pods.permissionPolicy, pods.wellKnownPolicies, pods.permissionPolicyName),
          instead: OWN_ROLE,
        }));
    }
    const policies = hasPolicy(addon.wellKnownPolicies) || keys(addon.attachPolicy).length > 0;
    const hasStack = hasOidc(config) && (policies || count(addon.attachPolicyARNs) > 0);
    return isNonEmptyString(addon.serviceAccountRoleARN) || !hasStack
      ? []
      : [
          {
            path: `${path}.name`,
            name,
            // of several sources eksctl takes the first
            policy:
              count(addon.attachPolicyARNs) > 0 ? undefined : policyOf(addon.attachPolicy, addon.wellKnownPolicies),
            instead: "give a role of your own as 'serviceAccountRoleARN'",
          },
        ];
  });
}

/** The longest name among the policies that eksctl writes for an entry. */
function policyOf(
  document: object | null | undefined,
  wellKnown: Policies | null | undefined,
  own?: string | null,
): string | undefined {
  const names = keys(document).length > 0 ? [isNonEmptyString(own) ? own : 'Policy1'] : [];
  for (const [policy, name] of Object.entries(WELL_KNOWN)) {
    if (wellKnown?.[policy as keyof Policies] === true) {
      names.push(name);
    }
  }
  return names.sort((a, b) => b.length - a.length)[0];
}

function prefix({ metadata }: UnvalidatedConfig): string {
  return `eksctl-${metadata?.name ?? ''}`;
}
