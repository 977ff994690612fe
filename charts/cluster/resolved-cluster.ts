import type { Arn, KubernetesVersion, Region } from '../../eks/values';
import type { ClusterConfig } from '../../eksctl/types';
import type { Cidr } from '../../kube/values';
import type { Problem } from '../core/checks';
import type { ClusterContext } from '../core/cluster-context';
import type { Addon } from '../core/requirements';
import type { Waive } from '../core/waive';
import type { ResolvedKarpenter } from './karpenter/resolve-karpenter';
import type { ResolvedNodeGroup } from './node-groups';
import type { IpFamily } from './resolve-network';
import type { Sizes } from './resolve-props';
import type { UserConfig } from './user-config';

/** The validated input of a ClusterConfig, without the additions of workloads. */
export interface ResolvedConfig {
  readonly name: string;
  readonly region: Region;
  readonly version: KubernetesVersion;
  readonly zones: readonly string[];
  readonly ipFamily: IpFamily;
  readonly vpcCidr: Cidr;
  readonly serviceRange: Cidr;
  /** Managed node groups; empty in Auto Mode. */
  readonly nodeGroups: readonly ResolvedNodeGroup[];
  /** Built-in pools of Auto Mode; undefined with node groups. */
  readonly nodePools: readonly ('general-purpose' | 'system')[] | undefined;
  readonly addons: readonly Addon[];
  readonly admins: readonly Arn[];
  readonly secretsKey: Arn | undefined;
  readonly publicAccessCIDRs: readonly Cidr[] | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** Annotations of the ClusterConfig. */
  readonly waive: Waive | undefined;
  readonly user: UserConfig;
  /** Whether `loadBalancerSubnets` is given, which a VPC of the user's own needs. */
  readonly hasLoadBalancerSubnets: boolean;
}

/** A cluster with every default filled in. */
export interface ResolvedCluster {
  readonly context: ClusterContext;
  /** The Karpenter that the app installs. */
  readonly karpenter?: (ResolvedKarpenter & { readonly subnets: readonly string[] | undefined }) | undefined;
  /** undefined for a cluster that exists. */
  readonly config: ResolvedConfig | undefined;
  /** Whether another app writes the StorageClasses and PriorityClasses. @default false */
  readonly hasClasses?: boolean;
  /** The ClusterConfig without the additions of workloads, or the one that an existing cluster was made from; undefined if unknown. */
  readonly described: ClusterConfig | undefined;
  /** Input of the report on capacity. */
  readonly sizes: Sizes;
  readonly problems: readonly Problem[];
}
