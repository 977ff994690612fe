import { type Inventory, referenceTo } from '../../../kube/inventory';
import { rule as blocksDrains } from '../../rules/disruption-budgets/blocks-drains';
import { rule as overlap } from '../../rules/disruption-budgets/overlap';
import type { BlockingBudget } from './model';

/** The budgets by which no node with their pods can be drained: they allow no eviction, or two of them select one pod. */
export function blockingBudgets(inventory: Inventory | undefined, kubernetesVersion: string): BlockingBudget[] {
  const found: BlockingBudget[] = [];
  for (const rule of inventory ? [blocksDrains, overlap] : []) {
    rule.check(
      { inventory: inventory!, existing: [], cluster: undefined, kubernetesVersion },
      (object, { message }) => {
        if (object) {
          found.push({ object: referenceTo(object), text: message });
        }
      },
    );
  }
  return found;
}

/** Of a step that drains nodes: the budgets that stop it, where there are any. */
export const blocked = (budgets: readonly BlockingBudget[]): { readonly blockedBy?: readonly BlockingBudget[] } =>
  budgets.length > 0 ? { blockedBy: budgets } : {};

/** Minutes to replace nodes one batch after the other: a new one starts in three, and pods have up to 15 to end. */
export function drainMinutes(nodes: number, atOnce = 1): readonly [number, number] {
  const batches = Math.max(1, Math.ceil(nodes / Math.max(1, atOnce)));
  return [5 + 3 * batches, 10 + 15 * batches];
}
