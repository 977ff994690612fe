import type {
  V1DaemonSet,
  V1Deployment,
  V1EndpointSlice,
  V1Job,
  V1PersistentVolumeClaim,
  V1Pod,
  V1Service,
  V1StatefulSet,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';
import type { Kube } from './kube';
import { isReady, nameOf } from './pods';

/** What is in a namespace, or in all of them, at one moment. */
export interface Snapshot {
  readonly deployments: readonly V1Deployment[];
  readonly statefulSets: readonly V1StatefulSet[];
  readonly daemonSets: readonly V1DaemonSet[];
  readonly jobs: readonly V1Job[];
  readonly autoscalers: readonly V2HorizontalPodAutoscaler[];
  readonly pods: readonly V1Pod[];
  readonly services: readonly V1Service[];
  readonly slices: readonly V1EndpointSlice[];
  readonly claims: readonly V1PersistentVolumeClaim[];
}

/** All namespaces at once: to ask for each by itself would keep the machine busy. */
export async function snapshot({ apps, autoscaling, batch, core, discovery }: Kube): Promise<Snapshot> {
  const [deployments, statefulSets, daemonSets, jobs, autoscalers, pods, services, slices, claims] = await Promise.all([
    apps.listDeploymentForAllNamespaces(),
    apps.listStatefulSetForAllNamespaces(),
    apps.listDaemonSetForAllNamespaces(),
    batch.listJobForAllNamespaces(),
    autoscaling.listHorizontalPodAutoscalerForAllNamespaces(),
    core.listPodForAllNamespaces(),
    core.listServiceForAllNamespaces(),
    discovery.listEndpointSliceForAllNamespaces(),
    core.listPersistentVolumeClaimForAllNamespaces(),
  ]);
  return {
    deployments: deployments.items,
    statefulSets: statefulSets.items,
    daemonSets: daemonSets.items,
    jobs: jobs.items,
    autoscalers: autoscalers.items,
    pods: pods.items,
    services: services.items,
    slices: slices.items,
    claims: claims.items,
  };
}

/** The part of it that is in some namespaces. */
export function within(all: Snapshot, namespaces: ReadonlySet<string>): Snapshot {
  const own = ([key, items]: [string, { metadata?: { namespace?: string } }[]]) => [
    key,
    items.filter(({ metadata }) => namespaces.has(metadata?.namespace ?? '')),
  ];
  return Object.fromEntries(Object.entries(all).map(own)) as unknown as Snapshot;
}

/** What the controllers still have to do; empty when everything is as it was asked for. */
export function unsettled(now: Snapshot): string[] {
  const open = <T extends { metadata?: { namespace?: string; name?: string } }>(
    what: string,
    items: readonly T[],
    isDone: (item: T) => boolean,
  ) => items.filter((item) => !isDone(item)).map(({ metadata: m }) => `${what} ${m?.namespace}/${m?.name}`);
  return [
    ...open('Deployment', now.deployments, deploymentIsDone),
    ...open('StatefulSet', now.statefulSets, statefulSetIsDone),
    ...open('DaemonSet', now.daemonSets, daemonSetIsDone),
    ...open('Job', now.jobs, jobIsDone),
    ...open('least count of', now.autoscalers, (autoscaler) => isAtLeastMinimum(autoscaler, now)),
    ...open('end of', now.pods, ({ metadata }) => metadata?.deletionTimestamp === undefined),
    ...open('endpoints of', now.services, (service) => endpointsAreDone(service, now)),
  ];
}

/** A Deployment that is paused keeps its old pods. */
function deploymentIsDone({ metadata, spec, status }: V1Deployment): boolean {
  const counts = [status?.replicas, status?.availableReplicas, ...(spec?.paused ? [] : [status?.updatedReplicas])];
  return status?.observedGeneration === metadata?.generation && counts.every((count) => count === spec?.replicas);
}

/** A StatefulSet with a partition keeps the members below it, one with OnDelete all of them. */
function statefulSetIsDone({ metadata, spec, status }: V1StatefulSet): boolean {
  const { type, rollingUpdate } = spec?.updateStrategy ?? {};
  const kept = type === 'OnDelete' ? Number.POSITIVE_INFINITY : (rollingUpdate?.partition ?? 0);
  const isRolled =
    status?.currentRevision === status?.updateRevision ||
    (kept > 0 && (status?.updatedReplicas ?? 0) >= (spec?.replicas ?? 1) - kept);
  const counts = [status?.replicas, status?.availableReplicas];
  return (
    status?.observedGeneration === metadata?.generation &&
    isRolled &&
    // of a set that is rolled out the status counts no pods of another revision
    counts.every((count) => count === spec?.replicas)
  );
}

function daemonSetIsDone({ metadata, spec, status }: V1DaemonSet): boolean {
  const waits = spec?.updateStrategy?.type === 'OnDelete';
  const counts = [status?.numberAvailable, ...(waits ? [] : [status?.updatedNumberScheduled])];
  return (
    status?.observedGeneration === metadata?.generation &&
    status?.desiredNumberScheduled !== 0 &&
    counts.every((count) => count === status?.desiredNumberScheduled)
  );
}

const jobIsDone = ({ status }: V1Job): boolean =>
  status?.conditions?.some((c) => ['Complete', 'Failed'].includes(c.type) && c.status === 'True') ?? false;

/** Without metrics an autoscaler still holds to its bounds. */
function isAtLeastMinimum({ metadata, spec }: V2HorizontalPodAutoscaler, { deployments }: Snapshot): boolean {
  const target = deployments.find(
    (d) => d.metadata?.namespace === metadata?.namespace && d.metadata?.name === spec?.scaleTargetRef.name,
  );
  return (target?.spec?.replicas ?? 0) >= (spec?.minReplicas ?? 1);
}

function endpointsAreDone(service: V1Service, now: Snapshot): boolean {
  const selector = Object.entries(service.spec?.selector ?? {});
  const selected = now.pods.filter(
    (pod) =>
      isReady(pod) &&
      selector.length > 0 &&
      pod.metadata?.namespace === service.metadata?.namespace &&
      selector.every(([key, value]) => pod.metadata?.labels?.[key] === value),
  );
  const behind = podsBehind(service, now);
  return selected.length === behind.length && selected.every((pod) => behind.includes(nameOf(pod)));
}

/** The names of the pods that a service sends to. */
export function podsBehind({ metadata }: V1Service, { slices }: Snapshot): string[] {
  const own = slices.filter(
    (slice) =>
      slice.metadata?.namespace === metadata?.namespace &&
      slice.metadata?.labels?.['kubernetes.io/service-name'] === metadata?.name,
  );
  return own.flatMap(({ endpoints }) =>
    // a slice without any says null
    (endpoints ?? []).filter(({ conditions }) => conditions?.ready).map(({ targetRef }) => targetRef?.name ?? ''),
  );
}
