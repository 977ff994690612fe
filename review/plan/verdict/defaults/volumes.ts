import type { Draft } from '../stored';
import { type Fields, isEmpty, isFields } from '../values';
import type { Default, Defaults } from './default';
import { pullPolicyOf } from './pods';

const READABLE: Default = { values: { defaultMode: 0o644 } };
const CEPH: Default = { values: { keyring: '/etc/ceph/keyring', pool: 'rbd', user: 'admin' } };
const ISCSI: Default = { values: { iscsiInterface: 'default' } };
const SCALE_IO: Default = { values: { fsType: 'xfs', storageMode: 'ThinProvisioned' } };

/** Where a claim of old clients says what it is filled from, and where one of new ones does: both say the same. */
const SOURCES: Default = {
  values: { volumeMode: 'Filesystem' },
};
const COPIED = ['apiGroup', 'kind', 'name'];

/** Of a claim itself, and not of the templates of claims. */
function sources(spec: Draft): Draft {
  const [from, also] = [spec.dataSource, spec.dataSourceRef];
  if (isFields(from) && !isFields(also)) {
    return isOldSource(from) ? { ...spec, dataSourceRef: copied(from) } : { ...spec, dataSource: undefined };
  }
  return isFields(also) && !isFields(from) && isEmpty(also.namespace) ? { ...spec, dataSource: copied(also) } : spec;
}

/** Old clients name claims and snapshots; anything else is dropped silently. */
function isOldSource({ apiGroup, kind }: Fields): boolean {
  return isEmpty(apiGroup)
    ? kind === 'PersistentVolumeClaim'
    : kind === 'VolumeSnapshot' && apiGroup === 'snapshot.storage.k8s.io';
}

const copied = (source: Fields): Fields =>
  Object.fromEntries(Object.entries(source).filter(([key]) => COPIED.includes(key)));

export const VOLUME_DEFAULTS: Defaults = {
  AzureDiskVolumeSource: { values: { cachingMode: 'ReadWrite', fsType: 'ext4', kind: 'Shared', readOnly: false } },
  ConfigMapVolumeSource: READABLE,
  DownwardAPIVolumeSource: READABLE,
  HostPathVolumeSource: { values: { type: '' } },
  ISCSIPersistentVolumeSource: ISCSI,
  ISCSIVolumeSource: ISCSI,
  PersistentVolumeClaim: {
    fill: (draft, { kind }) => {
      if (kind === 'PersistentVolumeClaim' && isFields(draft.spec)) {
        draft.spec = sources({ ...draft.spec });
      }
    },
  },
  PersistentVolumeClaimSpec: SOURCES,
  PersistentVolumeSpec: { values: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' } },
  ProjectedVolumeSource: READABLE,
  RBDPersistentVolumeSource: CEPH,
  RBDVolumeSource: CEPH,
  ScaleIOPersistentVolumeSource: SCALE_IO,
  ScaleIOVolumeSource: SCALE_IO,
  SecretVolumeSource: READABLE,
  ServiceAccountTokenProjection: { values: { expirationSeconds: 3600 } },
  Volume: {
    fill: (draft) => {
      const sources = Object.keys(draft).filter(
        (key) => key !== 'name' && draft[key] !== undefined && draft[key] !== null,
      );
      if (sources.length === 0) {
        draft.emptyDir = {};
      }
      if (isFields(draft.image) && !draft.image.pullPolicy) {
        draft.image = { ...draft.image, pullPolicy: pullPolicyOf(draft.image.reference) };
      }
    },
  },
};
