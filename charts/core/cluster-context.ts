import type { IConstruct } from 'constructs';
import type { Cidr } from '../../kube/values';
import type { ClusterSide } from '../../review/cluster-side';
import { Inherited } from './inherited';
import type { ClusterFacts } from './requirements';

/** A taint by which nodes say of which operating system they are. */
export interface SystemTaint {
  readonly key: string;
  /** '' for none. */
  readonly value: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** What workloads and tenants read of the cluster when their objects are rendered. */
export interface ClusterContext {
  readonly facts: ClusterFacts;
  /** Ranges from which a load balancer calls; undefined where nobody said (an existing cluster). */
  readonly loadBalancerSubnets: { readonly public: readonly Cidr[]; readonly private: readonly Cidr[] } | undefined;
  /** Of pods and Services. Policies of the VPC CNI only judge this family, and older agents fail on ranges of the other. */
  readonly ipFamily: 'IPv4' | 'IPv6';
  /** The VPC's range of that family; undefined where only AWS knows it (IPv6), or nobody said (an existing cluster). */
  readonly vpcCidr: Cidr | undefined;
  /**
   * Where the cluster DNS is: a host of the service range, or that whole range where only EKS knows the host (IPv6). Several
   * where nobody said which range an existing cluster has.
   */
  readonly dns: readonly Cidr[];
  /** Where the API server is, as pods see it: likewise. */
  readonly apiServer: readonly Cidr[];
  /** Nodes when every group is at its maximum; undefined where nobody knows. */
  readonly maxNodes: number | undefined;
  /** Taints that say of nodes that they are of Windows. @default - none is known */
  readonly windowsTaints?: readonly SystemTaint[];
}

/** The cluster as the review sees it, asked for once the app is complete; undefined where its ClusterConfig is not known. */
export type ClusterSideOf = () => ClusterSide | undefined;

const sides = new Inherited<ClusterSideOf>('cluster-side');

/** The cluster of an app, for the review. */
export function clusterSideOf(construct: IConstruct): ClusterSide | undefined {
  return sides.at(construct.node.root)?.();
}

export function setClusterSide(construct: IConstruct, side: ClusterSideOf): void {
  sides.set(construct.node.root, side);
}

const clusters = new Inherited<ClusterContext>('cluster');

/** The cluster of an app: one app describes one cluster. */
export function clusterOf(construct: IConstruct): ClusterContext | undefined {
  return clusters.at(construct.node.root);
}

/** Makes the cluster known to the whole app. */
export function setCluster(construct: IConstruct, context: ClusterContext): void {
  clusters.set(construct.node.root, context);
}
