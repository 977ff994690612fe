import type { Architecture, KubernetesVersion, Region } from '../../eks/values';

/** Abilities of a cluster that are neither an add-on nor an API. */
export type ClusterFeature = 'network-policy' | 'pod-identity' | 'load-balancer' | 'ebs' | 'metrics';

/** The nodes that a Karpenter makes. */
export interface KarpenterFacts {
  /** Their architectures. */
  readonly architectures: readonly Architecture[];
  /** How they are bought. */
  readonly capacityTypes: readonly ('on-demand' | 'spot')[];
}

/** What is known about a cluster when a requirement is checked; undefined is unknown, as it can be for an existing cluster. */
export interface ClusterFacts {
  /** The cluster's name. */
  readonly name: string;
  /** Whether the app creates the cluster, and so can add to it. */
  readonly made: boolean;
  /** 'us-west-2'. */
  readonly region: Region;
  /** '1.35'. */
  readonly version: KubernetesVersion;
  /** Managed node groups or Auto Mode. */
  readonly compute: 'node-groups' | 'auto';
  /** Names of installed add-ons. */
  readonly addons: ReadonlySet<string> | undefined;
  /** Enabled features. */
  readonly features: ReadonlySet<ClusterFeature> | undefined;
  /** The nodes that a Karpenter of your own makes; undefined without one. */
  readonly karpenter?: KarpenterFacts;
  /** Architectures of the nodes. */
  readonly architectures: ReadonlySet<Architecture> | undefined;
  /** Number of availability zones with nodes. */
  readonly zones: number | undefined;
}
