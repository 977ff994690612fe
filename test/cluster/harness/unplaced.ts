import type { V1PersistentVolume, V1Pod } from '@kubernetes/client-node';
import { eventually } from './eventually';
import type { Kube } from './kube';
import { ZONE } from './nodes';
import { isReady, nameOf, whyNot } from './pods';

/** For how long nothing may have changed before it is taken for the end, in ms. */
const QUIET = 4000;
/** The scheduler may wait ten seconds before it tries a pod again. */
const PATIENT = 12_000;

/** A pod without a node, as a workload's. */
export interface Unplaced {
  /** 'orders/orders-rabbitmq'. */
  readonly workload: string;
  readonly why: string;
  /** Whether its volume is in a zone that has no node: it waits by design. */
  readonly stranded: boolean;
}

const workloadOf = ({ metadata }: V1Pod): string =>
  `${metadata!.namespace}/${metadata!.labels?.['app.kubernetes.io/name']}`;

/**
 * Waits until controllers and scheduler have done what they can, and tells which pods the scheduler has no node for. What is not
 * as expected gets more time.
 */
export function untilSettled(
  kube: Kube,
  isExpected: (found: readonly Unplaced[]) => boolean = () => true,
): Promise<Unplaced[]> {
  let [seen, since] = ['', Date.now()];
  return eventually(
    'nothing moves any more',
    async () => {
      const [{ items }, nodes, volumes] = await Promise.all([
        kube.core.listPodForAllNamespaces(),
        kube.core.listNode(),
        kube.core.listPersistentVolume(),
      ]);
      const names = new Set(nodes.items.map((node) => node.metadata!.name!));
      const busy = [...items.flatMap((pod) => whatItWaitsFor(pod, names)), ...(await unfinished(kube, items))];
      if (busy.length > 0) {
        [seen, since] = ['', Date.now()];
        throw new Error(busy.join(', '));
      }
      const now = items
        .map((pod) => `${nameOf(pod)} ${pod.spec?.nodeName}`)
        .sort()
        .join();
      if (now !== seen) {
        [seen, since] = [now, Date.now()];
      }
      const zones = new Set(nodes.items.map((node) => node.metadata!.labels![ZONE]!));
      const lost = claimsOutside(volumes.items, zones);
      const found = items.filter(isUnplaced).map((pod) => ({
        workload: workloadOf(pod),
        why: whyNot(pod)!,
        stranded: claimsOf(pod).some((claim) => lost.has(claim)),
      }));
      return Date.now() - since >= (isExpected(found) ? QUIET : PATIENT) ? found : undefined;
    },
    { seconds: 150, period: 2000 },
  );
}

/** Claims, by 'namespace/name', whose volume is in none of these zones. */
function claimsOutside(volumes: readonly V1PersistentVolume[], zones: ReadonlySet<string>): ReadonlySet<string> {
  const outside = volumes.filter(({ spec }) => {
    const terms = spec?.nodeAffinity?.required?.nodeSelectorTerms ?? [];
    const named = terms.flatMap(({ matchExpressions = [] }) => matchExpressions.flatMap(({ values = [] }) => values));
    return named.length > 0 && named.every((zone) => !zones.has(zone));
  });
  return new Set(outside.map(({ spec }) => `${spec!.claimRef!.namespace}/${spec!.claimRef!.name}`));
}

const claimsOf = ({ metadata, spec }: V1Pod): string[] =>
  (spec?.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) =>
    claim ? [`${metadata!.namespace}/${claim.claimName}`] : [],
  );

const isUnplaced = (pod: V1Pod): boolean => !pod.spec?.nodeName && whyNot(pod) !== undefined;
const isOver = ({ status }: V1Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

function whatItWaitsFor(pod: V1Pod, nodes: ReadonlySet<string>): string[] {
  const { nodeName } = pod.spec!;
  if (nodeName && !nodes.has(nodeName)) {
    return [`${nameOf(pod)} goes with its node`];
  }
  const settled = !pod.metadata?.deletionTimestamp && (isReady(pod) || isOver(pod) || isUnplaced(pod));
  return settled ? [] : [`${nameOf(pod)} is on its way`];
}

/** What controllers have still to make or to remove. */
async function unfinished({ apps, autoscaling }: Kube, pods: readonly V1Pod[]): Promise<string[]> {
  const [deployments, sets, agents, autoscalers] = await Promise.all([
    apps.listDeploymentForAllNamespaces(),
    apps.listStatefulSetForAllNamespaces(),
    apps.listDaemonSetForAllNamespaces(),
    autoscaling.listHorizontalPodAutoscalerForAllNamespaces(),
  ]);
  const id = ({ metadata }: { readonly metadata?: V1Pod['metadata'] }) => `${metadata!.namespace}/${metadata!.name}`;
  const bounds = new Map(
    autoscalers.items.map(({ metadata, spec }) => [`${metadata!.namespace}/${spec!.scaleTargetRef.name}`, spec!]),
  );
  const rolled = deployments.items.map(({ metadata, spec, status }) => {
    const bound = bounds.get(id({ metadata }));
    const asked = spec!.replicas!;
    const right = !bound || (asked >= bound.minReplicas! && asked <= bound.maxReplicas);
    const surge = Math.ceil(asked / 4);
    const total = status?.replicas ?? 0;
    const whole = total === asked + (status?.updatedReplicas === asked ? 0 : surge);
    // a rollout that waits for room may stand anywhere between
    const stuck = pods.some((pod) => workloadOf(pod) === id({ metadata }) && isUnplaced(pod));
    const enough = whole || (stuck && total >= asked && total <= asked + surge);
    return { id: id({ metadata }), ok: right && status?.observedGeneration === metadata!.generation && enough };
  });
  const ordered = sets.items.map(({ metadata, spec, status }) => {
    const own = pods.filter((pod) => workloadOf(pod) === id({ metadata }));
    return { id: id({ metadata }), ok: status?.availableReplicas === spec!.replicas || own.some(isUnplaced) };
  });
  const everywhere = agents.items.map(({ metadata, status }) => {
    const own = pods.filter((pod) => workloadOf(pod) === id({ metadata }));
    return { id: id({ metadata }), ok: own.length === status?.desiredNumberScheduled };
  });
  return [...rolled, ...ordered, ...everywhere].filter(({ ok }) => !ok).map((one) => `${one.id} is not finished`);
}
