import type { ObjectMeta } from '../imports/kubernetes';
import type { Manifest } from './objects';
import { podTemplates } from './pod-templates';
import { workloadKind } from './workload-kinds';

/** Labels and annotations of an object and of what is made from its templates, with the field of each. */
export function metadataFields(
  manifest: Manifest,
): readonly (readonly [field: string, metadata: Pick<ObjectMeta, 'annotations' | 'labels'>])[] {
  const own = ['metadata', manifest.metadata] as const;
  // a Pod is its own template
  const templates = podTemplates(manifest).filter(({ at }) => at !== '');
  if (templates.length === 0) {
    return [own];
  }
  const workload = workloadKind(manifest);
  const spec = manifest.spec ?? {};
  const found: (readonly [string, Pick<ObjectMeta, 'annotations' | 'labels'> | undefined])[] = [
    own,
    ...templates.map(({ at, template }) => [`${at}.metadata`, template.metadata] as const),
    ['spec.jobTemplate.metadata', (spec.jobTemplate as { metadata?: ObjectMeta } | undefined)?.metadata],
    ...(workload?.claims?.(spec) ?? []).map(
      ({ metadata }, i) => [`spec.volumeClaimTemplates[${i}].metadata`, metadata as ObjectMeta | undefined] as const,
    ),
  ];
  return found.flatMap(([field, metadata]) => (metadata ? [[field, metadata] as const] : []));
}
