import type { PodSpec } from '../../../imports/kubernetes';
import { Nodes, nodesOf } from '../../../simulator/nodes';
import { NO_AMOUNTS } from '../../../simulator/report';
import type { ClusterSide } from '../../cluster-side';

/** On how many of the nodes that a cluster begins with a pod per node runs; undefined where they are not known. */
export function nodesOfDaemon(cluster: ClusterSide | undefined, pod: PodSpec): number | undefined {
  if (!cluster || cluster.groups.length === 0 || cluster.karpenter || cluster.config.karpenter) {
    return undefined;
  }
  const known = cluster.groups.map((nodeGroup) => ({ nodeGroup, has: NO_AMOUNTS, ipsPerEni: 0 }));
  const nodes = new Nodes(nodesOf(known, ({ desiredCapacity }) => desiredCapacity));
  const { accepts, tolerates } = nodes.admission(0, pod);
  return nodes.all.filter((_, i) => accepts[i] && tolerates[i]).length;
}
