import type { Duration as CdkDuration } from 'cdk8s';

/** A Kubernetes quantity: '250m', '1.5Gi', '20Gi'. Checked by the constructor, printed as written. */
export type Quantity = string;
/** Seconds as a number, or '500ms', '30s', '15m', '2h', '7d', or a cdk8s `Duration`. Fields that Kubernetes counts in seconds refuse fractions. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}` | CdkDuration;
/** An absolute path in a container or on a node: '/var/lib/mysql'. */
export type Path = string;
/** An ARN in any partition: 'arn:aws:iam::111122223333:role/admin'. */
export type Arn = string;
/** A range of addresses: '10.0.0.0/16' or '2001:db8::/64'. */
export type Cidr = string;
/** An AWS region: 'us-west-2'. */
export type Region = string;
/** A Kubernetes minor version offered by EKS, as text: '1.35'. */
export type KubernetesVersion = '1.31' | '1.32' | '1.33' | '1.34' | '1.35' | '1.36' | (string & {});
/** A processor architecture, as in the label `kubernetes.io/arch`. */
export type Architecture = 'amd64' | 'arm64';
/** What becomes a string: a literal of a ConfigMap or of the environment. Never a secret. */
export type Scalar = string | number | boolean;
/** A plain JSON value, for the configuration of an add-on. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A judgement that departs from a safe default says why; the reason becomes an annotation. */
export interface Because {
  /** One sentence for the reader of the manifest. */
  readonly because: string;
}
/** The same, to be edited in place: nothing in it is readonly, at any depth. */
export type Mutable<T> = T extends string | number | boolean | bigint | symbol | ((...args: never[]) => unknown)
  ? T
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
/** Edits a finished manifest in place. Returning another object is an error, since it would be lost. */
export type Edit<T> = (object: T) => void;
/** Edits by object name; naming an object that was not made is an error. */
export type Customize<O> = { readonly [K in keyof O]?: Edit<O[K]> };
