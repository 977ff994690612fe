import type { IConstruct } from 'constructs';
import type { ClusterFacts } from './requirements';
import { Scoped } from './scoped';
import type { Cidr } from './values';

/** What workloads and tenants read of the cluster when their objects are rendered. */
export interface ClusterContext {
  readonly facts: ClusterFacts;
  /** Ranges from which a load balancer calls; undefined where nobody said (an existing cluster). */
  readonly loadBalancerSubnets: { readonly public: readonly Cidr[]; readonly private: readonly Cidr[] } | undefined;
  /** The VPC's range. */
  readonly vpcCidr: Cidr;
  /** The cluster DNS address, a host of the service range. */
  readonly dnsAddress: string;
  /** The API server's address, the first host of the service range. */
  readonly apiServerAddress: string;
  /** Nodes when every group is at its maximum; undefined where nobody knows. */
  readonly maxNodes: number | undefined;
}

const clusters = new Scoped<ClusterContext>();

/** The cluster of an app: one app describes one cluster. */
export function clusterOf(construct: IConstruct): ClusterContext | undefined {
  return clusters.at(construct.node.root);
}

/** Makes the cluster known to the whole app. */
export function setCluster(construct: IConstruct, context: ClusterContext): void {
  clusters.set(construct.node.root, context);
}
