import type { NetworkPolicySpec } from '../imports/kubernetes';
import type { Inventory, PodObject } from '../kube/inventory';
import { selects } from '../kube/objects';
import { policiesOfPods } from './pod-policies';
import { replicasOf } from './replicas';
import { servicesOfPods } from './services';

/** The fewest members of which more than half can be lost one by one. */
export const QUORUM = 3;

/** The members of a set; 0 for what is not one, and where it is not known. */
export function membersOf(inventory: Inventory, pod: PodObject): number {
  return pod.manifest.kind === 'StatefulSet' ? (replicasOf(inventory, pod)?.max ?? 0) : 0;
}

/** More than half. */
export const majorityOf = (members: number): number => Math.floor(members / 2) + 1;

/** Signs that members replicate to one another: they find each other before they are ready, start at once, or may call each other. */
export function knowEachOther(inventory: Inventory, set: PodObject): boolean {
  const { podManagementPolicy } = set.manifest.spec ?? {};
  const policies = policiesOfPods(inventory).get(set) ?? [];
  return (
    podManagementPolicy === 'Parallel' ||
    (servicesOfPods(inventory).get(set) ?? []).some(({ unready }) => unready) ||
    policies.some(({ manifest }) => fromThemselves(manifest.spec as NetworkPolicySpec | undefined, set.labels))
  );
}

function fromThemselves({ ingress = [] }: Partial<NetworkPolicySpec> = {}, labels: PodObject['labels']): boolean {
  return ingress.some(({ from = [] }) =>
    from.some(
      ({ podSelector, namespaceSelector }) =>
        podSelector &&
        !namespaceSelector &&
        Object.keys(podSelector.matchLabels ?? {}).length > 0 &&
        selects(podSelector, labels),
    ),
  );
}
