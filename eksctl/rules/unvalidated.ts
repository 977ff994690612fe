import type { ClusterConfig, ManagedNodeGroup, NodeGroup } from '../types';

type Keys<T> = T extends T ? keyof T : never;
type At<T, K extends PropertyKey> = T extends T ? (K extends keyof T ? T[K] : never) : never;

type Primitive = string | number | boolean | null | undefined;
type Leaf<T> = T extends string ? string : T extends number ? number : T extends boolean ? boolean : T;
type List<T> = T extends readonly (infer E)[] ? readonly (Unvalidated<E> | null)[] : never;
type Fields<T> = [T] extends [never] ? never : { readonly [K in Keys<T>]?: Unvalidated<At<T, K>> | null };

/**
 * A value as it may be in a file: every key may be missing or null, and a string may be any string. The types for authors
 * exclude what the rules check.
 */
export type Unvalidated<T> = unknown extends T
  ? unknown
  : Leaf<Extract<T, Primitive>> | Compound<Exclude<T, Primitive>>;
type Compound<T> = List<Extract<T, readonly unknown[]>> | Fields<Exclude<T, readonly unknown[]>>;

export type UnvalidatedConfig = Fields<ClusterConfig>;
/** A group of either kind; keys of the other kind are missing. */
export type UnvalidatedGroup = Fields<ManagedNodeGroup | NodeGroup>;

/** Whether a key is set; null is absent, as in eksctl. */
export function isSet<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}

/** Whether a string is set and not empty. */
export function isNonEmptyString(value: string | null | undefined): value is string {
  return isSet(value) && value !== '';
}

/** A list without its nulls; empty if undefined. */
export function listOf<T>(values: readonly (T | null)[] | null | undefined): readonly NonNullable<T>[] {
  return (values ?? []).filter(isSet) as readonly NonNullable<T>[];
}
