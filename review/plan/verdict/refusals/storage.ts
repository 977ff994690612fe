import { quantityOf } from '../../../../kube/quantity';
import { at, isSame } from '../values';
import { changed, fixed, immutable, type Rule, type Ruling, type Update } from './refusal';

const STORAGE = ['spec', 'resources', 'requests', 'storage'] as const;

/** Of a claim only the size can grow, and only when it is bound and its class allows it. */
function claim(update: Update): Ruling {
  const { live, next } = update;
  const rest = (of: unknown) => {
    const { resources, volumeAttributesClassName, ...others } = (at(of, 'spec') ?? {}) as Record<string, unknown>;
    const { requests, ...limits } = (resources ?? {}) as Record<string, unknown>;
    const { storage, ...other } = (requests ?? {}) as Record<string, unknown>;
    return { ...others, limits, other };
  };
  if (!isSame(rest(live), rest(next))) {
    return {
      refusals: [
        { field: 'spec', reason: 'only the size and the attributes class of a bound claim can change' },
        ...immutable(update, 'spec.volumeMode', 'volumeMode'),
      ],
    };
  }
  const [from = 0n, to = 0n] = [live, next].map((of) => quantityOf(at(of, ...STORAGE)));
  if (to < from) {
    return { refusals: [{ field: STORAGE.join('.'), reason: 'a volume cannot shrink' }] };
  }
  if (to > from) {
    return {
      refusals: [],
      condition: 'the claim has to be bound, and its StorageClass to allow growth (allowVolumeExpansion)',
    };
  }
  return changed(update, 'spec.volumeAttributesClassName')
    ? { refusals: [], condition: 'the claim has to be bound' }
    : { refusals: [] };
}

export const STORAGE_RULES: Readonly<Record<string, Rule>> = {
  'storage.k8s.io/v1/StorageClass': fixed('parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'),
  'storage.k8s.io/v1/VolumeAttributesClass': fixed('driverName', 'parameters'),
  'storage.k8s.io/v1/CSIDriver': fixed(['spec.attachRequired', 'spec.attachedRequired'], 'spec.volumeLifecycleModes'),
  'storage.k8s.io/v1/CSIStorageCapacity': fixed('nodeTopology', 'storageClassName'),
  'storage.k8s.io/v1/VolumeAttachment': fixed('spec'),
  'v1/PersistentVolumeClaim': claim,
};
