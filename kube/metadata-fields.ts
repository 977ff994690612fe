import type { ObjectMeta } from '../imports/kubernetes';
import type { Manifest } from './objects';
import { podTemplates } from './pod-templates';
import { workloadKind } from './workload-kinds';

type Metadata = Pick<ObjectMeta, 'annotations' | 'labels'>;

/** Labels and annotations of an object and of what is made from its templates, with the field of each. */
export function metadataFields(manifest: Manifest): readonly (readonly [field: string, metadata: Metadata])[] {
  const found: (readonly [string, Metadata])[] = [['metadata', manifest.metadata]];
  const add = (field: string, metadata: Metadata | undefined) => metadata && found.push([field, metadata]);
  let isTemplated = false;
  for (const { at, template } of podTemplates(manifest)) {
    // a Pod is its own template
    if (at !== '') {
      isTemplated = true;
      add(`${at}.metadata`, template.metadata);
    }
  }
  if (isTemplated) {
    const spec = manifest.spec ?? {};
    add('spec.jobTemplate.metadata', (spec.jobTemplate as { metadata?: ObjectMeta } | undefined)?.metadata);
    workloadKind(manifest)
      ?.claims?.(spec)
      .forEach(({ metadata }, i) => {
        add(`spec.volumeClaimTemplates[${i}].metadata`, metadata as ObjectMeta | undefined);
      });
  }
  return found;
}
