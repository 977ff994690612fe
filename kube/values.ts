/** A Kubernetes quantity: '250m', '1.5Gi', '20Gi'. Checked by the constructor, printed as written. */
export type Quantity = string;
/** A range of addresses: '10.0.0.0/16' or '2001:db8::/64'. */
export type Cidr = string;
/** A plain JSON value, for the configuration of an add-on. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** The same, to be edited in place: nothing in it is readonly, at any depth. */
export type Mutable<T> = T extends string | number | boolean | bigint | symbol | ((...args: never[]) => unknown)
  ? T
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

type KeyOfUnion<T> = T extends T ? keyof T : never;
type ValueOfUnion<T, K> = T extends T ? (K extends keyof T ? NonNullable<T[K]> : never) : never;
/** What can be checked of the value of a key without knowing what it means; true for nothing. */
export type KeyWord = true | 'boolean' | 'text' | 'texts' | 'list' | 'map' | 'object';
type KeyType<V> = [V] extends [never]
  ? true
  : [V] extends [boolean]
    ? 'boolean'
    : [V] extends [string]
      ? string extends V
        ? 'text'
        : true
      : [V] extends [readonly unknown[]]
        ? [V] extends [readonly string[]]
          ? 'texts'
          : 'list'
        : [V] extends [object]
          ? [keyof V] extends [never]
            ? true // unknown
            : ObjectType<V>
          : true;
type ObjectType<V> = [V] extends [(...args: never[]) => unknown]
  ? true
  : string extends keyof V
    ? 'map'
    : number extends keyof V
      ? 'map'
      : 'object';
/**
 * The keys of a props interface, told once; the compiler refuses a key that is missing here or not there, and asks for the
 * type of flags, strings, lists, maps and objects, so that a value of another type is refused where the keys are.
 */
export type KeyTable<T> = { readonly [K in KeyOfUnion<T>]-?: KeyType<ValueOfUnion<T, K>> };
