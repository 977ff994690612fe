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
  const target = manifest.spec?.scaleTargetRef as Partial<ScaleTarget> | undefined;
  return isAutoscaler(manifest) && target?.name ? { kind: target.kind ?? 'Deployment', name: target.name } : undefined;
}

/** What autoscalers and Rollouts of a namespace may ask for, by 'Kind/name' of the workload. */
export function replicaBoundsOf(manifests: readonly Manifest[]): ReadonlyMap<string, ReplicaBounds> {
  const found = new Map<string, ReplicaBounds>();
  for (const manifest of manifests.filter(isAutoscaler)) {
    const target = scaleTargetOf(manifest);
    const { kind, spec } = manifest;
    const [min, max] =
      kind === 'HorizontalPodAutoscaler'
        ? [spec?.minReplicas ?? 1, spec?.maxReplicas]
        : [spec?.minReplicaCount ?? 0, spec?.maxReplicaCount ?? 100];
    if (target && typeof max === 'number' && typeof min === 'number') {
      found.set(`${target.kind}/${target.name}`, { min, max });
    }
  }
  for (const manifest of manifests.filter(({ kind }) => kind === 'Rollout')) {
    const target = rolledOutBy(manifest);
    const { replicas = 1 } = (manifest.spec ?? {}) as { readonly replicas?: unknown };
    const own = found.get(`Rollout/${manifest.metadata.name}`);
    if (target && (own || typeof replicas === 'number')) {
      found.set(`${target.kind}/${target.name}`, own ?? { min: Number(replicas), max: Number(replicas) });
    }
  }
  return found;
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
