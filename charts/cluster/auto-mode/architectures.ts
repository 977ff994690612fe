import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ARCH } from '../../../eks/node-labels';
import type { Architecture } from '../../../eks/values';
import { allows } from '../../../kube/label-requirements';
import { isNodePool, templateOfPool } from '../../../simulator/node-templates/of-cluster';
import type { ClusterContext } from '../../core/cluster-context';

const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];

/** The architectures of the nodes that the app's own NodePools make, whoever wrote them. */
export function nodePoolArchitectures(root: IConstruct): ReadonlySet<Architecture> {
  const found = new Set<Architecture>();
  for (const construct of root.node.findAll()) {
    if (!ApiObject.isApiObject(construct) || !isNodePool(construct)) {
      continue;
    }
    const { labels } = templateOfPool(construct, construct.toJson(), { region: '', zones: [] });
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
