import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { checkDns, type Dns } from './dns';
import { checkPullPolicy, type ImagePullPolicy } from './image';
import { checkPlacement, type Placement } from './placement';
import { checkPriority, type Priority } from './priority';
import { checkPullSecrets } from './pull-secrets';
import { checkResources, type Resources } from './resources';
import { checkRuntimeClass, type RuntimeClass } from './runtime-class';
import { checkSecurity, type Security } from './security';
import { resolveShutdown, type Shutdown } from './shutdown';
import { NOT_ROOT, resolveUser, type User } from './user';

/**
 * Pod settings that an app or a tenant can set for all workloads in it. The nearest value replaces the others as a
 * whole; only labels and annotations are merged by key.
 */
export interface PodDefaults {
  /**
   * The user that the container runs as: the numeric uid of the image, or 'image' when its USER is numeric.
   *
   * @default - required here or in the defaults of the app or tenant: no uid is right for every image
   */
  readonly user?: User;
  /**
   * CPU and memory of the container.
   *
   * @default - required here or in the defaults of the app or tenant: the scheduler and the cluster size depend on it
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/data-plane.html
   */
  readonly resources?: Resources;
  /**
   * Exceptions from the restricted Pod Security Standard and the read-only root file system.
   *
   * @default - none: not root, no capabilities, no privilege escalation, seccomp RuntimeDefault, read-only root
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html
   */
  readonly security?: Security;
  /**
   * Which nodes pods may run on, and how they are spread over zones and nodes.
   *
   * @default - any Linux node of the cluster, with a preferred spread; a required spread over zones for a StatefulService
   */
  readonly placement?: Placement;
  /** How long a pod waits before SIGTERM and has to end. @default - see Shutdown */
  readonly shutdown?: Shutdown;
  /**
   * The priority class, which decides which pods are preempted when nodes are full.
   *
   * @default - with a Cluster 'standard' for services and workers, 'batch' for jobs, 'agent' for node agents; otherwise none
   */
  readonly priority?: Priority;
  /**
   * When the kubelet pulls the image. Also used for `sidecars` and `initContainers` without a policy.
   *
   * @default 'Always' - a tag can move, and a pod may use an image on its node only with its own access to the registry.
   * Layers that are on the node are not downloaded again, but the registry must answer at every start
   */
  readonly imagePullPolicy?: ImagePullPolicy;
  /**
   * Names of Secrets with the credentials of registries (type kubernetes.io/dockerconfigjson). They exist in the namespace
   * of the workload; the steps file says how to make them. Registries of Amazon ECR need none.
   *
   * @default - none
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
   */
  readonly imagePullSecrets?: readonly string[];
  /**
   * 'restart' rolls the pods of services, workers and agents when a secret that they read changes: each variable and each
   * file of a `Secret`. Variables keep the old value until then, and many programs read a file once. Requires Reloader, which a
   * step installs. A rotated secret reaches the pods by its `SecretSource` first. The pods of an
   * `ArgoRollout` are evicted one after another, without its steps; a single one is missing until the next is ready. Jobs read
   * their secrets when they start: they ignore it as a default, and refuse it as a prop.
   *
   * @default 'ignore' - files of secrets change in place, without a restart
   * @see https://docs.stakater.com/reloader/
   */
  readonly onSecretChange?: 'restart' | 'ignore';
  /** How names are looked up. @default - { ndots: 2 }, so that names outside the cluster are asked for once */
  readonly dns?: Dns;
  /**
   * How containers are run: a RuntimeClass, or the name of one that the cluster has.
   *
   * @default - by the runtime of the nodes, which share their kernel
   * @see https://kubernetes.io/docs/concepts/containers/runtime-class/
   */
  readonly runtimeClass?: RuntimeClass | string;
  /** Labels of all objects and pods; never part of a selector. Merged by key with those of the app and tenant. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of all objects and pods. Merged by key with those of the app and tenant. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * The check of each default, of its value alone, so that an invalid one is refused where it is set. What depends on the
 * workload (its ports, replicas, the level of its namespace) is checked by the workload.
 */
export type DefaultChecks<T> = {
  readonly [K in keyof T]-?: (check: Check, value: NonNullable<T[K]>, field: string) => unknown;
};

/** One entry for each key of PodDefaults; the compiler reports a missing one. */
export const POD_DEFAULT_CHECKS: DefaultChecks<PodDefaults> = {
  user: resolveUser,
  resources: checkResources,
  security: (check, security, field) => checkSecurity(check, security, NOT_ROOT, 'privileged', field),
  placement: checkPlacement,
  shutdown: (check, shutdown, field) => resolveShutdown(check, shutdown, 'none', { field }),
  priority: checkPriority,
  imagePullPolicy: checkPullPolicy,
  imagePullSecrets: checkPullSecrets,
  dns: checkDns,
  onSecretChange: (check, value, field) => check.oneOf(field, value, ['restart', 'ignore']),
  runtimeClass: checkRuntimeClass,
  labels: (check, labels, field) => check.labels(field, labels),
  annotations: (check, annotations, field) => check.annotations(field, annotations),
};

/** The keys of PodDefaults, to be spread into other key tables. */
export const POD_DEFAULTS: KeyTable<PodDefaults> = {
  user: true,
  resources: 'object',
  security: 'object',
  placement: 'object',
  shutdown: 'object',
  priority: true,
  imagePullPolicy: true,
  imagePullSecrets: 'texts',
  dns: 'object',
  onSecretChange: true,
  runtimeClass: true,
  labels: 'map',
  annotations: 'map',
};

/** Checks the values that are given. @param prefix of the fields, such as 'defaults.' */
export function checkDefaults<T extends object>(check: Check, checks: DefaultChecks<T>, values: T, prefix = ''): void {
  for (const key in checks) {
    const value = values[key];
    if (value !== undefined) {
      checks[key](check, value as NonNullable<typeof value>, `${prefix}${key}`);
    }
  }
}
