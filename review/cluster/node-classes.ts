import type { IConstruct } from 'constructs';
import { ManifestError } from '../../charts/core/errors';
import type { ClusterConfig } from '../../eksctl/types';
import type { NodeClass } from '../../imports/eks-auto-mode';
import type { NodePool } from '../../imports/karpenter';
import { groupOf } from '../../kube/kinds';
import { errorAt, title } from '../../kube/objects';
import { isNodePool } from '../../simulator/node-templates/of-cluster';
import type { FitFindings, FitInput, FitObject } from './input';

const EKSCTL_TAG = 'alpha.eksctl.io/cluster-name';

/** Node classes and the pools that refer to them, against the cluster. */
export function nodeClassFindings({ cluster, config, objects }: FitInput): FitFindings {
  if (config.autoModeConfig?.enabled !== true) {
    return { errors: [], warnings: [] };
  }
  const classes = objects.filter(
    ({ manifest }) => manifest.kind === 'NodeClass' && groupOf(manifest.apiVersion) === 'eks.amazonaws.com',
  );
  const ownVpc = config.vpc?.id !== undefined || config.vpc?.subnets !== undefined;
  const errors = classes
    .filter((object) => ownVpc && byEksctlTags(object))
    .map((object) =>
      errorAt(
        object,
        `${title(object)} finds its subnets by the tag '${EKSCTL_TAG}', which only subnets of eksctl have, but the ClusterConfig names a VPC of its own (vpc.id, vpc.subnets)`,
        "say them by 'subnets', such as [{ id: 'subnet-0123456789abcdef0' }] or [{ tags: { tier: 'private' } }]",
      ),
    );
  errors.push(...entryOfOwnRole(cluster, config));
  const made = classes.some(({ manifest }) => manifest.metadata.name === 'default');
  if (config.autoModeConfig.nodePools?.length === 0 && !made) {
    errors.push(...objects.filter(takesDefault).map(noDefault));
  }
  return { errors, warnings: [] };
}

/** EKS lets the role of its own class in; a second entry for it fails after the cluster has been made. */
function entryOfOwnRole(cluster: IConstruct, { accessConfig, autoModeConfig }: ClusterConfig): ManifestError[] {
  const role = autoModeConfig?.nodeRoleARN;
  const at = (accessConfig?.accessEntries ?? []).findIndex(({ principalARN }) => principalARN === role);
  return role === undefined || at < 0
    ? []
    : [
        new ManifestError(
          cluster.node.path,
          `accessConfig.accessEntries[${at}] of the ClusterConfig lets '${role}' in, as autoModeConfig.nodeRoleARN does by itself`,
          'take the entry out, or give the NodeClass that asks for it a role of its own',
        ),
      ];
}

function byEksctlTags({ manifest }: FitObject): boolean {
  const { spec } = manifest as unknown as Partial<NodeClass>;
  return spec?.subnetSelectorTerms?.some(({ tags }) => tags !== undefined && EKSCTL_TAG in tags) ?? false;
}

function takesDefault({ manifest }: FitObject): boolean {
  const { spec } = manifest as unknown as Partial<NodePool>;
  const reference = spec?.template?.spec?.nodeClassRef;
  return isNodePool(manifest) && reference?.group === 'eks.amazonaws.com' && reference.name === 'default';
}

/** The class comes with the pools that Auto Mode brings. */
function noDefault(object: FitObject) {
  return errorAt(
    object,
    `${title(object)} takes the NodeClass 'default', which comes with the built-in pools, but autoModeConfig.nodePools is empty in the ClusterConfig`,
    "create new NodeClass(cluster, 'nodes', { role: 'arn:aws:iam::111122223333:role/nodes' }) and name it by 'nodeClass'",
  );
}
