import { claimsIn, type PlacedClaim } from '../kube/claims';
import { driversNamed, type NamedDriver } from '../kube/csi-drivers';
import type { Inventory, InventoryObject } from '../kube/inventory';

/** An object with claims: its own, of its members, or of its pods. */
export interface Claiming {
  readonly object: InventoryObject;
  readonly claims: readonly PlacedClaim[];
}

/** The objects of the set with claims. */
export function claimingObjects(inventory: Inventory): readonly Claiming[] {
  return inventory.view(claiming);
}

function claiming({ objects }: Inventory): readonly Claiming[] {
  return objects.flatMap((object) => {
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

function driven({ objects }: Inventory): readonly Driven[] {
  return objects.flatMap((object) => {
    const drivers = driversNamed(object.manifest);
    return drivers.length === 0 ? [] : [{ object, drivers }];
  });
}
