import type { KubernetesObject } from '@kubernetes/client-node';
import { amountOf } from '../../../kube/quantity';
import type { Kube } from './kube';
import { ZONE } from './nodes';

/** A new revision of every Deployment, of which no pod counts as available, so that the old ones stay beside it. */
export async function rollEverything(kube: Kube): Promise<void> {
  const { items } = await kube.apps.listDeploymentForAllNamespaces();
  await each(kube, DEPLOYMENT, items.filter(isOfApp), {
    spec: { minReadySeconds: 590, template: { metadata: { annotations: { rolled: 'yes' } } } },
  });
}

/** Back to the revision before. */
export async function rollBack(kube: Kube): Promise<void> {
  const { items } = await kube.apps.listDeploymentForAllNamespaces();
  await each(kube, DEPLOYMENT, items.filter(isOfApp), {
    spec: { minReadySeconds: 0, template: { metadata: { annotations: { rolled: null } } } },
  });
}

/** Lets every autoscaler choose its maximum only, or, back again, its minimum. */
export async function autoscale(kube: Kube, to: 'maximum' | 'minimum'): Promise<void> {
  const { items } = await kube.autoscaling.listHorizontalPodAutoscalerForAllNamespaces();
  for (const item of items) {
    const known = item.metadata!.annotations?.[BOUNDS];
    const { min, max } = known ? JSON.parse(known) : { min: item.spec!.minReplicas!, max: item.spec!.maxReplicas };
    const bounds = to === 'maximum' ? { minReplicas: max, maxReplicas: max } : { minReplicas: min, maxReplicas: min };
    await each(kube, AUTOSCALER, [item], {
      metadata: { annotations: { [BOUNDS]: JSON.stringify({ min, max }) } },
      spec: bounds,
    });
  }
}

/**
 * The zone whose loss is the worst: of which the fewest pods wait with their volumes, so that the most need another node. Where
 * single members are is luck.
 */
export async function worstZone({ core }: Kube): Promise<string> {
  const [nodes, pods] = await Promise.all([core.listNode(), core.listPodForAllNamespaces()]);
  const zoneOf = new Map(nodes.items.map(({ metadata }) => [metadata!.name!, metadata!.labels![ZONE]!]));
  const waiting = new Map([...new Set(zoneOf.values())].map((zone) => [zone, 0n]));
  for (const { spec } of pods.items.filter((pod) =>
    pod.spec?.volumes?.some((volume) => volume.persistentVolumeClaim),
  )) {
    const zone = zoneOf.get(spec?.nodeName ?? '');
    const memory = (spec?.containers ?? []).map(({ resources }) => amountOf(resources?.requests?.memory ?? '0'));
    if (zone !== undefined) {
      waiting.set(
        zone,
        memory.reduce((sum, one) => sum + one, waiting.get(zone)!),
      );
    }
  }
  return [...waiting].reduce((worst, one) => (one[1] < worst[1] ? one : worst))[0];
}

const BOUNDS = 'test/bounds';

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}
const DEPLOYMENT: Kind = { apiVersion: 'apps/v1', kind: 'Deployment' };
const AUTOSCALER: Kind = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };

const isOfApp = ({ metadata }: KubernetesObject): boolean => metadata!.namespace !== 'kube-system';

async function each(
  kube: Kube,
  kind: Kind,
  items: readonly KubernetesObject[],
  { metadata: more, spec }: { readonly metadata?: object; readonly spec: object },
): Promise<void> {
  await Promise.all(
    items.map(({ metadata }) => {
      const { name, namespace } = metadata!;
      return kube.mergePatch({ ...kind, metadata: { ...more, name: name!, namespace: namespace! }, spec });
    }),
  );
}
