import { Inventory, type InventoryObject } from '../../kube/inventory';
import { runRules } from '../../review/review';
import { rule } from '../../review/rules/quantities/invalid';
import { ManifestError } from './errors';

/** The manifests of objects whose quantities are added. Throws for invalid quantities, each with its object and field. */
export function countedManifests(objects: readonly InventoryObject[]): InventoryObject['manifest'][] {
  const findings = runRules({ inventory: new Inventory(objects) }, [rule]);
  if (findings.length > 0) {
    throw new ManifestError(...findings);
  }
  return objects.map(({ manifest }) => manifest);
}
