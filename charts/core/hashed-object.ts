import type { JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AnyObject } from '../../imports/kubernetes';
import { KubeObject, type MetadataOf, type Render } from './kube-object';
import type { ManifestOf } from './manifest-of';
import type { Edit } from './values';

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

/** The head of an object whose hash is known. */
function headNamed<T extends AnyObject>({ apiVersion, kind, metadata }: T, hash: string): T {
  const { name, namespace } = metadata;
  return { apiVersion, kind, metadata: { name: `${name}-${hash}`, namespace } } as AnyObject as T;
}

/**
 * A KubeObject with a hash of its content at the end of its name, for objects that are immutable. Its name follows its content,
 * unless that is known when it is made: as long as nobody edits it, it is an object like any other.
 */
export class HashedObject<T extends AnyObject> extends KubeObject<T> {
  // fields of which only the compiler is told, so that they are added after the object has become a hash table
  declare private readonly naming: Naming<T>;
  /** The name before the hash. */
  declare private readonly stem: string;
  declare private rendering: boolean;
  declare private isKnown: boolean;

  /** @internal @param hash of the content that it has until it is edited; only for a naming without `afterNaming` */
  constructor(
    scope: Construct,
    id: string,
    head: T,
    render: Render<T>,
    naming: Naming<T>,
    metadataOf?: MetadataOf,
    hash?: string,
  ) {
    super(scope, id, hash === undefined ? head : headNamed(head, hash), render, metadataOf);
    if (hash === undefined) {
      this.followContent();
    }
    this.naming = naming;
    this.stem = head.metadata.name;
    this.rendering = false;
    this.isKnown = hash !== undefined;
  }

  /** Makes it a hash table, of twice the size for more than 19 fields. */
  private followContent(): void {
    Object.defineProperty(this, 'name', HASHED_NAME);
    Object.defineProperty(this.metadata, 'name', NAME_OF_OBJECT);
  }

  /** The content may change from now on. */
  private becomeUnknown(): void {
    if (this.isKnown) {
      this.isKnown = false;
      this.followContent();
    }
  }

  override customize(edit: Edit<ManifestOf<T>>): this {
    this.becomeUnknown();
    return super.customize(edit);
  }

  override addJsonPatch(...ops: JsonPatch[]): void {
    this.becomeUnknown();
    super.addJsonPatch(...ops);
  }

  protected override get completes(): boolean {
    return this.naming.afterNaming !== undefined;
  }

  /** @internal */
  get currentName(): string {
    return this.rendering ? this.stem : this.manifest().metadata.name;
  }

  override toJson(): ManifestOf<T> {
    if (this.isKnown) {
      return super.toJson();
    }
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
