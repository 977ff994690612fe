import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { isSubdomain } from '../../../kube/names';
import type { Check } from '../../core/check';
import { type ClusterContext, clusterOf } from '../../core/cluster-context';
import { outputFileOf } from '../../core/synthesis/output';

/** Of a cluster's chart. */
const FILE = '_cluster.k8s.yaml';

/** Where pools and classes of Auto Mode belong: to a cluster in that mode, in its own file of cluster-scoped objects. */
export function autoModeCluster(construct: Construct, check: Check, kind: string): ClusterContext {
  const context = clusterOf(construct);
  const chart = construct.node.scopes.filter((scope) => Chart.isChart(scope)).pop();
  // by its file: cdk8s takes every Chart for an instance of any class of charts
  if (!context || !chart || outputFileOf(chart) !== FILE) {
    check.fail(
      `a ${kind} belongs to the whole cluster`,
      `create it below the Cluster: new ${kind}(cluster, '...', { ... })`,
    );
  }
  if (context.facts.compute !== 'auto') {
    check.fail(
      `cluster '${context.facts.name}' runs node groups, and only EKS Auto Mode has a ${kind}`,
      "create the Cluster with 'autoMode' instead of 'nodeGroups', or another node group instead of this",
    );
  }
  return context;
}

/** The id is the object's name, which becomes a label of nodes. */
export function checkName(check: Check, kind: string, id: string, reserved: readonly string[]): void {
  if (!isSubdomain(id) || id.length > 63) {
    check.fail(`'${id}' is no name of a ${kind}`, "use small letters, digits, '-' and '.', at most 63");
  }
  if (reserved.includes(id)) {
    check.fail(`'${id}' is the name of what Auto Mode brings, and takes back`, "give it another id, such as 'batch'");
  }
}
