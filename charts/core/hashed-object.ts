import type { Construct } from 'constructs';
import type { AnyObject } from '../../imports/kubernetes';
import { KubeObject, type MetadataOf, type Render } from './kube-object';
import type { ManifestOf } from './manifest-of';

/** cdk8s reads the name from the metadata while the manifest renders, before the hash is known. */
const HASHED_NAME: PropertyDescriptor & ThisType<HashedObject<AnyObject>> = {
  get() {
    return this.currentName;
  },
  enumerable: true,
};

/** Likewise, for who reads the metadata of the object. */
const NAME_OF_OBJECT: PropertyDescriptor & ThisType<{ readonly apiObject: { readonly name: string } }> = {
  get() {
    return this.apiObject.name;
  },
  enumerable: true,
};

/** How objects of a kind are named. */
export interface Naming<T extends AnyObject> {
  /** A hash of the content. */
  readonly hash: (manifest: T) => string;
  /** Writes the name elsewhere in the manifest, where it is no part of the hash. */
  readonly afterNaming?: (manifest: T, before: string) => void;
}

/** A KubeObject with a hash of its content at the end of its name, for objects that are immutable. */
export class HashedObject<T extends AnyObject> extends KubeObject<T> {
  // fields of which only the compiler is told, so that they are added after the object has become a hash table
  declare private readonly naming: Naming<T>;
  /** The name before the hash. */
  declare private readonly stem: string;
  declare private rendering: boolean;

  /** @internal */
  constructor(scope: Construct, id: string, head: T, render: Render<T>, naming: Naming<T>, metadataOf?: MetadataOf) {
    super(scope, id, head, render, metadataOf);
    // makes it a hash table, of twice the size for more than 19 fields
    Object.defineProperty(this, 'name', HASHED_NAME);
    Object.defineProperty(this.metadata, 'name', NAME_OF_OBJECT);
    this.naming = naming;
    this.stem = head.metadata.name;
    this.rendering = false;
  }

  protected override get completes(): boolean {
    return this.naming.afterNaming !== undefined;
  }

  /** @internal */
  get currentName(): string {
    return this.rendering ? this.stem : this.manifest().metadata.name;
  }

  override toJson(): ManifestOf<T> {
    this.rendering = true;
    let manifest: T;
    try {
      manifest = super.toJson() as AnyObject as T;
    } finally {
      this.rendering = false;
    }
    const before = manifest.metadata.name;
    const name = `${before}-${this.naming.hash(manifest)}`;
    // what is rendered for readers is not changed
    const named: T = { ...manifest, metadata: { ...manifest.metadata, name } };
    this.naming.afterNaming?.(named, before);
    return named as AnyObject as ManifestOf<T>;
  }
}
