import type { ReplicaBounds } from '../../../kube/autoscalers';
import type { InventoryObject } from '../../../kube/inventory';
import { workloadKind } from '../../../kube/workload-kinds';
import { autoscalers } from '../../replicas';
import type { PlanInput } from '../model';
import type { Update } from './moves';

/** How many pods a workload has. An autoscaler may have chosen more than it has at least. */
export interface Counts {
  readonly before: number;
  /** Once the apply is through, before an autoscaler reacts. */
  readonly applied: number;
  /** At the end. */
  readonly after: number;
  /** The autoscaler of the workload before the apply. */
  readonly scaledBefore: ReplicaBounds | undefined;
  /** The same after it: a left-behind one goes on. */
  readonly scaledAfter: ReplicaBounds | undefined;
  /** Whether the apply takes the field `replicas` away, which the API server then sets to 1. */
  readonly forgets: boolean;
}

/** Of kinds with replicas. */
export function countsOf(input: PlanInput, { before, after, change }: Update): Counts {
  const scaledBefore = autoscalers(input.old).of(after)?.bounds;
  const scaledAfter = autoscalers(input.after).of(after)?.bounds;
  const [had, has] = [change.old, change.new].map((one) => one?.manifest.spec?.replicas !== undefined);
  const old = within(replicasIn(before), scaledBefore);
  const forgets = had === true && has === false;
  const applied = has ? replicasIn(after) : forgets ? 1 : old;
  return { before: old, applied, after: within(applied, scaledAfter), scaledBefore, scaledAfter, forgets };
}

/** Pods of a new workload. */
export function countOfNew(input: PlanInput, object: InventoryObject): number {
  const bounds = autoscalers(input.after).of(object)?.bounds;
  return within(replicasIn(object), bounds);
}

/** Pods of a workload that stays as it is. */
export function countOfOld(input: PlanInput, object: InventoryObject): number {
  const bounds = autoscalers(input.old).of(object)?.bounds;
  return within(replicasIn(object), bounds);
}

/** Pods of a workload that stays as it is, under an autoscaler that does not. */
export function countUnder(input: PlanInput, object: InventoryObject, bounds: ReplicaBounds): number {
  return within(countOfOld(input, object), bounds);
}

/** "3 pods", "1 pod". */
export const podsText = (count: number): string => (count === 1 ? '1 pod' : `${count} pods`);

/** As the spec asks for them; a number that the API server refuses counts as none. */
function replicasIn({ manifest }: InventoryObject): number {
  const count = workloadKind(manifest)?.replicas(manifest.spec ?? {}) ?? 0;
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

/** At 0 replicas an autoscaler is switched off. */
function within(count: number, bounds: ReplicaBounds | undefined): number {
  return bounds && count > 0 ? Math.min(Math.max(count, bounds.min), Math.max(bounds.max, bounds.min)) : count;
}
