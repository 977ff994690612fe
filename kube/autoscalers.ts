import { ByName } from './by-name';
import type { Manifest } from './objects';

/** The workload that an autoscaler changes. */
export interface ScaleTarget {
  readonly kind: string;
  readonly name: string;
}

/** Between which numbers an autoscaler moves the replicas of a workload. */
export interface ReplicaBounds {
  readonly min: number;
  readonly max: number;
}

/** Whether a manifest is an autoscaler of replicas. */
export const isAutoscaler = ({ kind }: Pick<Manifest, 'kind'>): boolean =>
  kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject';

/** What an autoscaler scales; undefined for anything else, and where it does not say. */
export function scaleTargetOf(manifest: Manifest): ScaleTarget | undefined {
  const target = isAutoscaler(manifest)
    ? (manifest.spec?.scaleTargetRef as Partial<ScaleTarget> | undefined)
    : undefined;
  return target?.name ? { kind: target.kind ?? 'Deployment', name: target.name } : undefined;
}

/** What autoscalers and Rollouts of a namespace may ask for, by kind and name of the workload. */
export function replicaBoundsOf(manifests: readonly Manifest[]): ByName<ReplicaBounds> {
  const found = new ByName<ReplicaBounds>();
  const rollouts: Manifest[] = [];
  for (const manifest of manifests) {
    const bounds = boundsOf(manifest);
    const target = bounds && scaleTargetOf(manifest);
    if (target) {
      found.set(target.kind, `${target.name}`, bounds);
    } else if (manifest.kind === 'Rollout') {
      rollouts.push(manifest);
    }
  }
  for (const manifest of rollouts) {
    const target = rolledOutBy(manifest);
    const { replicas = 1 } = (manifest.spec ?? {}) as { readonly replicas?: unknown };
    const own = found.named('Rollout', manifest.metadata.name);
    if (target && (own || typeof replicas === 'number')) {
      found.set(target.kind, target.name, own ?? { min: Number(replicas), max: Number(replicas) });
    }
  }
  return found;
}

/** Between which numbers an autoscaler moves what it scales; undefined for anything else, and where it does not say. */
export function boundsOf(manifest: Manifest): ReplicaBounds | undefined {
  if (!isAutoscaler(manifest)) {
    return undefined;
  }
  const { kind, spec } = manifest;
  const [min, max] =
    kind === 'HorizontalPodAutoscaler'
      ? [spec?.minReplicas ?? 1, spec?.maxReplicas]
      : [spec?.minReplicaCount ?? 0, spec?.maxReplicaCount ?? 100];
  return typeof max === 'number' && typeof min === 'number' ? { min, max } : undefined;
}

/** The workload whose pods a Rollout of Argo runs in its place; undefined for anything else. */
export function rolledOutBy({ apiVersion, kind, spec }: Manifest): ScaleTarget | undefined {
  const { kind: of, name } = (spec?.workloadRef ?? {}) as Partial<ScaleTarget>;
  return kind === 'Rollout' &&
    apiVersion.startsWith('argoproj.io/') &&
    typeof of === 'string' &&
    typeof name === 'string'
    ? { kind: of, name }
    : undefined;
}
