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
/** The keys of a props interface, told once; the compiler refuses a key that is missing here or not there. */
export type KeyTable<T> = { readonly [K in KeyOfUnion<T>]-?: true };
