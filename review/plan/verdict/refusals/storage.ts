import { quantityOf } from '../../../../kube/quantity';
import { at, type Fields, isFields, isSame } from '../values';
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

/** What a volume is made of: everything that is not about how it is claimed. */
const ABOUT_CLAIMS: ReadonlySet<string> = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);

function sourceOf(spec: unknown): Fields {
  return Object.fromEntries(Object.entries((spec ?? {}) as Fields).filter(([key]) => !ABOUT_CLAIMS.has(key)));
}

function volume(update: Update): Ruling {
  const [before, after] = [update.live, update.next].map((of) => at(of, 'spec')) as [unknown, unknown];
  const secret = ['csi', 'controllerExpandSecretRef'];
  const isFirst = isFields(at(before, 'csi')) && at(before, ...secret) === undefined;
  const refusals = [
    ...(isSame(sourceOf(before), withoutSecret(sourceOf(after), isFirst))
      ? []
      : [{ field: 'spec.persistentvolumesource', reason: 'what a volume is made of cannot change' }]),
    ...immutable(update, 'spec.volumeMode', 'volumeMode'),
    ...(at(before, 'nodeAffinity') === undefined ? [] : immutable(update, 'spec.nodeAffinity', 'nodeAffinity')),
    ...(at(before, 'volumeAttributesClassName') !== undefined && at(after, 'volumeAttributesClassName') === undefined
      ? [{ field: 'spec.volumeAttributesClassName', reason: 'cannot be taken away' }]
      : []),
  ];
  return { refusals };
}

/** The secret to grow a volume with can be named later. */
function withoutSecret(source: Fields, isFirst: boolean): Fields {
  if (!isFirst || !isFields(source.csi)) {
    return source;
  }
  const { controllerExpandSecretRef: _, ...csi } = source.csi;
  return { ...source, csi };
}

export const STORAGE_RULES: Readonly<Record<string, Rule>> = {
  'storage.k8s.io/v1/StorageClass': fixed('parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'),
  'storage.k8s.io/v1/VolumeAttributesClass': fixed('driverName', 'parameters'),
  'storage.k8s.io/v1/CSIDriver': fixed(['spec.attachRequired', 'spec.attachedRequired'], 'spec.volumeLifecycleModes'),
  'storage.k8s.io/v1/CSIStorageCapacity': fixed('nodeTopology', 'storageClassName'),
  'storage.k8s.io/v1/VolumeAttachment': fixed('spec'),
  'v1/PersistentVolume': volume,
  'v1/PersistentVolumeClaim': claim,
};
