import type { PodSpec } from '../../imports/kubernetes';
import { containersOf } from '../../kube/inventory';
import { quantityOf } from '../../kube/quantity';

/** Names of the resources that containers ask for. */
export function resourcesOf(spec: PodSpec): string[] {
  const named = containersOf(spec).flatMap(({ resources }) => [
    ...Object.entries(resources?.requests ?? {}),
    ...Object.entries(resources?.limits ?? {}),
  ]);
  return [...new Set(named.filter(([, amount]) => quantityOf(amount) !== 0n).map(([name]) => name))];
}
