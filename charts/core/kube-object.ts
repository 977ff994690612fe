import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AnyObject, ObjectMeta } from '../../imports/kubernetes';
import { beginsWithHead, canonical, inCanonicalForm } from '../../kube/canonical';
import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import { isClusterScoped } from '../../kube/kinds';
import { FieldError, firstUnfit, requirePlain } from '../../kube/plain-data';
import { Check } from './check';
import { compact } from './compact';
import { PatternError } from './errors';
import { fillEmpty } from './fill';
import { requirePlainPatches } from './json-patches';
import type { AnyManifest, ManifestOf, PartsOf } from './manifest-of';
import { checkedHead } from './object-head';
import { currentSynthesis, type SynthesisMark } from './render-cache';
import type { Edit } from './values';

/** Private members of cdk8s' ApiObject and its metadata. */
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

/** The object whose manifest is rendered for readers, who do not change it. */
let forReading: object | undefined;

type Named = ObjectMeta & { name: string };
/** Renders an object, by metadata that is made for it then. */
export type Render<T> = (metadata: Named) => T;
/** Makes the metadata of an object when it is rendered; a fresh copy. */
export type MetadataOf = (object: Pick<ApiObject, 'apiVersion' | 'kind' | 'name'>) => Named;
/** Of objects that render their metadata themselves. */
const NO_METADATA: Named = { name: '' };
const NO_EDITS: readonly Edit<never>[] = [];

const MARK = Symbol.for('cdk8s-eks-patterns.KubeObject');

/**
 * An `ApiObject` with a plain, typed manifest: no field is dropped, and JSON patches work for every field. A kind of
 * Kubernetes itself has its type by `apiVersion` and `kind`, so that the compiler refuses unknown kinds and fields; give the
 * type of another kind yourself: `new KubeObject<MyKind>(...)`.
 */
export class KubeObject<T extends AnyManifest> extends ApiObject {
  /** cdk8s implements `instanceof` of ApiObject with a mark that every ApiObject has. */
  static override [Symbol.hasInstance](value: unknown): value is KubeObject<AnyObject> {
    return typeof value === 'object' && value !== null && MARK in value;
  }

  /** @internal */
  get [MARK](): true {
    return true;
  }
  private readonly render: Render<T>;
  private readonly metadataOf: MetadataOf | undefined;
  /** For the compiler alone. */
  declare protected readonly parts?: PartsOf<T>;
  private edits: readonly Edit<never>[] = NO_EDITS;
  /** @internal Whether a pattern made it. */
  readonly isOfPattern: boolean;
  private readonly initialLabels: number;
  /** Of the last synthesis, kept here since a map with every object for a key takes more, as does an object of both. */
  private shared: T | undefined;
  private sharedIn: SynthesisMark | undefined;
  /** @internal The name in the `customize` of its pattern: 'deployment'. */
  customizedAs: string | undefined;

  /**
   * Any Kubernetes object, as a manifest. The manifest is copied: later changes of the argument have no effect.
   * Cluster-scoped kinds get neither the namespace nor the labels of the chart.
   */
  constructor(scope: Construct, id: string, manifest: ManifestOf<T>);
  /** @internal An object of a pattern: its head, and the pure function that renders it on demand. */
  constructor(scope: Construct, id: string, manifest: T, render: Render<T> | undefined, metadataOf?: MetadataOf);
  constructor(scope: Construct, id: string, manifest: T, render?: Render<T>, metadataOf?: MetadataOf) {
    // a pattern that makes the metadata later has checked its name, and has no more in the head
    const { apiVersion, kind, metadata } = metadataOf ? manifest : checkedHead(scope, id, manifest);
    const { name, namespace } = metadata;
    super(scope, id, metadataOf ? manifest : { apiVersion, kind, metadata: { name, namespace } });
    this.isOfPattern = render !== undefined;
    this.metadataOf = metadataOf;
    if (render) {
      this.render = render;
    } else {
      const copy = this.named(() => copyPlain(manifest));
      this.render = () => copyPlain(copy);
    }
    this.initialLabels = count((this as unknown as Internals).metadata.labels);
    compact(this);
  }

  /** Adds an edit of the manifest. Edits run in order, after the `customize` prop of the pattern and before JSON patches. */
  customize(edit: Edit<ManifestOf<T>>): this {
    if (typeof edit !== 'function') {
      throw Check.of(this).error(
        'type',
        '',
        `customize takes a function, but the argument is ${describe(edit)}`,
        'write customize((object) => { object.spec... = ...; })',
      );
    }
    this.edits = [...this.edits, edit];
    return this;
  }

