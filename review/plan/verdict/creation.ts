import type { Manifest } from '../../../kube/objects';
import { claimSources } from './update/claims';
import { familyPolicy } from './update/services';
import { isFields } from './values';

/** What the API server adds to an object when it is created, and keeps when it is applied again. */
const ADDED: Readonly<Record<string, (manifest: Manifest) => Manifest>> = {
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

/** What the API server decides of a new claim or Service, from what else they say. */
export function afterCreation(manifest: Manifest): Manifest {
  const { apiVersion, kind, spec } = manifest;
  if (kind === 'PersistentVolumeClaim' && apiVersion === 'v1' && isFields(spec)) {
    return { ...manifest, spec: claimSources(spec, false) };
  }
  if (apiVersion !== 'v1' || kind !== 'Service' || !isFields(spec) || spec.type === 'ExternalName') {
    return manifest;
  }
  return { ...manifest, spec: { ipFamilyPolicy: familyPolicy(spec), ...spec } };
}

export function atCreation(manifest: Manifest): Manifest {
  const added = ADDED[`${manifest.apiVersion}/${manifest.kind}`];
  return added && isFields(manifest.metadata) ? added(manifest) : manifest;
}

/** A volume in use is not deleted. */
function withFinalizer(manifest: Manifest, finalizer: string): Manifest {
  const given = manifest.metadata.finalizers ?? [];
  const finalizers = given.includes(finalizer) ? given : [...given, finalizer];
  return { ...manifest, metadata: { ...manifest.metadata, finalizers } };
}
