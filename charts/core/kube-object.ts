import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AnyObject, ObjectMeta } from '../../imports/kubernetes';
import { canonical } from '../../kube/canonical';
import { copyPlain } from '../../kube/copy';
import { isClusterScoped } from '../../kube/kinds';
import { FieldError, firstUnfit, requirePlain } from '../../kube/plain-data';
import { Check } from './check';
import { PatternError } from './errors';
import { requirePlainPatches } from './json-patches';
import { cached } from './render-cache';
import type { Edit } from './values';

/** What cdk8s keeps to itself on an ApiObject and its metadata. */
interface Internals {
  readonly patches: readonly JsonPatch[];
  readonly metadata: {
    readonly labels: object;
    readonly annotations: object;
    readonly finalizers: unknown[];
    readonly ownerReferences: unknown[];
    readonly _additionalAttributes: object;
  };
}

const MARK = Symbol.for('cdk8s-eks-patterns.KubeObject');

/** An `ApiObject` whose manifest is plain and typed: nothing is dropped, json patches work for every field. */
export class KubeObject<T extends AnyObject> extends ApiObject {
  /** cdk8s defines `instanceof` of an ApiObject by a mark, which every ApiObject would pass here. */
  static override [Symbol.hasInstance](value: unknown): value is KubeObject<AnyObject> {
    return typeof value === 'object' && value !== null && MARK in value;
  }

  /** @internal */
  readonly [MARK] = true;
  private readonly render: () => T;
  private readonly edits: Edit<T>[] = [];
  private readonly initialLabels: number;
  private readonly initialAttributes: number;

  /**
   * Any object of your own, as a manifest in Kubernetes spelling. It is copied, so later changes of the argument do not
   * reach the object. Cluster-scoped kinds take neither the chart's namespace nor its labels.
   */
  constructor(scope: Construct, id: string, manifest: T);
  /** @internal A pattern's object: its head, and the pure function that renders it when it is needed. */
  constructor(scope: Construct, id: string, manifest: T, render: (() => T) | undefined);
  constructor(scope: Construct, id: string, manifest: T, render?: () => T) {
    const { apiVersion, kind, metadata } = manifest;
    super(scope, id, { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace } });
    if (render) {
      this.render = render;
    } else {
      const copy = this.named(() => copyPlain(manifest));
      this.render = () => copyPlain(copy);
    }
    const meta = (this as unknown as Internals).metadata;
    this.initialLabels = Object.keys(meta.labels ?? {}).length;
    this.initialAttributes = Object.keys(meta._additionalAttributes ?? {}).length;
  }

  /** Adds an edit; edits run in order, after the pattern's own `customize` and before json patches. */
  customize(edit: Edit<T>): this {
    if (typeof edit !== 'function') {
      throw Check.of(this).error(
        'the edit is not a function',
        'write customize((object) => { object.spec... = ...; })',
      );
    }
    this.edits.push(edit);
    return this;
  }

  /** A fresh copy of the manifest at every call. */
  override toJson(): T {
    try {
      return this.named(() => this.renderOnce());
    } catch (e) {
      if (e instanceof PatternError) {
        throw e;
      }
      throw new Error(
        `${this.node.path}: rendering ${this.kind} '${this.name}' failed: ${e instanceof Error ? e.message : String(e)}`,
        { cause: e },
      );
    }
  }

  /** @internal The manifest as all readers of one synthesis share it; not to be changed. */
  manifest(): T {
    return cached(this, this, () => this.toJson());
  }

  private renderOnce(): T {
    const manifest = this.render();
    this.addChartMetadata(manifest.metadata);
    for (const edit of this.edits) {
      const returned: unknown = edit(manifest);
      if (returned !== undefined && returned !== manifest) {
        throw Check.of(this).error(
          `an edit of ${this.kind} '${this.name}' returns another object, which would be lost`,
          'change the object that the edit is given, in place',
        );
      }
    }
    const { patches } = this as unknown as Internals;
    const plain = canonical(manifest) ?? this.resolved(manifest);
    if (patches.length === 0) {
      return ordered(plain);
    }
    requirePlainPatches(patches);
    return ordered(JsonPatch.apply(plain, ...patches) as T);
  }

  /** An error about a field names the construct too. */
  private named<R>(run: () => R): R {
    try {
      return run();
    } catch (e) {
      throw e instanceof FieldError ? Check.of(this).error('invalid', e.field, e.problem, e.fix) : e;
    }
  }

  /** Namespace and labels of the chart, and whatever the user has added through `metadata`. */
  private addChartMetadata(metadata: ObjectMeta): void {
    const own = (this as unknown as Internals).metadata;
    const untouched =
      Object.keys(own.labels ?? {}).length === this.initialLabels &&
      Object.keys(own.annotations ?? {}).length === 0 &&
      (own.finalizers ?? []).length === 0 &&
      (own.ownerReferences ?? []).length === 0 &&
      Object.keys(own._additionalAttributes ?? {}).length === this.initialAttributes;
    const namespaced = !isClusterScoped(this.apiVersion, this.kind);
    if (namespaced && metadata.namespace === undefined && this.metadata.namespace !== undefined) {
      metadata.namespace = this.metadata.namespace;
    }
    if (untouched && this.initialLabels === 0) {
      return;
    }
    const { name: _name, namespace: _namespace, labels = {}, annotations, ...rest } = this.metadata.toJson() ?? {};
    const chartLabels: Record<string, string> = this.chart.labels;
    const added = Object.fromEntries(
      Object.entries(labels as Record<string, string>).filter(([k, v]) => chartLabels[k] !== v),
    );
    const merged = { ...(namespaced ? chartLabels : {}), ...metadata.labels, ...added };
    if (Object.keys(merged).length > 0) {
      metadata.labels = merged;
    }
    if (annotations) {
      metadata.annotations = { ...metadata.annotations, ...annotations };
    }
    Object.assign(metadata, rest);
  }

  /**
   * The manifest with Lazy values and the app's resolvers applied, by cdk8s' own code. Whatever is then not plain is
   * refused; where cdk8s fails, the reason is looked for in the manifest, which gives the path of the field.
   */
  private resolved(manifest: T): T {
    let result: T;
    try {
      result = this.resolvedByCdk8s(manifest);
    } catch (e) {
      throw firstUnfit(manifest, produced) ?? e;
    }
    requirePlain(result);
    return result;
  }

  private resolvedByCdk8s(manifest: T): T {
    const shadow = Object.create(this, {
      props: { value: manifest },
      metadata: { value: { toJson: () => manifest.metadata } },
      patches: { value: [] },
    }) as ApiObject;
    return ApiObject.prototype.toJson.call(shadow) as T;
  }
}

