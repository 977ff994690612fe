import type { Kube } from './kube';

const NAMESPACE = 'default';
const nameOn = (node: string): string => `placeholder-${node}`;

/** Takes CPU of a node, as something else that runs there would. No workload of an app displaces it. */
export async function occupy(kube: Kube, node: string, cpu: string): Promise<void> {
  await kube.core.createNamespacedPod({
    namespace: NAMESPACE,
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: nameOn(node) },
      spec: {
        nodeName: node,
        priorityClassName: 'system-node-critical',
        containers: [{ name: 'placeholder', image: 'placeholder', resources: { requests: { cpu } } }],
      },
    },
  });
}

/** Takes all that a node has. */
export async function occupyWhole(kube: Kube, node: string): Promise<void> {
  const { status } = await kube.core.readNode({ name: node });
  await occupy(kube, node, status!.allocatable!.cpu!);
}

/** Gives it back. */
export async function release(kube: Kube, node: string): Promise<void> {
  await kube.core.deleteNamespacedPod({ name: nameOn(node), namespace: NAMESPACE });
}
