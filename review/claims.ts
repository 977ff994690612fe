import { claimsIn, mayClaim, type PlacedClaim } from '../kube/claims';
import { driversNamed, mayNameDriver, type NamedDriver } from '../kube/csi-drivers';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { hasPodTemplate } from '../kube/pod-templates';
import { type ObjectsOfKind, objectsOfKinds } from './kinds';
import { suspectPods, suspectsIn } from './suspects';

/** An object with claims: its own, of its members, or of its pods. */
export interface Claiming {
  readonly object: InventoryObject;
  readonly claims: readonly PlacedClaim[];
}

/** The objects of the set with claims. */
export function claimingObjects(inventory: Inventory): readonly Claiming[] {
  return inventory.view(claiming);
}

function claiming(inventory: Inventory): readonly Claiming[] {
  return objectsOfKinds(inventory, mayClaim).flatMap((object) => {
    const claims = claimsIn(object.manifest);
    return claims.length === 0 ? [] : [{ object, claims }];
  });
}

/** An object that names drivers of volumes. */
export interface Driven {
  readonly object: InventoryObject;
  readonly drivers: readonly NamedDriver[];
}

/** The objects of the set that name drivers. */
export function drivenObjects(inventory: Inventory): readonly Driven[] {
  return inventory.view(driven);
}

const WITH_DRIVERS = suspectPods(({ spec }) => spec.volumes?.some(({ csi }) => csi) === true);

/** Whether objects of a kind name drivers. Pods seldom do, and then none of them need be looked at. */
export function namesDriversIn(inventory: Inventory): (kind: ObjectsOfKind) => boolean {
  const ofPods = suspectsIn(inventory, WITH_DRIVERS).length > 0;
  return (kind) => mayNameDriver(kind) && (ofPods || !hasPodTemplate(kind));
}

function driven(inventory: Inventory): readonly Driven[] {
  return objectsOfKinds(inventory, namesDriversIn(inventory)).flatMap((object) => {
    const drivers = driversNamed(object.manifest);
    return drivers.length === 0 ? [] : [{ object, drivers }];
  });
}
