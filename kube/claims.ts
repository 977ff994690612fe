import type { PersistentVolumeClaimSpec } from '../imports/kubernetes';
import type { Manifest } from './objects';
import { podSpecField } from './pod-containers';
import { hasPodTemplate, podTemplates } from './pod-templates';
import { workloadKind } from './workload-kinds';

/** A claim of storage, and where it stands in its object. */
export interface PlacedClaim {
  /** 'spec', 'spec.volumeClaimTemplates[0].spec'. */
  readonly field: string;
  readonly spec: Partial<PersistentVolumeClaimSpec>;
}

/** The API group of what a claim is filled from, such as a snapshot. */
export function sourceGroup({ spec }: PlacedClaim): string | undefined {
  return spec.dataSourceRef?.apiGroup ?? spec.dataSource?.apiGroup;
}

/** The claim of its namespace that a claim is copied from. */
export function copiedClaim({ dataSource, dataSourceRef }: PlacedClaim['spec']): string | undefined {
  const source = dataSourceRef ?? dataSource;
  return source?.kind === 'PersistentVolumeClaim' && !source.apiGroup && !dataSourceRef?.namespace
    ? source.name
    : undefined;
}

/** Whether objects of a kind may have claims. */
export function mayClaim(of: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  return of.kind === 'PersistentVolumeClaim' || hasPodTemplate(of);
}

/** The claims of an object: itself, a template of each member, or a volume that each pod has for itself. */
export function claimsIn(manifest: Manifest): readonly PlacedClaim[] {
  const { apiVersion, kind, spec = {} } = manifest;
  if (apiVersion === 'v1' && kind === 'PersistentVolumeClaim') {
    return [{ field: 'spec', spec: spec as Partial<PersistentVolumeClaimSpec> }];
  }
  const found: PlacedClaim[] = [];
  workloadKind(manifest)
    ?.claims?.(spec)
    .forEach((claim, i) => {
      found.push({ field: `spec.volumeClaimTemplates[${i}].spec`, spec: claim.spec ?? {} });
    });
  for (const pod of podTemplates(manifest)) {
    pod.template.spec?.volumes?.forEach(({ ephemeral }, i) => {
      if (ephemeral) {
        found.push({
          field: `${podSpecField(pod)}.volumes[${i}].ephemeral.volumeClaimTemplate.spec`,
          spec: ephemeral.volumeClaimTemplate?.spec ?? {},
        });
      }
    });
  }
  return found;
}

/** The annotation of the class that claims without one get. */
export const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
/** Its name of old, which Kubernetes still reads. */
const BETA_DEFAULT_CLASS = 'storageclass.beta.kubernetes.io/is-default-class';

/** The annotation that makes a StorageClass the default; undefined where it is not. */
export function defaultClassAnnotation({ metadata }: Pick<Manifest, 'metadata'>): string | undefined {
  return [DEFAULT_CLASS, BETA_DEFAULT_CLASS].find((key) => metadata.annotations?.[key] === 'true');
}
