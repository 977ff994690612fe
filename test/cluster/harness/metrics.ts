import { PatchStrategy, type V1Pod } from '@kubernetes/client-node';
import { eventually } from './eventually';
import type { Kube } from './kube';
import { Loop } from './loop';
import { isReady, nameOf } from './pods';

const GROUP = 'metrics.k8s.io';
const VERSION = 'v1beta1';
const PERIOD = 400;

/**
 * What metrics-server tells the autoscaler: how much CPU each pod uses. A test says how much work there is for a workload;
 * it is shared by the pods that are ready, as behind a Service.
 */
export class MetricsServer {
  private readonly loop: Loop;
  private readonly work = new Map<string, { readonly namespace: string; readonly workload: string; milli: number }>();

  private constructor(private readonly kube: Kube) {
    this.loop = new Loop(PERIOD, () => this.tell());
  }

  static async start(kube: Kube): Promise<MetricsServer> {
    await kube.objects.create(DEFINITION);
    await eventually('the metrics API is served', async () => {
      const found = await kube.objects.list(`${GROUP}/${VERSION}`, 'PodMetrics');
      return found.items.length === 0;
    });
    return new MetricsServer(kube);
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** From now on a workload has so much to do, in thousandths of a CPU, all pods together; done when it is told. */
  async setWork(namespace: string, workload: string, milli: number): Promise<void> {
    this.work.set(`${namespace}/${workload}`, { namespace, workload, milli });
    // the round that runs may have begun before
    const enough = this.loop.rounds + 2;
    await eventually('the metrics are told', async () => {
      this.loop.assertRunning();
      return this.loop.rounds >= enough;
    });
  }

  private async tell(): Promise<void> {
    for (const { namespace, workload, milli } of this.work.values()) {
      const labelSelector = `app.kubernetes.io/name=${workload}`;
      const { items } = await this.kube.core.listNamespacedPod({ namespace, labelSelector });
      const ready = items.filter((pod) => isReady(pod) && !pod.metadata!.deletionTimestamp);
      const share = Math.floor(milli / Math.max(ready.length, 1));
      // the oldest first, and one after the other: when a pod is new, the others have less to do before it has anything, so
      // that the sum is never more than there is
      for (const pod of ready.sort((a, b) => ageOf(a) - ageOf(b))) {
        await this.kube.objects.patch(...applied(metricsOf(pod, share)));
      }
    }
  }
}

const ageOf = ({ metadata }: V1Pod): number => Number(metadata!.creationTimestamp);

const applied = <T>(object: T) =>
  [object, undefined, undefined, 'metrics-server', true, PatchStrategy.ServerSideApply] as const;

/** The garbage collector removes it with the pod. */
function metricsOf(pod: V1Pod, milli: number) {
  const { namespace, labels, uid } = pod.metadata!;
  const name = nameOf(pod);
  return {
    apiVersion: `${GROUP}/${VERSION}`,
    kind: 'PodMetrics',
    metadata: { name, namespace, labels, ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid: uid! }] },
    timestamp: new Date().toISOString(),
    // a pod counts once it has been ready for that long
    window: '1s',
    containers: pod.spec!.containers.map((container, i) => ({
      name: container.name,
      usage: { cpu: `${i === 0 ? milli : 0}m`, memory: '64Mi' },
    })),
  };
}

const DEFINITION = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  // the API server wants to be told that this is not the real one
  metadata: { name: `pods.${GROUP}`, annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' } },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: { plural: 'pods', singular: 'pod', kind: 'PodMetrics', listKind: 'PodMetricsList' },
    versions: [
      {
        name: VERSION,
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              timestamp: { type: 'string' },
              window: { type: 'string' },
              containers: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: {
                    name: { type: 'string' },
                    usage: { type: 'object', additionalProperties: { type: 'string' } },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};
