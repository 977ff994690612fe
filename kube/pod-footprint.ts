import type { AnyObject, Container, PodSpec } from '../imports/kubernetes';
import { amountOf } from './quantity';

/** A manifest with a spec of any kind. */
export type SpecManifest = AnyObject & { readonly spec?: Record<string, unknown> };

/** What a container gets that says nothing of a resource. */
export interface ContainerFallback {
  readonly limits: Readonly<Record<string, string>>;
  readonly requests: Readonly<Record<string, string>>;
}

/** What a pod asks for of a resource at its largest moment, in billionths. Throws a QuantityError when it cannot be read. */
export function podTotal(
  pod: { readonly containers?: readonly Container[]; readonly initContainers?: readonly Container[] },
  of: 'requests' | 'limits',
  name: string,
  fallback: ContainerFallback,
): bigint {
  const amount = ({ resources }: Container) =>
    amountOf(resources?.[of]?.[name] ?? resources?.limits?.[name] ?? fallback[of][name] ?? '0');
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
  const running = (pod.containers ?? []).reduce((total, container) => total + amount(container), staying);
  return running > most ? running : most;
}

/** The pod template of a controller's spec. */
export function templateOf(spec: Record<string, unknown>): {
  metadata?: { labels?: Record<string, string> };
  spec?: PodSpec;
} {
  return (spec.template ?? {}) as { metadata?: { labels?: Record<string, string> }; spec?: PodSpec };
}

/** Between which numbers an autoscaler moves the replicas of a workload. */
export interface ReplicaBounds {
  readonly min: number;
  readonly max: number;
}

/** What autoscalers of a namespace may ask for, by 'Kind/name' of the workload. */
export function replicaBoundsOf(manifests: readonly SpecManifest[]): ReadonlyMap<string, ReplicaBounds> {
  const found = new Map<string, ReplicaBounds>();
  for (const { kind, spec } of manifests) {
    const target = spec?.scaleTargetRef as { kind?: string; name?: string } | undefined;
    const [min, max] =
      kind === 'HorizontalPodAutoscaler'
        ? [spec?.minReplicas ?? 1, spec?.maxReplicas]
        : kind === 'ScaledObject'
          ? [spec?.minReplicaCount ?? 0, spec?.maxReplicaCount ?? 100]
          : [];
    if (typeof max === 'number' && typeof min === 'number' && target?.name) {
      found.set(`${target.kind ?? 'Deployment'}/${target.name}`, { min, max });
    }
  }
  return found;
}

/** Pods of a Deployment beside its replicas while it is rolled. */
export function surgeOf(spec: Record<string, unknown>, replicas: number): number {
  const strategy = spec.strategy as { type?: string; rollingUpdate?: { maxSurge?: number | string } } | undefined;
  return strategy?.type === 'Recreate' ? 0 : shareOf(strategy?.rollingUpdate?.maxSurge ?? '25%', replicas);
}

/** A number, or a percentage rounded up. */
export function shareOf(value: number | string, of: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * of) / 100);
}
