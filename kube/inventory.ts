import type { PodSpec } from '../imports/kubernetes';
import { addTo, entryOf } from './collections';
import { type FilePlace, type Finding, type ObjectReference, titleOf } from './finding';
import { groupKindOf } from './kinds';
import { type Manifest, namespaceIn } from './objects';
import { byGroupKind, type IsAsked, inOrder, kindsOf, type OfKind } from './objects-of-kind';
import { hasPodTemplate, podTemplates } from './pod-templates';
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
  /** @internal Whether the values of all of these fit their operators. @default - not known */
  readonly expressionsFit?: boolean;
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
  private namespaces: ReadonlyMap<string, readonly InventoryObject[]> | undefined;
  /** The namespace that was asked for first, and its objects. */
  private first: string | undefined;
  private ofFirst: readonly InventoryObject[] | undefined;
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
    return this.view(byGroup).get(`${group}/${kind}`) ?? NONE;
  }

  /** The objects of a namespace; '' holds the cluster-scoped ones. */
  inNamespace(namespace: string): readonly InventoryObject[] {
    // of most sets a rule asks for one namespace, which takes no lists of all of them
    if (this.namespaces === undefined && (this.first ?? namespace) === namespace) {
      this.first = namespace;
      this.ofFirst ??= this.objects.filter((object) => object.namespace === namespace);
      return this.ofFirst;
    }
    this.namespaces ??= byNamespace(this.objects);
    return this.namespaces.get(namespace) ?? NONE;
  }

  /** What several rules read of the objects, made once by `make`, which stands for it. */
  view<T>(make: (inventory: Inventory) => T): T {
    const known = this.views.get(make);
    if (known !== undefined || this.views.has(make)) {
      return known as T;
    }
    const view = make(this);
    this.views.set(make, view);
    return view;
  }

  /** Pods, and the templates that they are made of. */
  get pods(): readonly PodObject[] {
    this.podObjects ??= podObjects(ofKindsInOrder(this, hasPodTemplate));
    return this.podObjects;
  }

  /** Objects of the same group, kind, namespace and name: the first, and each that replaces it. */
  get duplicates(): readonly (readonly [InventoryObject, InventoryObject])[] {
    // the question that is nearly always enough; it makes no text of each object
    this.twice ??= this.view(namesByKind).hasTwice ? duplicatesIn(this.objects) : [];
    return this.twice;
  }
}

/** The objects of one kind and API version. */
export type ObjectsOfKind = OfKind<InventoryObject>;

/** The kinds of a set: what a rule asks of a kind it asks once, not of each object. */
export function kindsIn(inventory: Inventory): readonly ObjectsOfKind[] {
  return inventory.view(kinds);
}

/** Names of objects, by namespace. */
export type Names = ReadonlyMap<string, ReadonlySet<string>>;

/** The names of all objects of a kind, for each API group that has some. */
export function namesOfKind(inventory: Inventory, kind: string): readonly Names[] {
  const found: Names[] = [];
  for (const [key, names] of inventory.view(namesByKind).byKind) {
    if (key.slice(key.indexOf('/') + 1) === kind) {
      found.push(names);
    }
  }
  return found;
}

/** The objects of all kinds that are asked for, in the order of the set. */
export function ofKindsInOrder(inventory: Inventory, isAsked: IsAsked): readonly InventoryObject[] {
  return inOrder(inventory.objects, kindsIn(inventory), isAsked);
}

const kinds = ({ objects }: Inventory): readonly ObjectsOfKind[] => kindsOf(objects);
const byGroup = (inventory: Inventory) => byGroupKind(inventory.objects, kindsIn(inventory));

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

const NONE: readonly InventoryObject[] = [];
const NO_TEXTS: Readonly<Record<string, string>> = {};

function podObjects(objects: readonly InventoryObject[]): PodObject[] {
  const found: PodObject[] = [];
  for (const { manifest, origin, namespace, size, conforms, hasExpressions } of objects) {
    for (const { template, at, workload, of, times } of podTemplates(manifest)) {
      const { metadata, spec } = template;
      if (spec) {
        // written out: with a spread the engine adds the other fields one by one
        found.push({
          manifest,
          origin,
          namespace,
          size,
          conforms,
          hasExpressions,
          at,
          workload,
          of,
          times,
          labels: metadata?.labels ?? NO_TEXTS,
          annotations: metadata?.annotations ?? NO_TEXTS,
          spec,
          serviceAccount: spec.serviceAccountName ?? 'default',
        });
      }
    }
  }
  return found;
}

function byNamespace(objects: readonly InventoryObject[]): ReadonlyMap<string, readonly InventoryObject[]> {
  const found = new Map<string, InventoryObject[]>();
  for (const object of objects) {
    addTo(found, object.namespace, object);
  }
  return found;
}

/** The names of all objects by 'group/kind', and whether a name is there twice. */
function namesByKind(inventory: Inventory): {
  readonly byKind: ReadonlyMap<string, Names>;
  readonly hasTwice: boolean;
} {
  const byKind = new Map<string, Names>();
  let hasTwice = false;
  for (const [kind, objects] of inventory.view(byGroup)) {
    const seen = new Map<string, Set<string>>();
    let last: string | undefined;
    let names = NO_NAMES;
    for (const { namespace, manifest } of objects) {
      // objects of one namespace nearly always stand together
      if (namespace !== last) {
        last = namespace;
        names = entryOf(seen, namespace, newSet);
      }
      // a name that is no text is compared as one
      names.add(`${manifest.metadata.name}`);
    }
    byKind.set(kind, seen);
    let distinct = 0;
    for (const { size } of seen.values()) {
      distinct += size;
    }
    hasTwice ||= distinct < objects.length;
  }
  return { byKind, hasTwice };
}

const newSet = () => new Set<string>();
const NO_NAMES = newSet();

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
