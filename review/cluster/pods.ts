import type { PodSpec } from '../../imports/kubernetes';
import { containersOf } from '../../kube/inventory';

/** Names of the resources that containers ask for. */
export function resourcesOf(spec: PodSpec): string[] {
  const named = containersOf(spec).flatMap(({ resources }) => [
    ...Object.entries(resources?.requests ?? {}),
    ...Object.entries(resources?.limits ?? {}),
  ]);
  return [...new Set(named.filter(([, amount]) => Number(amount) !== 0).map(([name]) => name))];
}
