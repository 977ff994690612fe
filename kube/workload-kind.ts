import type { ObjectMeta, PersistentVolumeClaimSpec, PodSpec } from '../imports/kubernetes';

/** A spec, or a part of one that is read as one. */
export type Spec = Readonly<Record<string, unknown>>;

/** Labels and spec of the pods of a workload. */
export interface PodTemplate {
  readonly metadata?: Pick<ObjectMeta, 'annotations' | 'labels'>;
  readonly spec?: PodSpec | undefined;
}

/** A claim that each member of a StatefulSet gets. */
export interface ClaimTemplate {
  readonly metadata?: { readonly name?: string };
  readonly spec: PersistentVolumeClaimSpec;
}

/** What a kind of Kubernetes that runs pods makes of its spec. */
export interface WorkloadKind {
  readonly apiVersion: string;
  readonly template: (spec: Spec) => PodTemplate | undefined;
  /** The field of the template. @default 'spec.template' */
  readonly at?: string;
  /** Pods at one time, as the spec asks for them; of a kind with pods per node 0. */
  readonly replicas: (spec: Spec) => number;
  /** Pods at one time, at most: of jobs all runs that may overlap. @default - as `replicas` */
  readonly most?: (spec: Spec) => number;
  /** Pods beside these while a new revision is rolled out. @default - none */
  readonly surge?: (spec: Spec, replicas: number) => number;
  /** Whether a pod is made only when the one before it is ready. @default - never */
  readonly ordered?: (spec: Spec) => boolean;
  /** One pod on each node. */
  readonly perNode?: true;
  /** Has replicas, which an autoscaler or its own controller may change, and the default spread of the scheduler. */
  readonly scaled?: true | 'by itself';
  /** Pods work together, and want to be near one another. */
  readonly grouped?: true;
  /** Pods run to their end. */
  readonly job?: true;
  /** What the template may say. @default - of a job Never and OnFailure, else Always */
  readonly restartPolicies?: readonly string[];
  /** Where the template says nothing. @default 'Always' */
  readonly defaultRestartPolicy?: string;
  /** Finds its pods by `spec.selector.matchLabels`, which no other object shares. */
  readonly selects?: true;
  /** The label with the name of the object that its controller gives to the pods, beside others of the same domain. */
  readonly nameLabel?: string;
  /** The label that tells the revisions of its pods apart. */
  readonly revisionLabel?: string;
  readonly claims?: (spec: Spec) => readonly ClaimTemplate[];
  /**
   * The name that its controller gives to a container without one; it completes probes without a port, too.
   *
   * @default - none: the API server refuses them
   */
  readonly containerName?: string;
  /** Whether its controller gives the pods a service account with permissions, if they name none. @default - never */
  readonly ownAccount?: (spec: Spec) => boolean;
}

/** A pod template of an object. */
export interface PlacedTemplate {
  readonly template: PodTemplate;
  /** Its field: 'spec.template'; of a Pod ''. */
  readonly at: string;
  /** What is made of it; undefined where nothing is: of a Pod, which is its own, and of a PodTemplate. */
  readonly workload?: WorkloadKind;
  /** What `workload` reads: the spec of the object, or of its part. */
  readonly of: Spec;
  /** How often `workload` is made. */
  readonly times: number;
}
