import type { PersistentVolumeClaimSpec, PodSpec, ServiceSpec } from '../../imports/kubernetes';
import type { ReplicaBounds } from '../../kube/autoscalers';
import type { ByName } from '../../kube/by-name';
import type { Manifest } from '../../kube/objects';
import { podTotal } from '../../kube/pod-resources';
import { hasPodTemplate, podTemplates } from '../../kube/pod-templates';
import { amountOf } from '../../kube/quantity';
import type { PlacedTemplate } from '../../kube/workload-kind';
import { CONTAINER_DEFAULTS } from '../pods/container-defaults';

/** What objects use of a quota at their maximum: CPU, memory and storage in billionths, the rest by number. */
export interface Footprint {
  readonly pods: bigint;
  readonly cpu: bigint;
  readonly memory: bigint;
  readonly memoryLimit: bigint;
  readonly ephemeralStorage: bigint;
  readonly claims: bigint;
  readonly storage: bigint;
  /** The same storage by class; '' for claims of the default class. */
  readonly byClass: ReadonlyMap<string, bigint>;
  readonly loadBalancers: bigint;
  readonly nodePorts: bigint;
}

export const NOTHING: Footprint = {
  pods: 0n,
  cpu: 0n,
  memory: 0n,
  memoryLimit: 0n,
  ephemeralStorage: 0n,
  claims: 0n,
  storage: 0n,
  byClass: new Map(),
  loadBalancers: 0n,
  nodePorts: 0n,
};

/** Stands for the class that a claim without one gets. */
export const DEFAULT = '';

/** What the number of pods depends on besides the manifest of the workload. */
export interface Surroundings {
  /** The replica bounds of autoscalers, by kind and name. */
  readonly replicas: ByName<ReplicaBounds>;
  /** The number of nodes that a DaemonSet runs on; undefined if not known. */
  readonly nodes: number | undefined;
}

/**
 * A workload at its maximum during a rollout: its pods, the surge, and as many again that are terminating and still count.
 * Claims count twice as well: they outlive their members and workloads, and while the quota controller has not seen a new
 * quota, a growing claim is checked against the old one. A workload that is parked at 0 replicas counts as one pod: it can
 * be started by hand, and the LimitRange, which follows from the total, allows its containers. Undefined if the number of
 * pods is not known.
 */
export function footprint(manifest: Manifest, around: Surroundings): Footprint | undefined {
  const { kind, metadata, spec = {} } = manifest;
  if (hasPodTemplate(manifest)) {
    const bound = around.replicas.named(kind, metadata.name)?.max;
    let sum: Footprint | undefined = NOTHING;
    for (const placed of podTemplates(manifest)) {
      const part = ofTemplate(placed, bound, around.nodes);
      sum = sum && part && add(sum, part);
    }
    return sum;
  }
  if (kind === 'Service') {
    return ofService(spec as unknown as ServiceSpec);
  }
  return kind === 'PersistentVolumeClaim' ? ofClaims(spec as unknown as PersistentVolumeClaimSpec, 2) : NOTHING;
}

function ofTemplate(
  { template, workload, of, times, at }: PlacedTemplate,
  bound: number | undefined,
  nodes: number | undefined,
): Footprint | undefined {
  if (!workload) {
    // of a PodTemplate there are no pods
    return at === '' ? ofPods(template.spec, 1) : NOTHING;
  }
  if (workload.perNode) {
    return nodes === undefined ? undefined : ofPods(template.spec, 2 * nodes);
  }
  const declared = (workload.most ?? workload.replicas)(of) * times;
  const most = bound ?? (workload.scaled ? declared || 1 : declared);
  const claims = (workload.claims?.(of) ?? []).map((claim) => ofClaims(claim.spec, 2 * most));
  return claims.reduce(add, ofPods(template.spec, 2 * (most + (workload.surge?.(of, most) ?? 0))));
}

export function add(a: Footprint, b: Footprint): Footprint {
  if (a === NOTHING || b === NOTHING) {
    return a === NOTHING ? b : a;
  }
  return {
    pods: a.pods + b.pods,
    cpu: a.cpu + b.cpu,
    memory: a.memory + b.memory,
    memoryLimit: a.memoryLimit + b.memoryLimit,
    ephemeralStorage: a.ephemeralStorage + b.ephemeralStorage,
    claims: a.claims + b.claims,
    storage: a.storage + b.storage,
    byClass: sums(a.byClass, b.byClass),
    loadBalancers: a.loadBalancers + b.loadBalancers,
    nodePorts: a.nodePorts + b.nodePorts,
  };
}

function sums(a: Footprint['byClass'], b: Footprint['byClass']): Footprint['byClass'] {
  if (a.size === 0 || b.size === 0) {
    return a.size === 0 ? b : a;
  }
  const all = new Map(a);
  for (const [name, storage] of b) {
    all.set(name, (all.get(name) ?? 0n) + storage);
  }
  return all;
}

function times(f: Footprint, count: number): Footprint {
  const n = BigInt(count);
  return {
    pods: f.pods * n,
    cpu: f.cpu * n,
    memory: f.memory * n,
    memoryLimit: f.memoryLimit * n,
    ephemeralStorage: f.ephemeralStorage * n,
    claims: f.claims * n,
    storage: f.storage * n,
    byClass: f.byClass.size === 0 ? f.byClass : new Map([...f.byClass].map(([name, storage]) => [name, storage * n])),
    loadBalancers: f.loadBalancers * n,
    nodePorts: f.nodePorts * n,
  };
}

function ofPods(pod: PodSpec | undefined, count: number): Footprint {
  if (!pod) {
    return NOTHING;
  }
  const sum = (of: 'requests' | 'limits', name: string) => podTotal(pod, of, name, CONTAINER_DEFAULTS) * BigInt(count);
  const all: Footprint = {
    pods: BigInt(count),
    cpu: sum('requests', 'cpu'),
    memory: sum('requests', 'memory'),
    memoryLimit: sum('limits', 'memory'),
    ephemeralStorage: sum('requests', 'ephemeral-storage'),
    claims: 0n,
    storage: 0n,
    byClass: NOTHING.byClass,
    loadBalancers: 0n,
    nodePorts: 0n,
  };
  // claims that come and go with the pods
  const claims = (pod.volumes ?? []).flatMap(({ ephemeral }) => ephemeral?.volumeClaimTemplate?.spec ?? []);
  return claims.reduce((total, claim) => add(total, ofClaims(claim, count)), all);
}

function ofClaims(spec: PersistentVolumeClaimSpec, count: number): Footprint {
  const storage = amountOf(spec.resources?.requests?.storage ?? '0');
  const { storageClassName, volumeName } = spec;
  // a volume that exists has no class that a quota counts
  const byClass = new Map(
    storageClassName === '' || volumeName !== undefined ? [] : [[storageClassName ?? DEFAULT, storage]],
  );
  return times({ ...NOTHING, claims: 1n, storage, byClass }, count);
}

/** Twice, since a Service of another name is made before the old one is removed. */
function ofService({ type, ports, allocateLoadBalancerNodePorts }: ServiceSpec): Footprint {
  const balanced = type === 'LoadBalancer';
  const onNodes = type === 'NodePort' || (balanced && allocateLoadBalancerNodePorts !== false);
  const nodePorts = onNodes && Array.isArray(ports) ? BigInt(ports.length) : 0n;
  if (!balanced && nodePorts === 0n) {
    return NOTHING;
  }
  return times({ ...NOTHING, loadBalancers: balanced ? 1n : 0n, nodePorts }, 2);
}
