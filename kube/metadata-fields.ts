import type { ObjectMeta } from '../imports/kubernetes';
import type { Manifest } from './objects';
import { podTemplate, podTemplateField, workloadKind } from './workload-kinds';

/** Labels and annotations of an object and of what is made from its templates, with the field of each. */
export function metadataFields(
  manifest: Manifest,
): readonly (readonly [field: string, metadata: Pick<ObjectMeta, 'annotations' | 'labels'>])[] {
  const own = ['metadata', manifest.metadata] as const;
  const workload = workloadKind(manifest);
  if (!workload) {
    return [own];
  }
  const spec = manifest.spec ?? {};
  const found: (readonly [string, Pick<ObjectMeta, 'annotations' | 'labels'> | undefined])[] = [
    own,
    [`${podTemplateField(manifest)}.metadata`, podTemplate(manifest)?.metadata],
    ['spec.jobTemplate.metadata', (spec.jobTemplate as { metadata?: ObjectMeta } | undefined)?.metadata],
    ...(workload.claims?.(spec) ?? []).map(
      ({ metadata }, i) => [`spec.volumeClaimTemplates[${i}].metadata`, metadata as ObjectMeta | undefined] as const,
    ),
  ];
  return found.flatMap(([field, metadata]) => (metadata ? [[field, metadata] as const] : []));
}
