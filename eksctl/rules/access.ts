import { isArn, parseArn } from '../../eks/arn';
import { describe } from '../../kube/describe';
import { authenticationModeOf, clusterRule, count, entries, isOnOutposts, repeated } from './accessors';
import type { Report } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

const MODE = 'accessConfig.authenticationMode';
const ENTRIES = 'accessConfig.accessEntries';
const FOR_NODES = ['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX'];
const TYPES = ['STANDARD', 'EC2', ...FOR_NODES];
const EXAMPLE = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

const entriesOf = (config: UnvalidatedConfig) => entries(config.accessConfig?.accessEntries, ENTRIES);
type Policy = NonNullable<
  NonNullable<
    NonNullable<NonNullable<NonNullable<UnvalidatedConfig['accessConfig']>['accessEntries']>[number]>['accessPolicies']
  >[number]
>;
const policiesOf = (config: UnvalidatedConfig) =>
  entriesOf(config).flatMap(([entry, path]) => entries<Policy>(entry.accessPolicies, `${path}.accessPolicies`));

/** Who may do what in the cluster: authentication mode and access entries. */
export const ACCESS_RULES = [
  clusterRule(
    'A17a',
    'eksctl',
    'access entries require authentication mode API or API_AND_CONFIG_MAP',
    (config, report) => {
      if (count(config.accessConfig?.accessEntries) > 0 && authenticationModeOf(config) === 'CONFIG_MAP') {
        report.error(MODE, "'CONFIG_MAP' does not support access entries", "write 'API'");
      }
    },
  ),
  clusterRule('A17b', 'eksctl', 'an access entry has the ARN of a principal', (config, report) => {
    for (const [{ principalARN }, path] of entriesOf(config)) {
      if (!isArn(principalARN)) {
        report.error(
          `${path}.principalARN`,
          isNonEmptyString(principalARN) ? `invalid ARN '${principalARN}'` : 'required',
          "write for example 'arn:aws:iam::111122223333:role/admin'",
        );
      }
    }
  }),
  clusterRule('A17c', 'eksctl', 'a principal has one access entry', (config, report) => {
    const principals = entriesOf(config).map(([{ principalARN }, path]) => [principalARN, path] as const);
    for (const [arn, path] of repeated(principals.filter(([arn]) => isArn(arn)))) {
      report.error(`${path}.principalARN`, `duplicate principal '${arn}'`, 'merge the two entries');
    }
  }),
  clusterRule('A17d', 'eksctl', 'the type of an access entry is known', (config, report) => {
    for (const [{ type }, path] of entriesOf(config)) {
      if (isNonEmptyString(type) && !TYPES.includes(type)) {
        const upper = type.toUpperCase();
        report.error(
          `${path}.type`,
          `unknown type '${type}'`,
          TYPES.includes(upper) ? `write '${upper}'` : `write ${TYPES.map((t) => `'${t}'`).join(', ')}`,
        );
      }
    }
  }),
  clusterRule(
    'A17e',
    'eksctl',
    'an access entry of a node type has no groups, user name or policies',
    (config, report) => {
      for (const [entry, path] of entriesOf(config)) {
        const set = {
          kubernetesGroups: count(entry.kubernetesGroups) > 0,
          kubernetesUsername: isNonEmptyString(entry.kubernetesUsername),
          accessPolicies: count(entry.accessPolicies) > 0,
        };
        for (const [key, written] of Object.entries(set)) {
          if (written && isNonEmptyString(entry.type) && FOR_NODES.includes(entry.type)) {
            report.error(`${path}.${key}`, `not allowed in an entry of type '${entry.type}'`, `delete '${key}'`);
          }
        }
      }
    },
  ),
  clusterRule('A17f', 'eksctl', 'policyARN is the ARN of an EKS access policy', (config, report) => {
    for (const [{ policyARN }, path] of policiesOf(config)) {
      const [kind, ...name] = parseArn(policyARN)?.resource.split('/') ?? [];
      if (!isArn(policyARN) || kind !== 'cluster-access-policy' || name.length === 0) {
        report.error(
          `${path}.policyARN`,
          isNonEmptyString(policyARN) ? `must be the ARN of an EKS access policy, but is '${policyARN}'` : 'required',
          `write for example '${EXAMPLE}'`,
        );
      }
    }
  }),
  clusterRule('A17g', 'eksctl', 'accessScope is the cluster or at least one namespace', (config, report) => {
    for (const [{ accessScope }, path] of policiesOf(config)) {
      checkScope(accessScope, `${path}.accessScope`, report);
    }
  }),
  clusterRule(
    'A20',
    'eksctl',
    'self-managed groups require a principal with access, to let their nodes join',
    (config, report) => {
      const { bootstrapClusterCreatorAdminPermissions: bootstrap } = config.accessConfig ?? {};
      const alone = authenticationModeOf(config) === 'CONFIG_MAP' || count(config.accessConfig?.accessEntries) === 0;
      if (bootstrap === false && alone && count(config.nodeGroups) > 0) {
        report.error(
          'accessConfig.bootstrapClusterCreatorAdminPermissions',
          'must not be false without access entries: self-managed nodes could not join, as no principal has access',
          "delete it, or add the role that runs eksctl to 'accessEntries'",
        );
      }
    },
  ),
  clusterRule(
    'X23',
    'aws',
    'authenticationMode is API, API_AND_CONFIG_MAP or CONFIG_MAP',
    ({ accessConfig }, report) => {
      const mode = accessConfig?.authenticationMode;
      if (isNonEmptyString(mode) && !['API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP'].includes(mode)) {
        report.error(
          MODE,
          `unknown authentication mode ${describe(mode)}`,
          "write 'API', 'API_AND_CONFIG_MAP' or 'CONFIG_MAP'",
        );
      }
    },
  ),
  clusterRule('X24', 'aws', 'at least one principal has access to the cluster', (config, report) => {
    const { bootstrapClusterCreatorAdminPermissions: bootstrap, accessEntries } = config.accessConfig ?? {};
    if (bootstrap === false && count(accessEntries) === 0 && count(config.nodeGroups) === 0 && !isOnOutposts(config)) {
      report.warning(
        ENTRIES,
        'without access entries and without permissions of the creator, no principal has access to the cluster',
        'add entries for the role of your administrators and the role that runs eksctl',
      );
    }
  }),
];

function checkScope(
  scope: { readonly type?: string | null; readonly namespaces?: unknown } | null | undefined,
  path: string,
  report: Report,
) {
  const namespaces = Array.isArray(scope?.namespaces) ? scope.namespaces.length : 0;
  switch (scope?.type) {
    case 'cluster':
      if (namespaces > 0) {
        report.error(
          `${path}.namespaces`,
          "not allowed with type 'cluster'",
          "delete 'namespaces', or write `type: namespace`",
        );
      }
      break;
    case 'namespace':
      if (namespaces === 0) {
        report.error(`${path}.namespaces`, "required with type 'namespace'", "write for example ['shop']");
      }
      break;
    default:
      report.error(
        `${path}.type`,
        isSet(scope?.type) ? `unknown scope ${describe(scope.type)}` : 'required',
        "write 'cluster' or 'namespace'",
      );
  }
}
