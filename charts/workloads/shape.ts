import type { IConstruct } from 'constructs';
import type { Defaults } from '../app/defaults';
import type { Check } from '../core/check';
import type { Volume, VolumeMount } from '../core/k8s';
import type { PortModel } from '../core/ports';
import type { PodSelf } from '../core/self';
import type { TenantContext } from '../core/tenant-context';
import type { MetricsModel } from '../pods/metrics';
import type { Placement } from '../pods/placement';
import type { Priority } from '../pods/priority';
import type { ProbesModel } from '../pods/probes';
import type { TrafficSource } from '../pods/shutdown';
import type { PodProps } from './pod-props';

/** What a pattern's description is made from. */
export interface WorkloadContext {
  readonly construct: IConstruct;
  readonly check: Check;
  readonly name: string;
  readonly namespace: string;
  readonly tenant: TenantContext | undefined;
  /** The props, over the defaults of the tenant and the app. */
  readonly props: PodProps<never> & Defaults;
}

/** In what the six patterns differ, as far as pods, policies and names are concerned. */
export interface WorkloadShape {
  /** The label app.kubernetes.io/component. */
  readonly component: 'service' | 'stateful-service' | 'worker' | 'node-agent' | 'batch-job' | 'scheduled-job';
  /** What the workload knows of itself. */
  readonly self: PodSelf;
  /** Ports of the container, those of a service first. */
  readonly ports: readonly PortModel[];
  /** Ports that clients may call; members of the same set reach all. */
  readonly clientPorts: readonly PortModel[];
  /** Names of its services. */
  readonly services: readonly string[];
  readonly probes: ProbesModel | undefined;
  readonly metrics: MetricsModel | undefined;
  readonly traffic: TrafficSource;
  readonly defaultPriority: Priority;
  readonly defaultSpread: NonNullable<Placement['spread']>;
  /** Whether revisions of a Deployment are spread apart. */
  readonly isDeployment?: boolean;
  readonly toleratesAll?: boolean;
  readonly restartPolicy: 'Always' | 'Never';
  /** Whether members talk to each other. */
  readonly hasMembers?: boolean;
  /** Whether it keeps files on a volume of EBS. */
  readonly usesStorage?: boolean;
  /** Names of its claim templates, which are names of volumes too. */
  readonly claimNames?: readonly string[];
  readonly volumes?: readonly Volume[];
  readonly mounts?: readonly VolumeMount[];
  readonly hostNetwork?: boolean;
  /** Of the pods alone. */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** What the base of all patterns needs of one. */
export interface WorkloadSetup<M> {
  readonly props: PodProps<never>;
  /** Every key that the pattern knows. */
  readonly keys: Readonly<Record<string, true>>;
  /** Longest name to which the controllers can append what they append. */
  readonly maxName: number;
  readonly describe: (context: WorkloadContext) => Description<M>;
}

/** A pattern's props, checked: what the base makes the pods from, and what the pattern makes its own objects from. */
export interface Description<M> {
  readonly shape: WorkloadShape;
  readonly model: M;
}
