import { Duration as CdkDuration } from 'cdk8s';
import type { Duration } from './values';

const PATTERN = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 };

/** The number of seconds, or undefined if the value is not a duration. */
export function parseSeconds(duration: Duration): number | undefined {
  if (typeof duration === 'number') {
    return Number.isFinite(duration) ? duration : undefined;
  }
  if (duration instanceof CdkDuration) {
    return duration.toMilliseconds({ integral: false }) / 1000;
  }
  const match = typeof duration === 'string' ? PATTERN.exec(duration) : null;
  return match ? Number(match[1]) * SECONDS[match[2]!]! : undefined;
}
