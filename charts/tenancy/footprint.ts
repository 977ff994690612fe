import type { PersistentVolumeClaimSpec, PodSpec } from '../../imports/kubernetes';
import { podTotal, type ReplicaBounds, type SpecManifest, surgeOf, templateOf } from '../../kube/pod-footprint';
import { amountOf } from '../../kube/quantity';
import { CONTAINER_DEFAULTS } from './limits';

/** What a set of objects takes of a namespace at its largest: pods and claims by number, the rest in billionths. */
export interface Footprint {
  readonly pods: bigint;
  readonly cpu: bigint;
  readonly memory: bigint;
  readonly memoryLimit: bigint;
  readonly ephemeralStorage: bigint;
  readonly claims: bigint;
  readonly storage: bigint;
}

export const NOTHING: Footprint = {
  pods: 0n,
  cpu: 0n,
  memory: 0n,
  memoryLimit: 0n,
  ephemeralStorage: 0n,
  claims: 0n,
  storage: 0n,
};

/** What the workloads' number of pods depends on besides their own manifest. */
export interface Surroundings {
  /** What autoscalers may ask for, by 'Kind/name'. */
  readonly replicas: ReadonlyMap<string, ReplicaBounds>;
  /** Nodes on which a DaemonSet runs; undefined where nobody knows. */
  readonly nodes: number | undefined;
}

/** Runs that may overlap where the schedule allows it. */
const OVERLAPPING_RUNS = 3;

/**
 * A workload at its maximum, in the middle of a rollout: its pods, the surge, and as many again that are terminating but
 * still count. Claims too count twice: they outlive members and workloads that are gone, and one that grows is judged by the
 * quota of before, as long as the controller of quotas has not seen the new one that was applied with it. Undefined when the
 * number of pods is not known.
 */
export function footprint(manifest: SpecManifest, around: Surroundings): Footprint | undefined {
  const { kind, metadata, spec = {} } = manifest;
  switch (kind) {
    case 'Deployment': {
      const most = around.replicas.get(`Deployment/${metadata.name}`)?.max ?? Number(spec.replicas ?? 1);
      return ofPods(templateOf(spec).spec, 2 * (most + surgeOf(spec, most)));
    }
    case 'StatefulSet': {
      const most = around.replicas.get(`StatefulSet/${metadata.name}`)?.max ?? Number(spec.replicas ?? 1);
      const templates = (spec.volumeClaimTemplates ?? []) as { spec: PersistentVolumeClaimSpec }[];
      const claims = templates.map((t) => ofClaims(t.spec, 2 * most)).reduce(add, NOTHING);
      return add(ofPods(templateOf(spec).spec, 2 * most), claims);
    }
    case 'DaemonSet':
      return around.nodes === undefined ? undefined : ofPods(templateOf(spec).spec, 2 * around.nodes);
    case 'Job':
      return ofPods(templateOf(spec).spec, 2 * Number(spec.parallelism ?? 1));
    case 'CronJob': {
      const job = (spec.jobTemplate as { spec?: Record<string, unknown> } | undefined)?.spec ?? {};
      const runs =
        spec.concurrencyPolicy === 'Forbid' ? 1 : spec.concurrencyPolicy === 'Replace' ? 2 : OVERLAPPING_RUNS;
      return ofPods(templateOf(job).spec, 2 * runs * Number(job.parallelism ?? 1));
    }
    case 'Pod':
      return ofPods(spec as unknown as PodSpec, 1);
    case 'PersistentVolumeClaim':
      return ofClaims(spec as unknown as PersistentVolumeClaimSpec, 2);
    default:
      return NOTHING;
  }
}

export function add(a: Footprint, b: Footprint): Footprint {
  return {
    pods: a.pods + b.pods,
    cpu: a.cpu + b.cpu,
    memory: a.memory + b.memory,
    memoryLimit: a.memoryLimit + b.memoryLimit,
    ephemeralStorage: a.ephemeralStorage + b.ephemeralStorage,
    claims: a.claims + b.claims,
    storage: a.storage + b.storage,
  };
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
  };
}

function ofPods(pod: PodSpec | undefined, count: number): Footprint {
  if (!pod) {
    return NOTHING;
  }
  const sum = (of: 'requests' | 'limits', name: string) => podTotal(pod, of, name, CONTAINER_DEFAULTS);
  const one: Footprint = {
    ...NOTHING,
    pods: 1n,
    cpu: sum('requests', 'cpu'),
    memory: sum('requests', 'memory'),
    memoryLimit: sum('limits', 'memory'),
    ephemeralStorage: sum('requests', 'ephemeral-storage'),
  };
  return times(one, count);
}

function ofClaims(spec: PersistentVolumeClaimSpec, count: number): Footprint {
  const storage = amountOf(spec.resources?.requests?.storage ?? '0');
  return times({ ...NOTHING, claims: 1n, storage }, count);
}
