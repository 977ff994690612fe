import type { IConstruct } from 'constructs';
import { isServiceName } from '../../kube/names';
import type { KeyWord } from '../../kube/values';
import type { Defaults } from '../app/defaults';
import type { Check } from '../core/check';
import type { NetworkPolicyPort, Volume, VolumeMount } from '../core/k8s';
import type { ControllerKey } from '../core/place-of-field';
import type { PortModel } from '../core/ports';
import type { TenantContext } from '../core/tenant-context';
import type { PodSelf } from '../core/workload-info';
import type { MetricsModel } from '../pods/metrics';
import type { Placement } from '../pods/placement';
import type { Priority } from '../pods/priority';
import type { ProbesModel } from '../pods/probes';
import type { TrafficSource } from '../pods/shutdown';
import type { PodProps } from './pod-props';

/** What a pattern derives its shape and model from. */
export interface WorkloadContext {
  /** The object that runs the pods. */
  readonly controller: ControllerKey;
  readonly construct: IConstruct;
  readonly check: Check;
  readonly name: string;
  readonly namespace: string;
  readonly tenant: TenantContext | undefined;
  /** The props of the workload over the defaults of the tenant and the app. */
  readonly props: PodProps<never> & Defaults;
}

/** How the pods, network policies and names of a pattern differ from those of the others. */
export interface WorkloadShape {
  /** Value of the label app.kubernetes.io/component: the pattern, 'stateful-service'. */
  readonly component: string;
  /** What runs its pods. */
  readonly controller: ControllerKey;
  /** What functions in `env` and `files` get. */
  readonly self: PodSelf;
  /** Ports of the container, those of the Service first. */
  readonly ports: readonly PortModel[];
  /** Ports that clients may call; members of the same StatefulSet may call all. */
  readonly clientPorts: readonly PortModel[];
  readonly probes: ProbesModel | undefined;
  readonly metrics: MetricsModel | undefined;
  readonly traffic: TrafficSource;
  readonly defaultPriority: Priority;
  readonly defaultSpread: NonNullable<Placement['spread']>;
  /** The number of zones that a required spread needs. */
  readonly spreadZones?: number | undefined;
  readonly toleratesAll?: boolean;
  readonly restartPolicy: 'Always' | 'Never';
  /** Whether members call each other. */
  readonly hasMembers?: boolean;
  /** Ports on which members call each other. @default - all of `ports` */
  readonly memberPorts?: readonly NetworkPolicyPort[] | undefined;
  /** The headless Service under which each pod has a host name, where its controller gives it one. */
  readonly subdomain?: string | undefined;
  /** Whether its pods write state that they must not lose, which takes time when they stop. */
  readonly keepsState?: boolean;
  /** Whether it has an EBS volume. */
  readonly usesStorage?: boolean;
  /** Names of the claim templates, which are names of volumes as well. */
  readonly claimNames?: readonly string[];
  /** The most pods at a time, those of a rollout left out; undefined for any number. */
  readonly maxPods: number | undefined;
  readonly volumes?: readonly Volume[];
  readonly mounts?: readonly VolumeMount[];
  /** The prop that the volumes and mounts come from, for messages. */
  readonly volumesProp?: 'storage' | 'sharedStorage' | 'hostPaths';
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  /** Annotations of the pods only. */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** The name of its HorizontalPodAutoscaler; undefined where the number of pods does not change. */
  readonly autoscaler?: string | undefined;
}

/** What a pattern passes to the base class. */
export interface WorkloadSetup<M> {
  readonly props: PodProps<never>;
  /** All keys of the pattern's props. */
  readonly keys: Readonly<Record<string, KeyWord>>;
  /** Maximum length of the id, so that the names that controllers derive from it are valid. */
  readonly maxName: number;
  /** The object that runs the pods. */
  readonly controller: ControllerKey;
  readonly describe: (context: WorkloadContext) => Description<M>;
}

/** Validated props: the shape renders the pods, the model renders the pattern's own objects. */
export interface Description<M> {
  readonly shape: WorkloadShape;
  readonly model: M;
}

/** Refuses an id that is no name of a workload. */
export function checkId(check: Check, id: string, maxName: WorkloadSetup<unknown>['maxName']): void {
  if (!isServiceName(id) || id.length > maxName) {
    check.fail(
      'invalid',
      '',
      `the id must be at most ${maxName} lowercase letters, digits and '-', and begin with a letter, but is '${id}' (${id.length} characters)`,
      'choose another id: controllers append to it, and the result must be a DNS label of 63 characters',
    );
  }
}
