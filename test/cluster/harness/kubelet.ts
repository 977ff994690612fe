import type { V1Pod } from '@kubernetes/client-node';
import type { Kube } from './kube';

/** A test as the kubelet of single pods: what it writes stays, since the simulated ones leave alone what runs. */
export class Kubelet {
  constructor(
    private readonly kube: Kube,
    private readonly namespace: string,
  ) {}

  /** The readiness probe fails. */
  unready(name: string): Promise<V1Pod> {
    return this.setReady(name, false);
  }

  /** It succeeds. */
  ready(name: string): Promise<V1Pod> {
    return this.setReady(name, true);
  }

  /** Its program ends with exit code 0, and is not started again. */
  async succeed(name: string): Promise<V1Pod> {
    const { namespace } = this;
    const pod = await this.kube.core.readNamespacedPod({ name, namespace });
    const state = { terminated: { exitCode: 0, reason: 'Completed', finishedAt: new Date() } };
    const containerStatuses = pod.status?.containerStatuses?.map((container) => ({
      ...container,
      ready: false,
      state,
    }));
    return this.kube.core.replaceNamespacedPodStatus({
      name,
      namespace,
      body: { ...pod, status: { ...pod.status, phase: 'Succeeded', containerStatuses } },
    });
  }

  private async setReady(name: string, ready: boolean): Promise<V1Pod> {
    const { namespace } = this;
    const pod = await this.kube.core.readNamespacedPod({ name, namespace });
    const status = ready ? 'True' : 'False';
    const lastTransitionTime = new Date();
    const conditions = (pod.status?.conditions ?? []).map((condition) =>
      ['Ready', 'ContainersReady'].includes(condition.type) ? { ...condition, status, lastTransitionTime } : condition,
    );
    const containerStatuses = pod.status?.containerStatuses?.map((container) => ({ ...container, ready }));
    return this.kube.core.replaceNamespacedPodStatus({
      name,
      namespace,
      body: { ...pod, status: { ...pod.status, conditions, containerStatuses } },
    });
  }
}
