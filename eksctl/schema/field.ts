import type { KeyTable } from '../../kube/values';
import type { InlineDocument, Texts } from '../types';

/** The kind of a field's value. */
export type AnyKind =
  | {
      /** 'arn' and 'cidr' are strings that eksctl parses when it reads the file; 'json' is an object that it passes on unread. */
      readonly kind: 'string' | 'integer' | 'number' | 'boolean' | 'arn' | 'cidr' | 'json';
      readonly name?: string;
    }
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: AnyKind }
  | { readonly kind: 'map'; readonly of: AnyKind; readonly name?: string }
  | { readonly kind: 'list-or-map'; readonly list: AnyKind; readonly map: AnyKind; readonly name: string }
  | StructKind;

/** An object with known properties; the name is the one in eksctl's schema. */
export interface StructKind {
  readonly kind: 'struct';
  readonly name: string;
  readonly properties: Readonly<Record<string, AnyKind>>;
  /** Properties that eksctl requires when it reads the file, with the rule that reports them. */
  readonly required: Readonly<Record<string, string>>;
}

/** The kind of a value of type T. Only the compiler sees T: it compares the tables with the interfaces. */
export type Kind<T> = AnyKind & { readonly phantom?: (value: T) => T };

/** A kind knows the type string, but no literals. */
type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends readonly (infer E)[]
        ? readonly Widened<E>[]
        : T;
type ValueOf<T, K> = T extends T ? (K extends keyof T ? NonNullable<T[K]> : never) : never;
/** The kind of each property; a missing or unknown property or another type doesn't compile. */
export type Properties<T> = { readonly [K in keyof KeyTable<T>]: Kind<Widened<ValueOf<T, K>>> };

export const STRING: Kind<string> = { kind: 'string' };
export const INTEGER: Kind<number> = { kind: 'integer' };
export const NUMBER: Kind<number> = { kind: 'number' };
export const BOOLEAN: Kind<boolean> = { kind: 'boolean' };
export const CIDR: Kind<string> = { kind: 'cidr' };
/** Only for ARNs that eksctl parses when it reads the file; elsewhere it takes any string. */
export const PARSED_ARN: Kind<string> = { kind: 'arn', name: 'ARN' };
export const JSON_OBJECT: Kind<InlineDocument> = { kind: 'json', name: 'InlineDocument' };
export const STRING_LIST: Kind<readonly string[]> = { kind: 'list', of: STRING };
export const STRING_MAP: Kind<Texts> = { kind: 'map', of: STRING };

/** A string that must be one of these. */
export function oneOf(...values: readonly string[]): Kind<string> {
  return { kind: 'one-of', values };
}

/** The same kind under another name in eksctl's schema. */
export function named<T>(name: string, kind: Kind<T>): Kind<T> {
  return { ...kind, name } as Kind<T>;
}

export function list<T>(of: Kind<T>): Kind<readonly T[]> {
  return { kind: 'list', of };
}

export function map<T>(of: Kind<T>): Kind<{ readonly [key: string]: T }> {
  return { kind: 'map', of };
}

/** Either a list or a map. */
export function listOrMap<L, M>(name: string, listKind: Kind<L>, mapKind: Kind<M>): Kind<L | M> {
  return { kind: 'list-or-map', name, list: listKind, map: mapKind };
}

/** An object. */
export function struct<T>(
  name: string,
  properties: Properties<T>,
  required: { readonly [K in keyof KeyTable<T>]?: string } = {},
): Kind<T> & StructKind {
  return { kind: 'struct', name, properties: properties as Readonly<Record<string, AnyKind>>, required } as Kind<T> &
    StructKind;
}
