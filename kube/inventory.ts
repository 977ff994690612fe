import type { PodSpec } from '../imports/kubernetes';
import { addTo } from './collections';
import { type FilePlace, type Finding, type ObjectReference, titleOf } from './finding';
import { groupKindOf } from './kinds';
import { type Manifest, namespaceIn } from './objects';
import { podTemplates } from './pod-templates';
import type { PlacedTemplate } from './workload-kind';

/** Where an object comes from. */
export interface Origin {
  /** The path of its construct. */
  readonly construct?: string;
  readonly file?: FilePlace;
}

/** An object that is applied. */
export interface InventoryObject {
  readonly manifest: Manifest;
  readonly origin: Origin;
  /** Empty for cluster-scoped kinds. */
  readonly namespace: string;
  /** About what it takes as JSON, in characters. @default - not measured */
  readonly size?: number;
  /** Whether it is of the form of its kind, where that is known. @default - not known */
  readonly conforms?: boolean;
  /** Whether it holds requirements of selectors anywhere. @default - not known */
  readonly hasExpressions?: boolean;
}

/** A pod template of an object, or a pod. */
export interface PodObject extends InventoryObject, Omit<PlacedTemplate, 'template'> {
  /** Of the pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  readonly serviceAccount: string;
}

/** All objects of an app or of a set of files, indexed on demand. Never changed. */
export class Inventory {
  private kinds: ReadonlyMap<string, readonly InventoryObject[]> | undefined;
  private namespaces: ReadonlyMap<string, readonly InventoryObject[]> | undefined;
  private podObjects: readonly PodObject[] | undefined;
  private twice: readonly (readonly [InventoryObject, InventoryObject])[] | undefined;
  private readonly views = new Map<(inventory: Inventory) => unknown, unknown>();

  /** Whether nothing is missing: an object that could not be read or rendered is missed by all that refer to it. */
  readonly complete: boolean;
  /** About documents that are not objects. */
  readonly findings: readonly Finding[];

  constructor(
    readonly objects: readonly InventoryObject[],
    { complete = true, findings = [] }: { readonly complete?: boolean; readonly findings?: readonly Finding[] } = {},
  ) {
    this.complete = complete;
    this.findings = findings;
  }

  /** The objects of a kind, in any version of its API group; '' is the core group. */
  ofKind(kind: string, group: string): readonly InventoryObject[] {
    this.kinds ??= index(this.objects, ({ manifest }) => groupKindOf(manifest));
    return this.kinds.get(`${group}/${kind}`) ?? [];
  }

  /** The objects of a namespace; '' holds the cluster-scoped ones. */
  inNamespace(namespace: string): readonly InventoryObject[] {
    this.namespaces ??= index(this.objects, (object) => object.namespace);
    return this.namespaces.get(namespace) ?? [];
  }

  /** What several rules read of the objects, made once by `make`, which stands for it. */
  view<T>(make: (inventory: Inventory) => T): T {
    if (!this.views.has(make)) {
      this.views.set(make, make(this));
    }
    return this.views.get(make) as T;
  }

  /** Pods, and the templates that they are made of. */
  get pods(): readonly PodObject[] {
    this.podObjects ??= this.objects.flatMap(podObjects);
    return this.podObjects;
  }

  /** Objects of the same group, kind, namespace and name: the first, and each that replaces it. */
  get duplicates(): readonly (readonly [InventoryObject, InventoryObject])[] {
    this.twice ??= duplicatesIn(this.objects);
    return this.twice;
  }
}

/** What a finding says of an object. */
export function referenceTo({ manifest }: Pick<InventoryObject, 'manifest'>): ObjectReference {
  const { apiVersion, kind, metadata } = manifest;
  const { namespace, name } = metadata;
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name };
}

/** "Deployment 'shop/web'", for messages. */
export function title({ manifest }: Pick<InventoryObject, 'manifest'>): string {
  return titleOf(referenceTo({ manifest }));
}

export function inventoryObject(manifest: Manifest, origin: Origin): InventoryObject {
  return { manifest, origin, namespace: namespaceIn(manifest) };
}

/** What stands for an object, in any version of its API group. */
export function identityOf({ manifest, namespace }: Pick<InventoryObject, 'manifest' | 'namespace'>): string {
  return `${groupKindOf(manifest)}/${namespace}/${manifest.metadata.name}`;
}

function podObjects(object: InventoryObject): PodObject[] {
  return podTemplates(object.manifest).flatMap(({ template: { metadata, spec }, ...placed }) =>
    spec
      ? [
          {
            ...object,
            ...placed,
            labels: metadata?.labels ?? {},
            annotations: metadata?.annotations ?? {},
            spec,
            serviceAccount: spec.serviceAccountName ?? 'default',
          },
        ]
      : [],
  );
}

function index(
  objects: readonly InventoryObject[],
  keyOf: (object: InventoryObject) => string,
): ReadonlyMap<string, readonly InventoryObject[]> {
  const found = new Map<string, InventoryObject[]>();
  for (const object of objects) {
    addTo(found, keyOf(object), object);
  }
  return found;
}

function duplicatesIn(objects: readonly InventoryObject[]): (readonly [InventoryObject, InventoryObject])[] {
  const seen = new Map<string, InventoryObject>();
  const found: (readonly [InventoryObject, InventoryObject])[] = [];
  for (const object of objects) {
    const key = identityOf(object);
    const first = seen.get(key);
    if (first) {
      found.push([first, object]);
    } else {
      seen.set(key, object);
    }
  }
  return found;
}
