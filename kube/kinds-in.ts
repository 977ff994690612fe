import { entryOf } from './collections';
import type { Inventory, InventoryObject } from './inventory';
import { groupOf } from './kinds';

/** The objects of one kind and API version. */
export interface ObjectsOfKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly objects: readonly InventoryObject[];
}

/** Whether a rule is about a kind. */
export type IsAsked = (kind: Pick<ObjectsOfKind, 'apiVersion' | 'kind'>) => boolean;

/** The kinds of a set: what a rule asks of a kind it asks once, not of each object. */
export function kindsIn(inventory: Inventory): readonly ObjectsOfKind[] {
  return inventory.view(kinds);
}

/** The objects of all kinds that are asked for, in the order of the set. */
export function ofKindsInOrder(inventory: Inventory, isAsked: IsAsked): readonly InventoryObject[] {
  const lists = kindsIn(inventory).filter(isAsked);
  return lists.length > 1 ? inventory.objects.filter(({ manifest }) => isAsked(manifest)) : (lists[0]?.objects ?? NONE);
}

/** The objects by 'group/kind', those of all versions in the order of the set. */
export function byGroupKind(inventory: Inventory): ReadonlyMap<string, readonly InventoryObject[]> {
  const found = new Map<string, readonly InventoryObject[]>();
  for (const { apiVersion, kind, objects } of kindsIn(inventory)) {
    const group = groupOf(apiVersion);
    const key = `${group}/${kind}`;
    const isSame = (of: Pick<ObjectsOfKind, 'apiVersion' | 'kind'>) =>
      of.kind === kind && groupOf(of.apiVersion) === group;
    found.set(key, found.has(key) ? inventory.objects.filter(({ manifest }) => isSame(manifest)) : objects);
  }
  return found;
}

const NONE: readonly InventoryObject[] = [];

function kinds({ objects }: Inventory): readonly ObjectsOfKind[] {
  const found: ObjectsOfKind[] = [];
  const byVersion = new Map<string, Map<string, InventoryObject[]>>();
  for (const object of objects) {
    const { apiVersion, kind } = object.manifest;
    const ofVersion = entryOf(byVersion, apiVersion, newMap);
    const known = ofVersion.get(kind);
    if (known === undefined) {
      const list = [object];
      ofVersion.set(kind, list);
      found.push({ apiVersion, kind, objects: list });
    } else {
      known.push(object);
    }
  }
  return found;
}

const newMap = () => new Map<string, InventoryObject[]>();
