import { Duration as CdkDuration } from 'cdk8s';

/**
 * A duration: seconds as a number, a string such as '500ms', '30s', '15m', '2h' or '7d', or a cdk8s `Duration`. Fractions of
 * a second are refused by fields that Kubernetes counts in seconds.
 */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}` | CdkDuration;
/** An absolute path in a container or on a node: '/var/lib/mysql'. */
export type Path = string;
/** A literal of a ConfigMap or an environment variable, written as a string. Literals that look like secrets are refused. */
export type Scalar = string | number | boolean;

/** The reason for a departure from a safe default. It is written to the manifest as an annotation. */
export interface Because {
  /** One sentence for the reader of the manifest. */
  readonly because: string;
}
/** Edits a finished manifest in place. To return another object is an error, since it would be lost. */
export type Edit<T> = (object: T) => void;
/** Edits by object name. The name of an object that was not created is an error. */
export type Customize<O> = { readonly [K in keyof O]?: Edit<O[K]> };

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 };

/** The number of seconds, or undefined if the value is not a duration. */
export function parseSeconds(duration: Duration): number | undefined {
  if (typeof duration === 'number') {
    return Number.isFinite(duration) ? duration : undefined;
  }
  if (duration instanceof CdkDuration) {
    return duration.toMilliseconds({ integral: false }) / 1000;
  }
  const match = typeof duration === 'string' ? DURATION.exec(duration) : null;
  return match ? Number(match[1]) * SECONDS[match[2]!]! : undefined;
}
