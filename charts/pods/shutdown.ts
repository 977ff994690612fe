import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Duration } from '../core/values';

/** How a pod stops; the grace period is sleep + drain + a margin of 5 s. */
export interface Shutdown {
  /**
   * Wait before SIGTERM, while endpoints and targets are taken out of service. Whole seconds.
   * @default - 15 s behind a load balancer, 5 s behind a service, else 0 (EKS Best Practices Guide, Networking, load balancing)
   */
  readonly sleep?: Duration;
  /** From SIGTERM to a finished process. Whole seconds. @default 20 s */
  readonly drain?: Duration;
}

/** A shutdown in seconds. */
export interface ShutdownModel {
  readonly sleep: number;
  readonly drain: number;
  readonly grace: number;
}

const SHUTDOWN: KeyTable<Shutdown> = { sleep: true, drain: true };
const SLEEP = { 'load-balancer': 15, service: 5, none: 0 } as const;
const DRAIN = 20;
const MARGIN = 5;

/** Who sends traffic to a pod. */
export type TrafficSource = keyof typeof SLEEP;

export function resolveShutdown(check: Check, shutdown: Shutdown | undefined, source: TrafficSource): ShutdownModel {
  check.keys<Shutdown>('shutdown', shutdown, SHUTDOWN);
  const sleep = shutdown?.sleep === undefined ? SLEEP[source] : check.seconds('shutdown.sleep', shutdown.sleep);
  const drain = shutdown?.drain === undefined ? DRAIN : check.seconds('shutdown.drain', shutdown.drain);
  return { sleep, drain, grace: sleep + drain + MARGIN };
}
