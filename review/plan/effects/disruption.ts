import type { LabelSelector } from '../../../imports/kubernetes';
import { allowedDisruptions, disruptionBounds } from '../../../kube/disruption';
import { type Inventory, type InventoryObject, referenceTo } from '../../../kube/inventory';
import { replicasOf } from '../../replicas';
import { selectedPods } from '../../selection';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { fieldsBelow, isUpdate, leftBehind, type Move, movesOf, movesOfKind, named } from './moves';

/** PodDisruptionBudgets that come to block every eviction, or to guard nothing. */
export const disruption: EffectsOf = (input) => {
  const moved = movesOfKind(input, 'PodDisruptionBudget');
  return [...moved.flatMap((move) => ofMove(input, move)), ...othersOf(input, moved)];
};

function ofMove(input: PlanInput, move: Move): readonly Effect[] {
  const { after, change } = move;
  const now = stateOf(input.after, after);
  const was = isUpdate(move) ? stateOf(input.old, move.before) : undefined;
  const object = referenceTo(after);
  const because = isUpdate(move) ? fieldsBelow(change, 'spec') : undefined;
  const effect = (risk: Effect['risk'], text: string): Effect[] => [
    { kind: 'disruption', risk, object, text, ...(because ? { because } : {}) },
  ];
  if (now.pods === 0 && was?.pods !== 0) {
    return effect('notice', `${named(after)} guards nothing: it selects no pods of the set`);
  }
  if (now.allowed === 0 && was?.allowed !== 0) {
    return effect('danger', `${named(after)} lets no pod be evicted: nodes with its pods cannot be drained`);
  }
  if (now.allowed !== undefined && was?.allowed !== undefined && now.allowed !== was.allowed) {
    return effect(
      'notice',
      `${named(after)} lets ${now.allowed} of ${now.pods} pods be evicted at a time instead of ${was.allowed}`,
    );
  }
  return [];
}

/** Budgets that stay as they are, while the pods below them change. */
function othersOf(input: PlanInput, moved: readonly Move[]): readonly Effect[] {
  const namespaces = new Set(
    movesOf(input).flatMap(({ after, before }) =>
      after.manifest.spec?.template !== undefined ||
      before?.manifest.spec?.template !== undefined ||
      after.manifest.kind === 'HorizontalPodAutoscaler'
        ? [after.namespace]
        : [],
    ),
  );
  if (namespaces.size === 0) {
    return [];
  }
  const known = new Set(moved.map(({ after }) => nameOf(after)));
  const left = new Set(leftBehind(input).map(nameOf));
  return input.old.ofKind('PodDisruptionBudget', 'policy').flatMap((budget): Effect[] => {
    if (!namespaces.has(budget.namespace) || known.has(nameOf(budget))) {
      return [];
    }
    const [was, now] = [stateOf(input.old, budget), stateOf(input.after, budget)];
    const object = referenceTo(budget);
    if (now.pods === 0 && was.pods > 0 && !left.has(nameOf(budget))) {
      return [
        {
          kind: 'disruption',
          risk: 'notice',
          object,
          text: `${named(budget)} guards nothing any more: it selects no pods of the set`,
        },
      ];
    }
    return now.allowed === 0 && was.allowed !== 0
      ? [
          {
            kind: 'disruption',
            risk: 'danger',
            object,
            text: `${named(budget)} lets no pod be evicted any more: nodes with its pods cannot be drained`,
          },
        ]
      : [];
  });
}

const nameOf = ({ manifest, namespace }: InventoryObject): string =>
  manifest.kind === 'PodDisruptionBudget' ? `${namespace}/${manifest.metadata.name}` : '';

interface State {
  /** At least, where an autoscaler decides; 0 where it selects nothing. */
  readonly pods: number;
  /** undefined where it is not known. */
  readonly allowed: number | undefined;
}

function stateOf(inventory: Inventory, budget: InventoryObject): State {
  const selector = budget.manifest.spec?.selector as LabelSelector | undefined;
  const selected = selector ? selectedPods(inventory, selector, budget.namespace) : [];
  const counts = selected.map((pod) => replicasOf(inventory, pod)?.min);
  if (selected.length === 0 || counts.some((count) => count === undefined)) {
    return { pods: selected.length, allowed: undefined };
  }
  const pods = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return { pods, allowed: pods > 0 ? allowedDisruptions(disruptionBounds(budget.manifest), pods) : undefined };
}
