import type { V1PodDisruptionBudgetStatus } from '@kubernetes/client-node';
import { eventually } from './eventually';
import type { Kube } from './kube';

const TOO_MANY_REQUESTS = 429;

/** Asks for what a drain asks for; whether it is granted. A budget refuses it. */
export async function evict(kube: Kube, namespace: string, name: string): Promise<boolean> {
  try {
    await kube.core.createNamespacedPodEviction({ name, namespace, body: { metadata: { name, namespace } } });
    return true;
  } catch (e) {
    if ((e as { code?: number }).code === TOO_MANY_REQUESTS) {
      return false;
    }
    throw e;
  }
}

/** Waits until the controller has counted so many healthy pods of a workload; what its budget allows then. */
export function untilHealthy(
  kube: Kube,
  namespace: string,
  workload: string,
  healthy: number,
): Promise<V1PodDisruptionBudgetStatus> {
  return eventually(`the budget of ${workload} counts ${healthy} healthy pods`, async () => {
    const { status } = await kube.policy.readNamespacedPodDisruptionBudget({ name: workload, namespace });
    return status?.currentHealthy === healthy && status;
  });
}
