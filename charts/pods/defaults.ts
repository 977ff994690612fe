import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { checkPullPolicy, type ImagePullPolicy } from './image';
import { checkPlacement, type Placement } from './placement';
import { checkPriority, type Priority } from './priority';
import { checkResources, type Resources } from './resources';
import { checkSecurity, type Security } from './security';
import { resolveShutdown, type Shutdown } from './shutdown';
import { NOT_ROOT, resolveUser, type User } from './user';

/** What an app or a tenant can set for the workloads below. The nearest wins as a whole; only labels and annotations merge by key. */
export interface PodDefaults {
  /** Numeric uid (and gid) of the image, or 'image' when its USER is numeric. @default - asked for */
  readonly user?: User;
  /** @default - asked for */
  readonly resources?: Resources;
  /** @default - restricted, read-only root */
  readonly security?: Security;
  /** @default - soft spread; zones required for stateful services */
  readonly placement?: Placement;
  /** @default - see Shutdown */
  readonly shutdown?: Shutdown;
  /** @default - with a Cluster: 'standard' for services and workers, 'batch' for jobs, 'agent' for node agents; else none */
  readonly priority?: Priority;
  /** @default - 'Always' for a tag, which can move; 'IfNotPresent' for a digest */
  readonly imagePullPolicy?: ImagePullPolicy;
  /** Of objects and pods; never in a selector. Merged by key. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Of objects and pods. Merged by key. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * The check of each default: of its value alone, so that a wrong one is refused where it is set. What depends on the
 * workload (its ports, its replicas, the level of its namespace) is checked there as well.
 */
export type DefaultChecks<T> = {
  readonly [K in keyof T]-?: (check: Check, value: NonNullable<T[K]>, what: string) => unknown;
};

/** One entry for each of PodDefaults, without which the compiler complains. */
export const POD_DEFAULT_CHECKS: DefaultChecks<PodDefaults> = {
  user: resolveUser,
  resources: checkResources,
  security: (check, security) => checkSecurity(check, security, NOT_ROOT, 'privileged'),
  placement: checkPlacement,
  shutdown: (check, shutdown) => resolveShutdown(check, shutdown, 'none'),
  priority: checkPriority,
  imagePullPolicy: checkPullPolicy,
  labels: (check, labels, what) => check.labels(what, labels),
  annotations: (check, annotations, what) => check.annotations(what, annotations),
};

/** The keys of a table of checks, to be spread into the tables of what has them. */
export function keysOf<T>(checks: DefaultChecks<T>): KeyTable<T> {
  return Object.fromEntries(Object.keys(checks).map((key) => [key, true])) as KeyTable<T>;
}

/** Checks the values that are given. @param prefix Where they stand: 'defaults.' */
export function checkDefaults<T extends object>(check: Check, checks: DefaultChecks<T>, values: T, prefix = ''): void {
  for (const key of Object.keys(checks) as (keyof T & string)[]) {
    const value = values[key];
    if (value !== undefined) {
      checks[key](check, value as NonNullable<typeof value>, `${prefix}${key}`);
    }
  }
}
