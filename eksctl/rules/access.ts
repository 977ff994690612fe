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

/** Who may do what in the cluster. */
export const ACCESS_RULES = [
  clusterRule('A17a', 'eksctl', 'access entries need an authentication mode that has them', (config, report) => {
    if (count(config.accessConfig?.accessEntries) > 0 && authenticationModeOf(config) === 'CONFIG_MAP') {
      report.error(MODE, "'CONFIG_MAP' has no access entries", "write 'API'");
    }
  }),
  clusterRule('A17b', 'eksctl', 'an access entry names its principal by an ARN', (config, report) => {
    for (const [{ principalARN }, path] of entriesOf(config)) {
      if (!isArn(principalARN)) {
        report.error(
          `${path}.principalARN`,
          isNonEmptyString(principalARN) ? `'${principalARN}' is no ARN` : 'the entry has no principal',
          "write for example 'arn:aws:iam::111122223333:role/admin'",
        );
      }
    }
  }),
  clusterRule('A17c', 'eksctl', 'a principal has one access entry', (config, report) => {
    const principals = entriesOf(config).map(([{ principalARN }, path]) => [principalARN, path] as const);
    for (const [arn, path] of repeated(principals.filter(([arn]) => isArn(arn)))) {
      report.error(`${path}.principalARN`, `'${arn}' has an entry already`, 'make the two entries one');
    }
  }),
  clusterRule('A17d', 'eksctl', 'the type of an access entry is a known one', (config, report) => {
    for (const [{ type }, path] of entriesOf(config)) {
      if (isNonEmptyString(type) && !TYPES.includes(type)) {
        const upper = type.toUpperCase();
        report.error(
          `${path}.type`,
          `'${type}' is no type of access entry`,
          TYPES.includes(upper) ? `write '${upper}'` : `write ${TYPES.map((t) => `'${t}'`).join(', ')}`,
        );
      }
    }
  }),
  clusterRule(
    'A17e',
    'eksctl',
    'an access entry of nodes has neither groups, user name nor policies',
    (config, report) => {
      for (const [entry, path] of entriesOf(config)) {
        const set = {
          kubernetesGroups: count(entry.kubernetesGroups) > 0,
          kubernetesUsername: isNonEmptyString(entry.kubernetesUsername),
          accessPolicies: count(entry.accessPolicies) > 0,
        };
        for (const [key, written] of Object.entries(set)) {
          if (written && isNonEmptyString(entry.type) && FOR_NODES.includes(entry.type)) {
            report.error(`${path}.${key}`, `an entry of type '${entry.type}' has no ${key}`, `delete '${key}'`);
          }
        }
      }
    },
  ),
  clusterRule('A17f', 'eksctl', 'an access policy is one of EKS, by its ARN', (config, report) => {
    for (const [{ policyARN }, path] of policiesOf(config)) {
      const [kind, ...name] = parseArn(policyARN)?.resource.split('/') ?? [];
      if (!isArn(policyARN) || kind !== 'cluster-access-policy' || name.length === 0) {
        report.error(
          `${path}.policyARN`,
          isNonEmptyString(policyARN) ? `'${policyARN}' is no access policy` : 'the policy has no ARN',
          `write for example '${EXAMPLE}'`,
        );
      }
    }
  }),
  clusterRule('A17g', 'eksctl', 'an access scope is the cluster, or at least one namespace', (config, report) => {
    for (const [{ accessScope }, path] of policiesOf(config)) {
      checkScope(accessScope, `${path}.accessScope`, report);
    }
  }),
  clusterRule('A20', 'eksctl', 'self-managed groups need somebody who may let their nodes in', (config, report) => {
    const { bootstrapClusterCreatorAdminPermissions: bootstrap } = config.accessConfig ?? {};
    const alone = authenticationModeOf(config) === 'CONFIG_MAP' || count(config.accessConfig?.accessEntries) === 0;
    if (bootstrap === false && alone && count(config.nodeGroups) > 0) {
      report.error(
        'accessConfig.bootstrapClusterCreatorAdminPermissions',
        'nobody may enter the cluster, and self-managed nodes are let in by hand',
        "delete it, or add the role of eksctl's user to 'accessEntries'",
      );
    }
  }),
  clusterRule(
    'X23',
    'aws',
    'authenticationMode is API, API_AND_CONFIG_MAP or CONFIG_MAP',
    ({ accessConfig }, report) => {
      const mode = accessConfig?.authenticationMode;
      if (isNonEmptyString(mode) && !['API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP'].includes(mode)) {
        report.error(
          MODE,
          `${describe(mode)} is no authentication mode`,
          "write 'API', 'API_AND_CONFIG_MAP' or 'CONFIG_MAP'",
        );
      }
    },
  ),
  clusterRule('X24', 'aws', 'somebody may enter the cluster', (config, report) => {
    const { bootstrapClusterCreatorAdminPermissions: bootstrap, accessEntries } = config.accessConfig ?? {};
    if (bootstrap === false && count(accessEntries) === 0 && count(config.nodeGroups) === 0 && !isOnOutposts(config)) {
      report.warning(
        ENTRIES,
        'the creator gets no rights and there is no access entry: nobody may enter the cluster',
        "add an entry for the role of your administrators and eksctl's",
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
          'the scope is the whole cluster',
          "delete 'namespaces', or write type: 'namespace'",
        );
      }
      break;
    case 'namespace':
      if (namespaces === 0) {
        report.error(`${path}.namespaces`, 'no namespace is named', "write for example ['shop']");
      }
      break;
    default:
      report.error(
        `${path}.type`,
        isSet(scope?.type) ? `${describe(scope.type)} is no scope` : 'the policy has no scope',
        "write 'cluster' or 'namespace'",
      );
  }
}
