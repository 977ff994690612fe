import type { AnyObject, PersistentVolumeClaimSpec, PodSpec } from '../core/k8s';
import { parseQuantity } from '../core/quantity';
import { CONTAINER_DEFAULTS } from './limits';

/** What a set of objects takes of a namespace at its largest, in thousandths. */
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
  /** Largest number of replicas by 'Kind/name', from autoscalers. */
  readonly maxReplicas: ReadonlyMap<string, number>;
  /** Nodes on which a DaemonSet runs; undefined where nobody knows. */
  readonly nodes: number | undefined;
}

type Manifest = AnyObject & { readonly spec?: Record<string, unknown> };

/** Runs that may overlap where the schedule allows it. */
const OVERLAPPING_RUNS = 3;

/** The largest numbers of replicas that autoscalers may ask for. */
export function maxReplicasOf(manifests: readonly Manifest[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { kind, spec } of manifests) {
    const target = spec?.scaleTargetRef as { kind?: string; name?: string } | undefined;
    const max =
      kind === 'HorizontalPodAutoscaler'
        ? spec?.maxReplicas
        : kind === 'ScaledObject'
          ? (spec?.maxReplicaCount ?? 100)
          : undefined;
    if (typeof max === 'number' && target?.name) {
      found.set(`${target.kind ?? 'Deployment'}/${target.name}`, max);
    }
  }
  return found;
}

/**
 * A workload at its maximum, in the middle of a rollout: its pods, the surge, and as many again that are terminating but
 * still count. Undefined when the number of its pods is not known.
 */
export function footprint(manifest: Manifest, around: Surroundings): Footprint | undefined {
  const { kind, metadata, spec = {} } = manifest;
  switch (kind) {
    case 'Deployment': {
      const most = around.maxReplicas.get(`Deployment/${metadata.name}`) ?? Number(spec.replicas ?? 1);
      const strategy = spec.strategy as { type?: string; rollingUpdate?: { maxSurge?: number | string } } | undefined;
      const surge = strategy?.type === 'Recreate' ? 0 : share(strategy?.rollingUpdate?.maxSurge ?? '25%', most);
      return ofPods(templateOf(spec), 2 * (most + surge));
    }
    case 'StatefulSet': {
      const most = around.maxReplicas.get(`StatefulSet/${metadata.name}`) ?? Number(spec.replicas ?? 1);
      const templates = (spec.volumeClaimTemplates ?? []) as { spec: PersistentVolumeClaimSpec }[];
      const claims = templates.map((t) => times(ofClaim(t.spec), most)).reduce(add, NOTHING);
      return add(ofPods(templateOf(spec), 2 * most), claims);
    }
    case 'DaemonSet':
      return around.nodes === undefined ? undefined : ofPods(templateOf(spec), 2 * around.nodes);
    case 'Job':
      return ofPods(templateOf(spec), 2 * Number(spec.parallelism ?? 1));
    case 'CronJob': {
      const job = (spec.jobTemplate as { spec?: Record<string, unknown> } | undefined)?.spec ?? {};
      const runs =
        spec.concurrencyPolicy === 'Forbid' ? 1 : spec.concurrencyPolicy === 'Replace' ? 2 : OVERLAPPING_RUNS;
      return ofPods(templateOf(job), 2 * runs * Number(job.parallelism ?? 1));
    }
    case 'Pod':
      return ofPods(spec as unknown as PodSpec, 1);
    case 'PersistentVolumeClaim':
      return ofClaim(spec as unknown as PersistentVolumeClaimSpec);
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

function templateOf(spec: Record<string, unknown>): PodSpec | undefined {
  return (spec.template as { spec?: PodSpec } | undefined)?.spec;
}

function ofPods(pod: PodSpec | undefined, count: number): Footprint {
  if (!pod) {
    return NOTHING;
  }
  const sum = (of: 'requests' | 'limits', name: string): bigint => {
    const amount = (c: {
      resources?: { requests?: Record<string, string | number>; limits?: Record<string, string | number> };
    }) => parseQuantity(String(c.resources?.[of]?.[name] ?? c.resources?.limits?.[name] ?? fallback(of, name))) ?? 0n;
    // sidecars stay, so what starts after one comes on top of it; what runs first does so one at a time
    let staying = 0n;
    let most = 0n;
    for (const container of pod.initContainers ?? []) {
      if (container.restartPolicy === 'Always') {
        staying += amount(container);
      } else if (staying + amount(container) > most) {
        most = staying + amount(container);
      }
    }
    const running = pod.containers.reduce((total, c) => total + amount(c), staying);
    return running > most ? running : most;
  };
  const one: Footprint = {
    ...NOTHING,
    pods: 1000n,
    cpu: sum('requests', 'cpu'),
    memory: sum('requests', 'memory'),
    memoryLimit: sum('limits', 'memory'),
    ephemeralStorage: sum('requests', 'ephemeral-storage'),
  };
  return times(one, count);
}

function ofClaim(spec: PersistentVolumeClaimSpec): Footprint {
  return { ...NOTHING, claims: 1000n, storage: parseQuantity(String(spec.resources?.requests?.storage ?? '0')) ?? 0n };
}

/** What the API server writes into a container that says nothing. */
function fallback(of: 'requests' | 'limits', name: string): string {
  return (CONTAINER_DEFAULTS[of] as Readonly<Record<string, string>>)[name] ?? '0';
}

/** A number, or a percentage rounded up. */
function share(value: number | string, of: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * of) / 100);
}
