import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { isSubdomain } from '../../../kube/names';
import type { Check } from '../../core/check';
import { type ClusterContext, clusterOf } from '../../core/cluster-context';
import { outputFileOf } from '../../core/synthesis/output';

/** The output file of a cluster's chart. */
const FILE = '_cluster.k8s.yaml';

/** The cluster of a NodePool or NodeClass, which must be in Auto Mode and in the cluster's own chart. */
export function autoModeCluster(construct: Construct, check: Check, kind: string): ClusterContext {
  const context = clusterOf(construct);
  const chart = construct.node.scopes.filter((scope) => Chart.isChart(scope)).pop();
  // by its file: in cdk8s every Chart is an instance of any subclass of Chart
  if (!context || !chart || outputFileOf(chart) !== FILE) {
    check.fail(
      'forbidden',
      '',
      `a ${kind} must be below a Cluster, since it is cluster-scoped`,
      `write new ${kind}(cluster, '...', { ... })`,
    );
  }
  if (context.facts.compute !== 'auto') {
    check.fail(
      'forbidden',
      '',
      `a ${kind} requires EKS Auto Mode, but cluster '${context.facts.name}' has node groups`,
      "create the Cluster with 'autoMode' instead of 'nodeGroups', or another node group instead of this",
    );
  }
  return context;
}

/** The id is the object's name, which becomes a label of nodes. */
export function checkName(check: Check, kind: string, id: string, reserved: readonly string[]): void {
  if (!isSubdomain(id) || id.length > 63) {
    check.fail(
      'invalid',
      '',
      `invalid name '${id}': the name of a ${kind} has at most 63 lowercase letters, digits, '-' and '.'`,
      "write for example 'batch'",
    );
  }
  if (reserved.includes(id)) {
    check.fail(
      'forbidden',
      '',
      `the name '${id}' is reserved for the ${kind} that Auto Mode manages`,
      "use another id, for example 'batch'",
    );
  }
}
