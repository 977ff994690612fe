import type { LimitRangeSpec } from '../imports/kubernetes';
import type { Inventory } from '../kube/inventory';
import { quantityOf } from '../kube/quantity';

/** The limits that the LimitRanges of a namespace give to containers without one, by resource, in billionths. */
export type DefaultLimits = ReadonlyMap<string, bigint>;

const defaults = (inventory: Inventory): ReadonlyMap<string, DefaultLimits> => {
  const found = new Map<string, Map<string, bigint>>();
  for (const { manifest, namespace } of inventory.ofKind('LimitRange', '')) {
    for (const { type, default: limits = {} } of (manifest.spec as Partial<LimitRangeSpec> | undefined)?.limits ?? []) {
      for (const [name, value] of type === 'Container' ? Object.entries(limits) : []) {
        const amount = quantityOf(value);
        if (amount !== undefined) {
          found.set(namespace, (found.get(namespace) ?? new Map<string, bigint>()).set(name, amount));
        }
      }
    }
  }
  return found;
};

const NONE: DefaultLimits = new Map();

/** What a namespace gives to containers without a limit. */
export const defaultLimits = (inventory: Inventory, namespace: string): DefaultLimits =>
  inventory.view(defaults).get(namespace) ?? NONE;
