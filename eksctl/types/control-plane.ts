import type { ARN, OneOf } from './common';

/** EKS Auto Mode: EKS runs nodes, storage, load balancers and DNS itself. */
export type AutoModeConfig = OneOf<AutoModeOff | (AutoModeOn & AutoModeRole)>;

/** Nodes are yours to run. */
export interface AutoModeOff {
  /** Off. @default false */
  readonly enabled?: false;
}

/** EKS runs the nodes. */
export interface AutoModeOn {
  /** On. */
  readonly enabled: true;
  /** The ready-made pools, each once; an empty list for none, which excludes a role. @default ['general-purpose', 'system'] */
  readonly nodePools?: readonly ('general-purpose' | 'system')[];
}

/** Where the role of Auto Mode's nodes comes from. */
export type AutoModeRole = OneOf<
  | {
      /** An existing role for the nodes. @default - eksctl makes one */
      readonly nodeRoleARN?: ARN;
    }
  | {
      /** A policy that limits the role that eksctl makes. @default - no limit */
      readonly permissionsBoundaryARN?: ARN;
    }
>;

/** How much the control plane can do from the start (provisioned control plane). */
export interface ControlPlaneScalingConfig {
  /** The size: 'standard' scales with the load, the others are kept and paid for. eksctl does not check it. @default - 'standard' */
  readonly tier?: 'standard' | 'tier-xl' | 'tier-2xl' | 'tier-4xl' | 'tier-8xl' | (string & {});
}

/** Amazon Application Recovery Controller may move traffic away from a zone. */
export interface ZonalShiftConfig {
  /** Whether it may. @default false */
  readonly enabled?: boolean;
}

/** Envelope encryption of Secrets. */
export interface SecretsEncryption {
  /** ARN of a symmetric KMS key in the cluster's region. */
  readonly keyARN: ARN;
}

/** What EKS writes to CloudWatch. */
export interface ClusterCloudWatch {
  /** Logs of the control plane. @default - none */
  readonly clusterLogging?: ClusterCloudWatchLogging;
}

/** Which logs of the control plane are kept, and for how long. */
export interface ClusterCloudWatchLogging {
  /** Components that write; '*' and 'all' mean each of them. @default - none */
  readonly enableTypes?: readonly (
    | '*'
    | 'all'
    | 'api'
    | 'audit'
    | 'authenticator'
    | 'controllerManager'
    | 'scheduler'
  )[];
  /** Days; needs `enableTypes`. @default - kept, and paid for, for ever */
  readonly logRetentionInDays?:
    | 1
    | 3
    | 5
    | 7
    | 14
    | 30
    | 60
    | 90
    | 120
    | 150
    | 180
    | 365
    | 400
    | 545
    | 731
    | 1827
    | 3653;
}

/** Settings of kube-apiserver. Which values EKS takes depends on the scaling tier and the version. */
export interface KubeAPIServerConfig {
  /** How long Events are kept, as a Go duration: '30m', '1h'. @default - that of EKS, one hour */
  readonly eventTTL?: string;
  /** Ports of Services of type NodePort. @default - 30000 to 32767 */
  readonly serviceNodePortRange?: ServiceNodePortRange;
}

/** The first and the last port of the range. */
export interface ServiceNodePortRange {
  /** The highest port. @default - that of EKS */
  readonly maxPort?: number;
  /** The lowest port. @default - that of EKS */
  readonly minPort?: number;
}

/** Settings of kube-scheduler. */
export interface KubeSchedulerConfig {
  /** How the plugin of this name chooses among nodes that fit. @default - that of EKS */
  readonly nodeResourcesFit?: NodeResourcesFitConfig;
}

/** Settings of the scheduler's plugin NodeResourcesFit. */
export interface NodeResourcesFitConfig {
  /** How nodes that fit are rated. @default - that of EKS */
  readonly scoringStrategy?: ScoringStrategy;
}

/** How nodes that fit are rated. */
export interface ScoringStrategy {
  /** What counts, and how much. @default - cpu and memory alike */
  readonly resources?: readonly ResourceWeight[];
  /** LeastAllocated spreads pods over the nodes, MostAllocated packs them. @default LeastAllocated */
  readonly type?: 'LeastAllocated' | 'MostAllocated';
}

/** The weight of one resource. */
export interface ResourceWeight {
  /** 'cpu', 'memory' or an extended resource. */
  readonly name: string;
  /** A whole number; twice as much counts twice. */
  readonly weight: number;
}

/** Settings of kube-controller-manager. */
export interface KubeControllerManagerConfig {
  /** The controller of HorizontalPodAutoscalers. @default - that of EKS */
  readonly horizontalPodAutoscalerControllerConfig?: HorizontalPodAutoscalerControllerConfig;
}

/** The controller of HorizontalPodAutoscalers. */
export interface HorizontalPodAutoscalerControllerConfig {
  /** Time between two looks at the metrics, as a Go duration: '15s'. @default - that of EKS, 15 seconds */
  readonly horizontalPodAutoscalerSyncPeriod?: string;
}
