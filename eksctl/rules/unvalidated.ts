import type { ClusterConfig, ManagedNodeGroup, NodeGroup } from '../types';

type Keys<T> = T extends T ? keyof T : never;
type At<T, K extends PropertyKey> = T extends T ? (K extends keyof T ? T[K] : never) : never;

type Primitive = string | number | boolean | null | undefined;
type Leaf<T> = T extends string ? string : T extends number ? number : T extends boolean ? boolean : T;
type List<T> = T extends readonly (infer E)[] ? readonly (Unvalidated<E> | null)[] : never;
type Fields<T> = [T] extends [never] ? never : { readonly [K in Keys<T>]?: Unvalidated<At<T, K>> | null };

/**
 * A value as anyone could have written it into a file: every key may be missing or null, and a text be any text. The
 * types for authors exclude what the rules are there to find.
 */
export type Unvalidated<T> = unknown extends T
  ? unknown
  : Leaf<Extract<T, Primitive>> | Compound<Exclude<T, Primitive>>;
type Compound<T> = List<Extract<T, readonly unknown[]>> | Fields<Exclude<T, readonly unknown[]>>;

export type UnvalidatedConfig = Fields<ClusterConfig>;
/** A group of either kind; the keys of the other kind are missing. */
export type UnvalidatedGroup = Fields<ManagedNodeGroup | NodeGroup>;

/** Whether a key is written at all; eksctl takes null for a missing key. */
export function isSet<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}

/** Whether a text says something. */
export function isNonEmptyString(value: string | null | undefined): value is string {
  return isSet(value) && value !== '';
}

/** A list without what is null in it; empty where there is none. */
export function listOf<T>(values: readonly (T | null)[] | null | undefined): readonly NonNullable<T>[] {
  return (values ?? []).filter(isSet) as readonly NonNullable<T>[];
}
