import { Inventory, type InventoryObject } from '../../kube/inventory';
import { findingsOf } from '../../review/rule';
import { rule } from '../../review/rules/quantities/invalid';
import { ManifestError } from './errors';

/** The manifests of objects whose quantities are added. Throws for invalid quantities, each with its object and field. */
export function countedManifests(objects: readonly InventoryObject[]): InventoryObject['manifest'][] {
  const findings = findingsOf(rule, { inventory: new Inventory(objects), existing: [], cluster: undefined });
  if (findings.length > 0) {
    throw new ManifestError(...findings);
  }
  return objects.map(({ manifest }) => manifest);
}
