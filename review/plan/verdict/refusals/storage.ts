import { asObject, isObject, type Loose } from '../../../../kube/loose';
import { quantityOf } from '../../../../kube/quantity';
import type { Refusal } from '../../model';
import { at, isEmpty, isSame } from '../values';
import { fixed, immutable, type Rule, type Ruling, type Update } from './refusal';

const STORAGE = ['spec', 'resources', 'requests', 'storage'] as const;

/** Of a claim only the size can grow, and only when it is bound and its class allows it. */
function claim(update: Update): Ruling {
  const { live, next } = update;
  const [before, after] = [live, next].map((of) => asObject(at(of, 'spec'))) as [Loose, Loose];
  const [from = 0n, to = 0n] = [live, next].map((of) => quantityOf(at(of, ...STORAGE)));
  const refusals = [
    ...(isSame(fixedPart(before, before), fixedPart(after, before)) ? [] : [{ field: 'spec', reason: ONLY_SIZE }]),
    ...(to < from ? [{ field: STORAGE.join('.'), reason: 'a volume cannot shrink' }] : []),
    ...immutable(update, 'spec.volumeMode', 'volumeMode'),
    ...source(after),
  ];
  const condition = conditionOf(before, after, to > from);
  return { refusals, ...(refusals.length === 0 && condition !== undefined ? { condition } : {}) };
}

function conditionOf(before: Loose, after: Loose, grows: boolean): string | undefined {
  if (grows) {
    return 'the claim has to be bound, and its StorageClass to allow growth (allowVolumeExpansion)';
  }
  if (before.storageClassName !== after.storageClassName) {
    return 'the claim must not have got the default StorageClass of the cluster';
  }
  if (before.volumeName !== after.volumeName) {
    return 'the claim must not be bound to another volume';
  }
  return before.volumeAttributesClassName === after.volumeAttributesClassName
    ? undefined
    : 'the claim has to be bound, and once it has an attributes class it keeps one';
}

/** What of a claim cannot change: a class and a volume may be named once. */
function fixedPart(spec: Loose, before: Loose): Loose {
  const { resources, volumeAttributesClassName: _, storageClassName, volumeName, ...others } = spec;
  const { requests, ...limits } = asObject(resources);
  const { storage: __, ...other } = asObject(requests);
  const named = {
    storageClassName: before.storageClassName === undefined ? undefined : storageClassName,
    volumeName: before.volumeName === undefined ? undefined : volumeName,
  };
  return { ...others, ...named, limits, other };
}

/** What is left of two sources that do not agree. */
function source({ dataSource }: Loose): Refusal[] {
  if (!isObject(dataSource)) {
    return [];
  }
  const missing = ['kind', 'name'].filter((key) => isEmpty(dataSource[key]));
  const isOther =
    isEmpty(dataSource.apiGroup) && !isEmpty(dataSource.kind) && dataSource.kind !== 'PersistentVolumeClaim';
  return [
    ...missing.map((key) => ({ field: `spec.dataSource.${key}`, reason: 'required' })),
    ...(isOther
      ? [{ field: 'spec.dataSource', reason: 'without an apiGroup it has to be a PersistentVolumeClaim' }]
      : []),
  ];
}

const ONLY_SIZE = 'only the size and the attributes class of a bound claim can change';

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

function sourceOf(spec: unknown): Loose {
  return Object.fromEntries(Object.entries(asObject(spec)).filter(([key]) => !ABOUT_CLAIMS.has(key)));
}

function volume(update: Update): Ruling {
  const [before, after] = [update.live, update.next].map((of) => at(of, 'spec')) as [unknown, unknown];
  const secret = ['csi', 'controllerExpandSecretRef'];
  const isFirst = isObject(at(before, 'csi')) && at(before, ...secret) === undefined;
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
function withoutSecret(source: Loose, isFirst: boolean): Loose {
  if (!isFirst || !isObject(source.csi)) {
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
