import type { Manifest } from '../golden/programs';

const NAMESPACE = 'kubernetes.io/metadata.name';

/** Which workloads and addresses may call the pods of a policy, by port; of another namespace, its name and '/'. */
export function callersOf(policy: Manifest): Record<number, string[]> {
  const open: Record<number, string[]> = {};
  for (const { from, ports } of policy.spec.ingress) {
    for (const { port } of ports) {
      const names = from.map(({ ipBlock, namespaceSelector, podSelector }: Manifest) => {
        if (ipBlock) {
          return ipBlock.cidr;
        }
        const workload = podSelector?.matchLabels['app.kubernetes.io/name'];
        return namespaceSelector ? `${namespaceSelector.matchLabels[NAMESPACE]}/${workload ?? ''}` : workload;
      });
      open[port] = [...(open[port] ?? []), ...names].sort();
    }
  }
  return open;
}
