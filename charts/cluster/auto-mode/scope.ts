import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { isSubdomain } from '../../../kube/names';
import type { Check } from '../../core/check';
import { type ClusterContext, clusterOf } from '../../core/cluster-context';
import { outputFileOf } from '../../core/synthesis/output';

/** The output file of a cluster's chart. */
const FILE = '_cluster.k8s.yaml';

/** Who makes nodes by NodePools. */
export type NodeMaker = 'auto' | 'karpenter';

/** The cluster of a NodePool or a class of nodes, which must be in the cluster's own chart, and who makes its nodes. */
export function clusterOfNodes(
  construct: Construct,
  check: Check,
  kind: string,
  makers: readonly NodeMaker[],
): ClusterContext & { readonly maker: NodeMaker } {
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
  const { compute, karpenter, name } = context.facts;
  const maker = compute === 'auto' ? 'auto' : karpenter ? 'karpenter' : undefined;
  if (maker === undefined || !makers.includes(maker)) {
    const needed = makers.map((one) => NEEDED[one]).join(' or ');
    check.fail(
      'forbidden',
      '',
      `a ${kind} requires ${needed}, but cluster '${name}' has ${maker === undefined ? 'node groups alone' : NEEDED[maker]}`,
      makers.map((one) => FIX[one]).join(', or '),
    );
  }
  return { ...context, maker };
}

const NEEDED = { auto: 'EKS Auto Mode', karpenter: 'a Karpenter of its own' } as const;
const FIX = {
  auto: "create the Cluster with 'autoMode' instead of 'nodeGroups'",
  karpenter: "set 'karpenter' of the Cluster",
} as const;

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
      `the name '${id}' is reserved for the ${kind} that the cluster has already`,
      "use another id, for example 'batch'",
    );
  }
}
