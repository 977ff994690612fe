import type { AnyObject, BuiltInKinds, NamedMeta, ObjectMeta } from '../../imports/kubernetes';

type BuiltInVersion = keyof BuiltInKinds;
/** Objects of built-in versions that are not kept: lists, reviews and other requests. */
type NotKept = 'Binding' | 'Eviction' | 'TokenRequest' | `${string}List` | `${string}Review`;

/** Any manifest. The known names are for inference, which keeps a literal only where one is expected. */
export interface AnyManifest {
  apiVersion: BuiltInVersion | (string & {});
  kind: 'ConfigMap' | (string & {});
  metadata: NamedMeta;
}

/**
 * The type of a manifest by its literal apiVersion and kind: a type of Kubernetes for its own kinds, and its union for a kind
 * that its version does not have; otherwise, and for a type with all fields of metadata, which was named, as it was given.
 */
export type ManifestOf<T extends AnyManifest> = T extends {
  apiVersion: infer V extends BuiltInVersion;
  kind: infer K extends string;
}
  ? keyof ObjectMeta extends keyof T['metadata']
    ? T
    : K extends keyof BuiltInKinds[V]
      ? BuiltInKinds[V][K]
      : K extends NotKept
        ? T
        : BuiltInKinds[V][keyof BuiltInKinds[V]]
  : T;

/** The parts of T, so that the compiler compares two objects by their types' parts. */
export type PartsOf<T extends AnyObject> = { readonly [K in keyof T]-?: T[K] };
