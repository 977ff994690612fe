import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Duration } from '../core/values';
import { type Command, type PreStop, type PreStopCommand, resolvePreStop } from './lifecycle';

/**
 * How a pod stops: it sleeps, runs a command, gets SIGTERM, and has time to drain. terminationGracePeriodSeconds is sleep +
 * the time of the command + drain + a margin of 5 s.
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
  /**
   * Time from SIGTERM until the process has ended; it is killed later. Whole seconds.
   *
   * @default - 20 s; 60 s for a StatefulService with volumes, since a database writes its state before it ends, and recovers
   * when it starts after it was killed
   */
  readonly drain?: Duration;
  /**
   * A command that runs in the container after the sleep and before SIGTERM: ['nodetool', 'drain'], or { command, time }
   * with the time it needs. Without a time it shares that of `drain`. After a sleep it is started by the `sh` of the image;
   * `sleep: '0s'` starts it directly.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
   */
  readonly preStop?: Command | PreStopCommand;
}

/** A validated shutdown, in seconds. */
export interface ShutdownModel {
  readonly sleep: number;
  readonly drain: number;
  readonly preStop: PreStop | undefined;
  readonly grace: number;
}

const SHUTDOWN: KeyTable<Shutdown> = { sleep: true, drain: true, preStop: true };
const SLEEP = { 'load-balancer': 15, service: 5, none: 0 } as const;
const DRAIN = { calls: 20, state: 60 } as const;
const MARGIN = 5;

/** What sends traffic to a pod. */
export type TrafficSource = keyof typeof SLEEP;

const after = (sleep: number, drain: number): ShutdownModel => ({
  sleep,
  drain,
  preStop: undefined,
  grace: sleep + drain + MARGIN,
});
const defaultsFor = (source: TrafficSource) => ({
  calls: after(SLEEP[source], DRAIN.calls),
  state: after(SLEEP[source], DRAIN.state),
});
/** Of workloads that say nothing of it. */
const DEFAULTS: Readonly<Record<TrafficSource, Record<keyof typeof DRAIN, ShutdownModel>>> = {
  'load-balancer': defaultsFor('load-balancer'),
  service: defaultsFor('service'),
  none: defaultsFor('none'),
};

export function resolveShutdown(
  check: Check,
  shutdown: Shutdown | undefined,
  source: TrafficSource,
  { keepsState = false, field = 'shutdown' }: { readonly keepsState?: boolean; readonly field?: string } = {},
): ShutdownModel {
  if (shutdown === undefined) {
    return DEFAULTS[source][keepsState ? 'state' : 'calls'];
  }
  check.keys<Shutdown>(field, shutdown, SHUTDOWN);
  const sleep = shutdown.sleep === undefined ? SLEEP[source] : check.seconds(`${field}.sleep`, shutdown.sleep);
  const drain =
    shutdown.drain === undefined
      ? DRAIN[keepsState ? 'state' : 'calls']
      : check.seconds(`${field}.drain`, shutdown.drain);
  const preStop = resolvePreStop(check, `${field}.preStop`, shutdown.preStop);
  return { sleep, drain, preStop, grace: sleep + (preStop?.seconds ?? 0) + drain + MARGIN };
}
