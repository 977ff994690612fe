import type { ARN } from './common';

/** A control plane on an AWS Outpost. Excludes add-ons, Fargate, Karpenter, managed groups, IPv6, zones and a KMS key. */
export interface Outpost {
  /** The Outpost. */
  readonly controlPlaneOutpostARN: ARN;
  /** Instance type of the control plane. @default - the smallest that the Outpost has and that suffices for the nodes */
  readonly controlPlaneInstanceType?: string;
  /** Where its instances go. @default - anywhere on the Outpost */
  readonly controlPlanePlacement?: Placement;
  /** Instance type of etcd, on instances of its own. @default - beside the control plane */
  readonly etcdInstanceType?: string;
  /** Where those of etcd go. @default - anywhere on the Outpost */
  readonly etcdPlacement?: Placement;
}

/** An existing placement group of EC2. */
export interface Placement {
  /** Its name; a node group has to say it. @default - none */
  readonly groupName?: string;
  /** What may not be shared, on an Outpost. @default - nothing */
  readonly spreadLevel?: 'host' | 'rack';
}
