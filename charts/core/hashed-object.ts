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

/** A KubeObject with a hash of its content at the end of its name, for objects that are immutable. */
export class HashedObject<T extends AnyObject> extends KubeObject<T> {
  /**
   * @internal
   * @param afterNaming writes the name elsewhere in the manifest, where it is no part of the hash
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly head: T,
    render: Render<T>,
    private readonly hash: (manifest: T) => string,
    metadataOf?: MetadataOf,
    private readonly afterNaming?: (manifest: T, before: string) => void,
  ) {
    super(scope, id, head, render, metadataOf);
    Object.defineProperty(this, 'name', HASHED_NAME);
    Object.defineProperty(this.metadata, 'name', { get: () => this.name, enumerable: true });
  }

  private rendering = false;

  protected override get completes(): boolean {
    return this.afterNaming !== undefined;
  }

  /** @internal */
  get currentName(): string {
    return this.rendering ? this.head.metadata.name : this.manifest().metadata.name;
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
    const name = `${before}-${this.hash(manifest)}`;
    // what is rendered for readers is not changed
    const named: T = { ...manifest, metadata: { ...manifest.metadata, name } };
    this.afterNaming?.(named, before);
    return named as AnyObject as ManifestOf<T>;
  }
}
