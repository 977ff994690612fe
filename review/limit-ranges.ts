import type { LimitRangeItem, LimitRangeSpec } from '../imports/kubernetes';
import { addTo } from '../kube/collections';
import type { Inventory } from '../kube/inventory';
import { quantityOf } from '../kube/quantity';

/** The bounds and defaults of containers by namespace, one for each item of a LimitRange. */
export function containerRanges(inventory: Inventory): ReadonlyMap<string, readonly LimitRangeItem[]> {
  return inventory.view(ranges);
}

const ranges = (inventory: Inventory): ReadonlyMap<string, readonly LimitRangeItem[]> => {
  const found = new Map<string, LimitRangeItem[]>();
  for (const { manifest, namespace } of inventory.ofKind('LimitRange', '')) {
    for (const item of (manifest.spec as Partial<LimitRangeSpec> | undefined)?.limits ?? []) {
      if (item.type === 'Container') {
        addTo(found, namespace, item);
      }
    }
  }
  return found;
};

/** The limits that the LimitRanges of a namespace give to containers without one, by resource, in billionths. */
export type DefaultLimits = ReadonlyMap<string, bigint>;

const defaults = (inventory: Inventory): ReadonlyMap<string, DefaultLimits> =>
  new Map(
    [...containerRanges(inventory)].map(([namespace, items]) => [
      namespace,
      new Map(
        items.flatMap(({ default: limits = {} }) =>
          Object.entries(limits).flatMap(([name, value]): [string, bigint][] => {
            const amount = quantityOf(value);
            return amount === undefined ? [] : [[name, amount]];
          }),
        ),
      ),
    ]),
  );

const NONE: DefaultLimits = new Map();

/** What a namespace gives to containers without a limit. */
export const defaultLimits = (inventory: Inventory, namespace: string): DefaultLimits =>
  inventory.view(defaults).get(namespace) ?? NONE;
