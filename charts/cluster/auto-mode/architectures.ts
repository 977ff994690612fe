import type { IConstruct } from 'constructs';
import { ARCH } from '../../../eks/node-labels';
import type { Architecture } from '../../../eks/values';
import { inventoryObject } from '../../../kube/inventory';
import { allows } from '../../../kube/label-requirements';
import type { Manifest } from '../../../kube/objects';
import { templateOfPool } from '../../../simulator/node-templates/of-cluster';
import { apiObjectsOf } from '../../core/app-objects';
import type { ClusterContext } from '../../core/cluster-context';

const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];

/** The architectures of the nodes that the app's own NodePools make, whoever wrote them. */
export function nodePoolArchitectures(root: IConstruct): ReadonlySet<Architecture> {
  const found = new Set<Architecture>();
  const pools = apiObjectsOf(root).filter(
    ({ apiVersion, kind }) => kind === 'NodePool' && apiVersion.startsWith('karpenter.sh/'),
  );
  for (const pool of pools) {
    const manifest = pool.toJson() as Manifest;
    const { labels } = templateOfPool(inventoryObject(manifest, {}), { region: '', zones: [] });
    for (const architecture of ARCHITECTURES.filter((candidate) => allows(labels(ARCH), candidate))) {
      found.add(architecture);
    }
  }
  return found;
}

/** What the cluster is, its own NodePools included: they are made after it. */
export function withNodePools(root: IConstruct, context: ClusterContext): ClusterContext {
  const { architectures } = context.facts;
  return architectures === undefined
    ? context
    : {
        ...context,
        facts: { ...context.facts, architectures: new Set([...architectures, ...nodePoolArchitectures(root)]) },
      };
}
