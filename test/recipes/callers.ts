import type { Manifest } from '../golden/programs';

/** Which workloads may call the pods of a policy, by port. */
export function callersOf(policy: Manifest): Record<number, string[]> {
  const open: Record<number, string[]> = {};
  for (const { from, ports } of policy.spec.ingress) {
    for (const { port } of ports) {
      const names = from.map((peer: Manifest) => peer.podSelector.matchLabels['app.kubernetes.io/name']);
      open[port] = [...(open[port] ?? []), ...names].sort();
    }
  }
  return open;
}