/** A KubeObject whose name ends in a hash of its content, since what it names cannot be changed in place. */
export class HashedObject<T extends AnyObject> extends KubeObject<T> {
  /** @internal */
  constructor(scope: Construct, id: string, head: T, render: () => T, hash: (manifest: T) => string) {
    super(scope, id, head, render);
    // cdk8s reads the name from the metadata while the manifest is being made, of which the hash is not known yet
    const name = {
      get: () => (this.rendering ? head.metadata.name : this.manifest().metadata.name),
      enumerable: true,
    };
    Object.defineProperty(this, 'name', name);
    Object.defineProperty(this.metadata, 'name', name);
    this.hash = hash;
  }

  private readonly hash: (manifest: T) => string;
  private rendering = false;

  override toJson(): T {
    this.rendering = true;
    let manifest: T;
    try {
      manifest = super.toJson();
    } finally {
      this.rendering = false;
    }
    manifest.metadata.name = `${manifest.metadata.name}-${this.hash(manifest)}`;
    return manifest;
  }
}

/** What a Lazy or an implicit token of cdk8s stands for, and everything else as it is. */
function produced(value: unknown): unknown {
  if (value instanceof Lazy) {
    return value.produce();
  }
  const isToken = typeof value === 'object' && value !== null && 'resolve' in value;
  return isToken && typeof value.resolve === 'function' ? value.resolve() : value;
}

/** apiVersion, kind and metadata first, as cdk8s orders them. */
function ordered<T extends AnyObject>(manifest: T): T {
  const { apiVersion, kind, metadata, ...rest } = manifest;
  return { apiVersion, kind, metadata, ...rest } as T;
}