  /** The manifest; every call returns a new copy. */
  override toJson(): ManifestOf<T> {
    try {
      return this.named(() => this.renderOnce() as AnyObject as ManifestOf<T>);
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

  /** @internal The manifest that all readers of one synthesis share; must not be changed. */
  manifest(): T {
    if (this.shared !== undefined && this.sharedIn?.isCurrent) {
      return this.shared;
    }
    const synthesis = currentSynthesis(this);
    if (synthesis === undefined) {
      return this.toJson() as AnyObject as T;
    }
    const outer = forReading;
    forReading = this;
    try {
      this.shared = this.toJson() as AnyObject as T;
      this.sharedIn = synthesis;
    } finally {
      forReading = outer;
    }
    return this.shared;
  }

  /** @internal Whether a pattern made it and nobody edited it. */
  get isAsMade(): boolean {
    const { patches } = this as unknown as Internals;
    return this.isOfPattern && this.edits.length === 0 && patches.length === 0 && this.isUntouched;
  }

  /** @internal Whether `toJson` changes what has been rendered. */
  protected get completes(): boolean {
    return false;
  }

  private renderOnce(): T {
    const { patches } = this as unknown as Internals;
    const isEdited = this.edits.length > 0;
    const rendered = this.render(this.metadataOf?.(this) ?? NO_METADATA);
    const isShared = forReading === this && !this.completes && !isEdited && patches.length === 0;
    // parts of what a pattern renders are the same objects each time
    const manifest = isEdited && this.isOfPattern ? copyPlain(rendered) : rendered;
    this.addChartMetadata(manifest.metadata);
    const removeEmpty = this.isOfPattern && isEdited ? fillEmpty(manifest) : undefined;
    for (const edit of this.edits) {
      const returned: unknown = Check.of(this).run('', `an edit of ${this.kind} '${this.name}'`, () =>
        edit(manifest as never),
      );
      if (returned !== undefined && returned !== manifest) {
        throw Check.of(this).error(
          'invalid',
          '',
          `an edit of ${this.kind} '${this.name}' must return nothing, but returns another object, which would be lost`,
          'change the object that the edit receives, in place',
        );
      }
    }
    removeEmpty?.();
    const plain = (isShared ? inCanonicalForm(manifest) : canonical(manifest)) ?? this.resolved(manifest);
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

  /** Whether the user has added nothing through `metadata`. */
  private get isUntouched(): boolean {
    const own = (this as unknown as Internals).metadata;
    return (
      count(own.labels) === this.initialLabels &&
      count(own.annotations) === 0 &&
      (own.finalizers ?? []).length === 0 &&
      (own.ownerReferences ?? []).length === 0 &&
      hasNoOther(own._additionalAttributes)
    );
  }

  /** Adds the namespace and labels of the chart, and what the user has added through `metadata`. */
  private addChartMetadata(metadata: ObjectMeta): void {
    if (metadata.namespace === undefined) {
      const { namespace } = this.metadata;
      if (namespace !== undefined && !isClusterScoped(this.apiVersion, this.kind)) {
        metadata.namespace = namespace;
      }
    }
    if (this.initialLabels === 0 && this.isUntouched) {
      return;
    }
    const namespaced = !isClusterScoped(this.apiVersion, this.kind);
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
   * The manifest after cdk8s has resolved Lazy values and run the resolvers of the app. A result that is not plain data
   * is an error. If cdk8s itself throws, the manifest is searched for the cause, to report the path of the field.
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

/** How many keys an object has; without a list of them, since it is asked of every object. */
function count(object: object | undefined): number {
  let found = 0;
  for (const _ in object) {
    found++;
  }
  return found;
}

/** Whether there are no attributes but those that the constructor gives to the metadata of each object. */
function hasNoOther(attributes: object): boolean {
  for (const name in attributes) {
    if (name !== 'name' && name !== 'namespace' && name !== 'labels') {
      return false;
    }
  }
  return true;
}

/** The value of a Lazy or an implicit token of cdk8s; other values unchanged. */
function produced(value: unknown): unknown {
  if (value instanceof Lazy) {
    return value.produce();
  }
  const isToken = typeof value === 'object' && value !== null && 'resolve' in value;
  return isToken && typeof value.resolve === 'function' ? value.resolve() : value;
}

/** apiVersion, kind and metadata first, as cdk8s orders them. */
function ordered<T extends AnyObject>(manifest: T): T {
  if (beginsWithHead(manifest)) {
    return manifest;
  }
  const { apiVersion, kind, metadata, ...rest } = manifest;
  return { apiVersion, kind, metadata, ...rest } as T;
}
