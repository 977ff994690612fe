import type { Kube } from './kube';

/** The warnings that the parts of a cluster wrote about the objects of a namespace: 'FailedCreate ReplicaSet/web-1: ...'. */
export async function warningsIn(kube: Kube, namespace: string): Promise<string[]> {
  const { items } = await kube.core.listNamespacedEvent({ namespace, fieldSelector: 'type=Warning' });
  return items.map(
    ({ reason, involvedObject, message }) => `${reason} ${involvedObject.kind}/${involvedObject.name}: ${message}`,
  );
}

/** Those about pods and claims for which the quota had no room. */
export async function refusedByQuota(kube: Kube, namespace: string): Promise<string[]> {
  return (await warningsIn(kube, namespace)).filter((warning) => warning.includes('exceeded quota'));
}
