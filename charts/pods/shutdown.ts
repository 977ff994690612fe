import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Duration } from '../core/values';

/**
 * How a pod stops: it sleeps, gets SIGTERM, and has time to drain. terminationGracePeriodSeconds is sleep + drain + a
 * margin of 5 s.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export interface Shutdown {
  /**
   * preStop wait before SIGTERM, while load balancers and kube-proxy stop sending traffic to the pod. Whole seconds.
   *
   * @default - 15 s behind a load balancer, 5 s behind a Service, otherwise 0
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html
   */
  readonly sleep?: Duration;
  /** Time from SIGTERM until the process has ended; it is killed later. Whole seconds. @default 20 s */
  readonly drain?: Duration;
}

/** A validated shutdown, in seconds. */
export interface ShutdownModel {
  readonly sleep: number;
  readonly drain: number;
  readonly grace: number;
}

const SHUTDOWN: KeyTable<Shutdown> = { sleep: true, drain: true };
const SLEEP = { 'load-balancer': 15, service: 5, none: 0 } as const;
const DRAIN = 20;
const MARGIN = 5;

/** What sends traffic to a pod. */
export type TrafficSource = keyof typeof SLEEP;

export function resolveShutdown(
  check: Check,
  shutdown: Shutdown | undefined,
  source: TrafficSource,
  field = 'shutdown',
): ShutdownModel {
  check.keys<Shutdown>(field, shutdown, SHUTDOWN);
  const sleep = shutdown?.sleep === undefined ? SLEEP[source] : check.seconds(`${field}.sleep`, shutdown.sleep);
  const drain = shutdown?.drain === undefined ? DRAIN : check.seconds(`${field}.drain`, shutdown.drain);
  return { sleep, drain, grace: sleep + drain + MARGIN };
}
