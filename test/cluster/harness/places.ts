import type { V1Pod } from '@kubernetes/client-node';
import type { Kube } from './kube';
import { ZONE } from './nodes';

/** The node of each pod; a pod without one is left out. */
export const hostsOf = (pods: readonly V1Pod[]): string[] => pods.flatMap(({ spec }) => spec?.nodeName ?? []);

/** The zone of each pod; a pod without a node is left out. */
export async function zonesOf(kube: Kube, pods: readonly V1Pod[]): Promise<string[]> {
  const { items } = await kube.core.listNode();
  const zones = new Map(items.map(({ metadata }) => [metadata!.name!, metadata!.labels![ZONE]!]));
  return hostsOf(pods).map((host) => zones.get(host)!);
}

/** How often each value occurs, the most frequent first: [2, 1, 1] for four pods over three places. */
export function distribution(values: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts.values()].sort((a, b) => b - a);
}
