import { asObject, isObject, type Loose } from '../../../kube/loose';
import type { Manifest } from '../../../kube/objects';
import { claimSources } from './update/claims';
import { familyPolicy } from './update/services';

/** What the API server adds to an object when it is created, and keeps when it is applied again. */
const ADDED: Readonly<Record<string, (manifest: Manifest) => Manifest>> = {
  'batch/v1/Job': jobLabels,
  'storage.k8s.io/v1/VolumeAttributesClass': (manifest) => withFinalizer(manifest, 'kubernetes.io/vac-protection'),
  'v1/Namespace': (manifest) => {
    const labels = { 'kubernetes.io/metadata.name': manifest.metadata.name };
    return {
      ...manifest,
      metadata: { ...manifest.metadata, labels: { ...manifest.metadata.labels, ...labels } },
      spec: { ...manifest.spec, finalizers: ['kubernetes'] },
    };
  },
  'v1/PersistentVolume': (manifest) => withFinalizer(manifest, 'kubernetes.io/pv-protection'),
  'v1/PersistentVolumeClaim': (manifest) => withFinalizer(manifest, 'kubernetes.io/pvc-protection'),
};

/** What the API server decides of a new object from what else it says. */
const DECIDED: Readonly<Record<string, (manifest: Manifest, spec: Loose) => Manifest>> = {
  'v1/PersistentVolumeClaim': (manifest, spec) => ({ ...manifest, spec: claimSources(spec, false) }),
  'v1/Service': (manifest, spec) =>
    spec.type === 'ExternalName' ? manifest : { ...manifest, spec: { ipFamilyPolicy: familyPolicy(spec), ...spec } },
};

export function afterCreation(manifest: Manifest): Manifest {
  const decide = DECIDED[`${manifest.apiVersion}/${manifest.kind}`];
  return decide && isObject(manifest.spec) ? decide(manifest, manifest.spec) : manifest;
}

/** The labels by which a Job finds its pods; those with its uid are not known before. */
function jobLabels(manifest: Manifest): Manifest {
  const spec = asObject(manifest.spec);
  if (spec.manualSelector === true) {
    return manifest;
  }
  const { name } = manifest.metadata;
  const template = asObject(spec.template);
  const metadata = asObject(template.metadata);
  const labels = { ...asObject(metadata.labels), 'batch.kubernetes.io/job-name': name, 'job-name': name };
  return { ...manifest, spec: { ...spec, template: { ...template, metadata: { ...metadata, labels } } } };
}

export function atCreation(manifest: Manifest): Manifest {
  const added = ADDED[`${manifest.apiVersion}/${manifest.kind}`];
  return added && isObject(manifest.metadata) ? added(manifest) : manifest;
}

/** A volume in use is not deleted. */
function withFinalizer(manifest: Manifest, finalizer: string): Manifest {
  const given = manifest.metadata.finalizers ?? [];
  const finalizers = given.includes(finalizer) ? given : [...given, finalizer];
  return { ...manifest, metadata: { ...manifest.metadata, finalizers } };
}
