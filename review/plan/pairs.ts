import type { ObjectReference } from '../../kube/finding';
import { type Inventory, type InventoryObject, identityOf, referenceTo } from '../../kube/inventory';

/** The same object in both sets, or one that only one of them has. */
export interface Pair {
  readonly object: ObjectReference;
  readonly old?: InventoryObject;
  readonly new?: InventoryObject;
}

/** The objects of two sets by group, kind, namespace and name: those of the new set in its order, then what it lacks. */
export function pairsOf(old: Inventory, next: Inventory): Pair[] {
  const [before, after] = [byIdentity(old), byIdentity(next)];
  const pairs: Pair[] = [...after].map(([identity, object]) => {
    const was = before.get(identity);
    return { object: referenceTo(object), new: object, ...(was ? { old: was } : {}) };
  });
  const gone = [...before].filter(([identity]) => !after.has(identity));
  return [...pairs, ...gone.map(([, object]) => ({ object: referenceTo(object), old: object }))];
}

/** Of objects that stand twice in a set, the last one counts, as an apply does them one after the other. */
function byIdentity({ objects }: Inventory): ReadonlyMap<string, InventoryObject> {
  return new Map(objects.map((object) => [identityOf(object), object]));
}
