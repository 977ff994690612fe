import type { Construct } from 'constructs';
import type { AnyObject } from '../../imports/kubernetes';
import { KubeObject } from './kube-object';
import type { ManifestOf } from './manifest-of';

/** A KubeObject with a hash of its content at the end of its name, for objects that are immutable. */
export class HashedObject<T extends AnyObject> extends KubeObject<T> {
  /** @internal */
  constructor(
    scope: Construct,
    id: string,
    head: T,
    render: () => T,
    hash: (manifest: T) => string,
    named?: (manifest: T, before: string) => void,
  ) {
    super(scope, id, head, render);
    // cdk8s reads the name from the metadata while the manifest renders, before the hash is known
    const name = {
      get: () => (this.rendering ? head.metadata.name : this.manifest().metadata.name),
      enumerable: true,
    };
    Object.defineProperty(this, 'name', name);
    Object.defineProperty(this.metadata, 'name', name);
    this.hash = hash;
    this.afterNaming = named;
  }

  private readonly hash: (manifest: T) => string;
  /** Writes the name elsewhere in the manifest, where it is no part of the hash. */
  private readonly afterNaming: ((manifest: T, before: string) => void) | undefined;
  private rendering = false;

  protected override get completes(): boolean {
    return true;
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
    manifest.metadata.name = `${before}-${this.hash(manifest)}`;
    this.afterNaming?.(manifest, before);
    return manifest as AnyObject as ManifestOf<T>;
  }
}
