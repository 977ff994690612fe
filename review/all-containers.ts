import type { Inventory, PodObject } from '../kube/inventory';
import { type PodContainer, podContainers } from '../kube/pod-containers';

/** A pod with its containers. */
export interface PodWithContainers {
  readonly pod: PodObject;
  readonly containers: readonly PodContainer[];
}

const withContainers = ({ pods }: Inventory): readonly PodWithContainers[] =>
  pods.map((pod) => ({ pod, containers: podContainers(pod) }));

/** Every pod with its containers, found once for all rules. */
export const podsWithContainers = (inventory: Inventory): readonly PodWithContainers[] =>
  inventory.view(withContainers);
