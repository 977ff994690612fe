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

/** What autoscalers of a namespace may ask for, by 'Kind/name' of the workload. */
export function replicaBoundsOf(manifests: readonly Manifest[]): ReadonlyMap<string, ReplicaBounds> {
  const found = new Map<string, ReplicaBounds>();
  for (const manifest of manifests) {
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
  return found;
}
