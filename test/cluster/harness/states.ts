import { parseQuantity } from '../../../charts/core/quantity';
import type { Kube } from './kube';
import type { Kubectl } from './kubectl';
import { ZONE } from './nodes';

/** A new revision of every Deployment, of which no pod counts as available, so that the old ones stay beside it. */
export async function rollEverything({ apps }: Kube, kubectl: Kubectl): Promise<void> {
  const { items } = await apps.listDeploymentForAllNamespaces();
  await each(kubectl, 'deployment', items.filter(isOfApp), {
    spec: { minReadySeconds: 590, template: { metadata: { annotations: { rolled: 'yes' } } } },
  });
}

/** Back to the revision before. */
export async function rollBack({ apps }: Kube, kubectl: Kubectl): Promise<void> {
  const { items } = await apps.listDeploymentForAllNamespaces();
  await each(kubectl, 'deployment', items.filter(isOfApp), {
    spec: { minReadySeconds: 0, template: { metadata: { annotations: { rolled: null } } } },
  });
}

/** Lets every autoscaler choose its maximum only, or, back again, its minimum. */
export async function autoscale({ autoscaling }: Kube, kubectl: Kubectl, to: 'maximum' | 'minimum'): Promise<void> {
  const { items } = await autoscaling.listHorizontalPodAutoscalerForAllNamespaces();
  for (const item of items) {
    const known = item.metadata!.annotations?.[BOUNDS];
    const { min, max } = known ? JSON.parse(known) : { min: item.spec!.minReplicas!, max: item.spec!.maxReplicas };
    const bounds = to === 'maximum' ? { minReplicas: max, maxReplicas: max } : { minReplicas: min, maxReplicas: min };
    await each(kubectl, 'hpa', [item], {
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
    const memory = (spec?.containers ?? []).map(
      ({ resources }) => parseQuantity(resources?.requests?.memory ?? '0') ?? 0n,
    );
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

interface Named {
  readonly metadata?: { readonly namespace?: string; readonly name?: string };
}
const isOfApp = ({ metadata }: Named): boolean => metadata!.namespace !== 'kube-system';

async function each(kubectl: Kubectl, kind: string, items: readonly Named[], patch: object): Promise<void> {
  await Promise.all(
    items.map(({ metadata }) =>
      kubectl.run(
        'patch',
        kind,
        metadata!.name!,
        '-n',
        metadata!.namespace!,
        '--type=merge',
        '-p',
        JSON.stringify(patch),
      ),
    ),
  );
}
