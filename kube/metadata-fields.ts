import type { ObjectMeta } from '../imports/kubernetes';
import type { Manifest } from './objects';
import { podTemplates } from './pod-templates';
import type { WorkloadKind } from './workload-kind';
import { workloadKind } from './workload-kinds';

type Metadata = Pick<ObjectMeta, 'annotations' | 'labels'>;

/** Labels and annotations of an object and of what is made from its templates, with the field of each. */
export function metadataFields(manifest: Manifest): readonly (readonly [field: string, metadata: Metadata])[] {
  const found: (readonly [string, Metadata])[] = [['metadata', manifest.metadata]];
  let workload: WorkloadKind | undefined;
  let isTemplated = false;
  for (const placed of podTemplates(manifest)) {
    const { at, template } = placed;
    // a Pod is its own template
    if (at !== '') {
      isTemplated = true;
      workload = placed.workload;
      add(found, at === 'spec.template' ? 'spec.template.metadata' : `${at}.metadata`, template.metadata);
    }
  }
  const { spec } = manifest;
  if (isTemplated && spec) {
    add(found, 'spec.jobTemplate.metadata', (spec.jobTemplate as { metadata?: ObjectMeta } | undefined)?.metadata);
    // of a custom resource the workload is what its pods are like
    const claims = workload?.claims && workloadKind(manifest)?.claims;
    claims?.(spec).forEach(({ metadata }, i) => {
      add(found, `spec.volumeClaimTemplates[${i}].metadata`, metadata as ObjectMeta | undefined);
    });
  }
  return found;
}

function add(found: (readonly [string, Metadata])[], field: string, metadata: Metadata | undefined): void {
  if (metadata) {
    found.push([field, metadata]);
  }
}
