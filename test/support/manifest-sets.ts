import { parseAllDocuments } from 'yaml';
import type { Inventory } from '../../kube/inventory';
import { loadInventory } from '../../review/load';

/** The objects of YAML. */
export function setOf(text: string): Inventory {
  const values = parseAllDocuments(text).map((document) => document.toJS());
  return loadInventory(values.map((value) => ({ value, origin: {} })));
}
