import type { V1Pod } from '@kubernetes/client-node';
import type { Audit, PodEvent } from './audit';
import { eventually } from './eventually';
import type { Kube } from './kube';
import { Kubelet } from './kubelet';
import { isReady, nameOf, whyNot } from './pods';

const NAME = 'app.kubernetes.io/name';

/** One namespace of a cluster, as tests look at it. */
export class Namespace {
  /** For becoming the kubelet of one of its pods. */
  readonly kubelet: Kubelet;

  constructor(
    readonly name: string,
    private readonly kube: Kube,
    private readonly audit: Audit,
  ) {
    this.kubelet = new Kubelet(kube, name);
  }

  /** Its pods, or those of one workload, by name; without those that are being deleted. */
  async pods(workload?: string): Promise<V1Pod[]> {
    const labelSelector = workload && `${NAME}=${workload}`;
    const { items } = await this.kube.core.listNamespacedPod({ namespace: this.name, labelSelector });
    return items
      .filter(({ metadata }) => !metadata?.deletionTimestamp)
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  }

  /** The names of the pods that are ready. */
  async ready(workload?: string): Promise<string[]> {
    return (await this.pods(workload)).filter(isReady).map(nameOf);
  }

  /** Waits until a workload has exactly so many pods, and all are ready. */
  untilReady(workload: string, count: number, options: { readonly seconds?: number } = {}): Promise<V1Pod[]> {
    return eventually(
      `${count} pods of ${workload} are ready`,
      async () => {
        const pods = await this.pods(workload);
        const told = pods.map((pod) => `${nameOf(pod)} is ${isReady(pod) ? 'ready' : (whyNot(pod) ?? 'not ready')}`);
        if (pods.length !== count || !pods.every(isReady)) {
          throw new Error(told.join(', ') || 'there is none');
        }
        return pods;
      },
      options,
    );
  }

  /** What happened to the pods, or to those whose name begins with that of a workload, in its order. */
  events(workload = ''): PodEvent[] {
    return this.audit.pods(this.name).filter(({ pod }) => pod.startsWith(workload));
  }

  /** The same as words: 'created store-0', 'ready store-0', ...; only what is asked for. */
  story(workload: string, ...what: readonly PodEvent['what'][]): string[] {
    return this.events(workload)
      .filter((event) => what.length === 0 || what.includes(event.what))
      .map((event) => `${event.what} ${event.pod}`);
  }
}
