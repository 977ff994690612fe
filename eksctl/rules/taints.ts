import { listOf, type UnvalidatedGroup } from './unvalidated';

interface Taint {
  readonly key: unknown;
  readonly effect: unknown;
}

/** The taints that keep pods away from the nodes of a group. Self-managed groups may have them as a map, 'value:effect' by key. */
export function hardTaints({ taints }: UnvalidatedGroup): readonly Taint[] {
  const list: readonly Taint[] = Array.isArray(taints)
    ? listOf(taints).map(({ key, effect }) => ({ key, effect }))
    : Object.entries(taints ?? {}).map(([key, text]) => ({ key, effect: String(text).split(':').pop() }));
  return list.filter(({ effect }) => effect !== 'PreferNoSchedule');
}
