import { isObject } from '../../../../kube/loose';
import type { Default, Defaults } from './default';
import { pullPolicyOf } from './pods';

const READABLE: Default = { values: { defaultMode: 0o644 } };
const CEPH: Default = { values: { keyring: '/etc/ceph/keyring', pool: 'rbd', user: 'admin' } };
const ISCSI: Default = { values: { iscsiInterface: 'default' } };
const SCALE_IO: Default = { values: { fsType: 'xfs', storageMode: 'ThinProvisioned' } };

export const VOLUME_DEFAULTS: Defaults = {
  AzureDiskVolumeSource: { values: { cachingMode: 'ReadWrite', fsType: 'ext4', kind: 'Shared', readOnly: false } },
  ConfigMapVolumeSource: READABLE,
  DownwardAPIVolumeSource: READABLE,
  HostPathVolumeSource: { values: { type: '' } },
  ISCSIPersistentVolumeSource: ISCSI,
  ISCSIVolumeSource: ISCSI,
  PersistentVolumeClaimSpec: { values: { volumeMode: 'Filesystem' } },
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
      if (isObject(draft.image) && !draft.image.pullPolicy) {
        draft.image = { ...draft.image, pullPolicy: pullPolicyOf(draft.image.reference) };
      }
    },
  },
};
