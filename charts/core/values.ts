import type { Duration as CdkDuration } from 'cdk8s';

/** Seconds as a number, or '500ms', '30s', '15m', '2h', '7d', or a cdk8s `Duration`. Fields that Kubernetes counts in seconds refuse fractions. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}` | CdkDuration;
/** An absolute path in a container or on a node: '/var/lib/mysql'. */
export type Path = string;
/** What becomes a string: a literal of a ConfigMap or of the environment. Never a secret. */
export type Scalar = string | number | boolean;

/** A judgement that departs from a safe default says why; the reason becomes an annotation. */
export interface Because {
  /** One sentence for the reader of the manifest. */
  readonly because: string;
}
/** Edits a finished manifest in place. Returning another object is an error, since it would be lost. */
export type Edit<T> = (object: T) => void;
/** Edits by object name; naming an object that was not made is an error. */
export type Customize<O> = { readonly [K in keyof O]?: Edit<O[K]> };
