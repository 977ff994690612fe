import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import { type Duration, parseSeconds } from '../../core/values';

/** How a load balancer checks its targets. The path, the port and the protocol are those of the readiness probe. */
export interface HealthCheck {
  /** Time between two checks of a target, 5 s to 300 s. Whole seconds. @default - 15 s of an ALB, 10 s of an NLB */
  readonly interval?: Duration;
  /** Time limit of a check, 2 s to 120 s, shorter than `interval`. Whole seconds. @default - 5 s of an ALB, 10 s of an NLB */
  readonly timeout?: Duration;
  /** Successes in a row after which a target gets traffic, 2 to 10. @default - 2 of an ALB, 3 of an NLB */
  readonly healthy?: number;
  /** Failures in a row after which a target gets no more traffic, 2 to 10. @default - 2 of an ALB, 3 of an NLB */
  readonly unhealthy?: number;
  /**
   * The codes of success: of HTTP, '200-399', or of gRPC, '0'. Refused where the readiness probe asks by neither.
   *
   * @default - 200-399, as the kubelet takes them; 0 of gRPC
   */
  readonly successCodes?: string;
}

const HEALTH_CHECK: KeyTable<HealthCheck> = {
  interval: true,
  timeout: true,
  healthy: true,
  unhealthy: true,
  successCodes: 'text',
};
const FIELD = 'expose.healthCheck';

export function checkHealthCheck(check: Check, healthCheck: HealthCheck | undefined): void {
  if (healthCheck === undefined) {
    return;
  }
  check.keys<HealthCheck>(FIELD, healthCheck, HEALTH_CHECK);
  const { interval, timeout, healthy, unhealthy, successCodes } = healthCheck;
  const seconds = [
    ['interval', interval, 5, 300],
    ['timeout', timeout, 2, 120],
  ] as const;
  for (const [name, value, least, most] of seconds) {
    if (value !== undefined && check.seconds(`${FIELD}.${name}`, value, least) > most) {
      check.fail(
        'invalid',
        `${FIELD}.${name}`,
        `${FIELD}.${name} must be at most ${most} s`,
        `write for example '${least}s'`,
      );
    }
  }
  if (interval !== undefined && timeout !== undefined && parseSeconds(timeout)! >= parseSeconds(interval)!) {
    check.fail(
      'invalid',
      `${FIELD}.timeout`,
      `${FIELD}.timeout must be shorter than interval`,
      'lower the timeout, or raise the interval',
    );
  }
  for (const [name, count] of Object.entries({ healthy, unhealthy })) {
    if (count !== undefined) {
      check.integer(`${FIELD}.${name}`, count, 2, 10);
    }
  }
  if (successCodes !== undefined && !/^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*$/.test(successCodes)) {
    check.fail(
      'invalid',
      `${FIELD}.successCodes`,
      `${FIELD}.successCodes must be codes and ranges of codes, but is '${successCodes}'`,
      "write for example '200-399' or '200,204'",
    );
  }
}

/** The names of the settings in the annotations of an Ingress and of a Service. */
export const HEALTH_CHECK_ANNOTATIONS = {
  alb: {
    interval: 'healthcheck-interval-seconds',
    timeout: 'healthcheck-timeout-seconds',
    healthy: 'healthy-threshold-count',
    unhealthy: 'unhealthy-threshold-count',
  },
  nlb: {
    interval: 'healthcheck-interval',
    timeout: 'healthcheck-timeout',
    healthy: 'healthcheck-healthy-threshold',
    unhealthy: 'healthcheck-unhealthy-threshold',
  },
} as const;

/** The settings as annotations, without their prefix; the codes of success apart, which depend on the probe. */
export function healthCheckAnnotations(
  of: keyof typeof HEALTH_CHECK_ANNOTATIONS,
  { interval, timeout, healthy, unhealthy }: HealthCheck = {},
): Record<string, string | undefined> {
  if (interval === undefined && timeout === undefined && healthy === undefined && unhealthy === undefined) {
    return {};
  }
  const names = HEALTH_CHECK_ANNOTATIONS[of];
  const text = (value: number | undefined) => (value === undefined ? undefined : String(value));
  return {
    [names.interval]: text(interval && parseSeconds(interval)),
    [names.timeout]: text(timeout && parseSeconds(timeout)),
    [names.healthy]: text(healthy),
    [names.unhealthy]: text(unhealthy),
  };
}
