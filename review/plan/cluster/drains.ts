import type { ResolvedNodeGroup } from '../../../eksctl/resolved-node-group';
import type { LabelSelector } from '../../../imports/kubernetes';
import { type Inventory, type InventoryObject, referenceTo } from '../../../kube/inventory';
import { nodeGroupTemplate } from '../../../simulator/node-templates/node-group';
import { mismatchOf, schedulingConstraints } from '../../../simulator/node-templates/scheduling-constraints';
import { rule as blocksDrains } from '../../rules/disruption-budgets/blocks-drains';
import { rule as overlap } from '../../rules/disruption-budgets/overlap';
import { selectedPods } from '../../selection';
import type { BlockingBudget, ClusterStep } from './model';

/** What a plan knows of the objects of the cluster before the change. */
export interface Drained {
  readonly inventory: Inventory;
  /** Of the cluster before. */
  readonly groups: readonly ResolvedNodeGroup[];
  readonly region: string;
  readonly kubernetesVersion: string;
}

interface Found extends BlockingBudget {
  readonly budget: InventoryObject;
}

/** The budgets by which no node with their pods can be drained: they allow no eviction, or two of them select one pod. */
export class Budgets {
  private readonly found: readonly Found[];

  constructor(private readonly drained?: Drained | undefined) {
    this.found = drained ? foundIn(drained) : [];
  }

  /** Of a step that drains nodes of any kind: the budgets that stop it, where there are any. */
  get any(): Pick<ClusterStep, 'blockedBy'> {
    return blocked(this.found);
  }

  /** Of a step that drains a node group: those with a pod that may run on its nodes. */
  on(name: string): Pick<ClusterStep, 'blockedBy'> {
    const { inventory, groups, region } = this.drained ?? {};
    const group = groups?.find((one) => one.name === name);
    if (!inventory || !group || region === undefined) {
      return this.any;
    }
    const nodes = nodeGroupTemplate(group, region);
    return blocked(
      this.found.filter(({ budget }) =>
        podsOf(inventory, budget).some(({ spec }) => mismatchOf(nodes, schedulingConstraints(spec)) === undefined),
      ),
    );
  }
}

const blocked = (found: readonly Found[]): Pick<ClusterStep, 'blockedBy'> =>
  found.length > 0 ? { blockedBy: found.map(({ object, text }) => ({ object, text })) } : {};

const podsOf = (inventory: Inventory, { manifest, namespace }: InventoryObject) =>
  selectedPods(inventory, (manifest.spec?.selector ?? {}) as LabelSelector, namespace);

function foundIn({ inventory, kubernetesVersion }: Drained): Found[] {
  const found: Found[] = [];
  for (const rule of [blocksDrains, overlap]) {
    rule.check({ inventory, existing: [], cluster: undefined, kubernetesVersion }, (budget, { message }) => {
      if (budget) {
        found.push({ budget, object: referenceTo(budget), text: message });
      }
    });
  }
  return found;
}

/** Minutes until eksctl has drained nodes one by one: pods have up to ten to end. */
export const deletionMinutes = (nodes: number): readonly [number, number] => [5 + nodes, 10 + 10 * nodes];

/** Minutes until EKS has replaced nodes, a batch after the other: a new one starts in three, and pods have up to 15 to end. */
export function replacementMinutes(nodes: number, atOnce = 1): readonly [number, number] {
  const batches = Math.max(1, Math.ceil(nodes / Math.max(1, atOnce)));
  return [5 + 3 * batches, 10 + 15 * batches];
}

/** The option that lets eksctl wait as long as it may take, where its own limit is shorter. */
export const timeout = ([, most]: readonly [number, number], limit: number): string[] =>
  most > limit ? ['--timeout', `${most}m`] : [];
