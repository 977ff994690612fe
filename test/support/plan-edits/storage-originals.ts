import type { Manifest } from '../app';

const own = (name: string) => ({ metadata: { name: `plan-${name}`, namespace: 'default' } });
const shared = (name: string) => ({ metadata: { name: `plan-${name}` } });
const CLAIM = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } };

/** Kinds of storage, configuration and what they are used with. */
export const STORAGE_ORIGINALS: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...own('small'), spec: CLAIM },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    ...own('large'),
    spec: {
      ...CLAIM,
      dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'one' },
      resources: { requests: { storage: '10Gi' }, limits: { storage: '100Gi' } },
      selector: { matchLabels: { app: 'web' } },
      storageClassName: 'fast',
      volumeAttributesClassName: 'gold',
      volumeMode: 'Filesystem',
      volumeName: 'plan-volume',
    },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    ...shared('small'),
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '10Gi' }, hostPath: { path: '/data' } },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    ...shared('csi'),
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '10Gi' },
      claimRef: { namespace: 'default', name: 'plan-large' },
      csi: { driver: 'a.example.com', volumeHandle: 'one', fsType: 'ext4', volumeAttributes: { one: 'a' } },
      mountOptions: ['ro'],
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'one', operator: 'In', values: ['a'] }] }] },
      },
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: 'fast',
    },
  },
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', ...shared('small'), provisioner: 'a.example.com' },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    ...shared('large'),
    provisioner: 'a.example.com',
    allowVolumeExpansion: true,
    allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['a'] }] }],
    mountOptions: ['ro'],
    parameters: { type: 'gp3' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
  },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttributesClass',
    ...shared('attributes'),
    driverName: 'a.example.com',
    parameters: { iops: '3000' },
  },
  { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'small.example.com' }, spec: {} },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIDriver',
    metadata: { name: 'large.example.com' },
    spec: {
      attachRequired: false,
      fsGroupPolicy: 'File',
      podInfoOnMount: true,
      requiresRepublish: true,
      storageCapacity: true,
      tokenRequests: [{ audience: 'a', expirationSeconds: 3600 }],
      volumeLifecycleModes: ['Persistent', 'Ephemeral'],
    },
  },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIStorageCapacity',
    ...own('capacity'),
    storageClassName: 'fast',
    capacity: '100Gi',
    nodeTopology: { matchLabels: { one: 'a' } },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', ...own('small'), data: { one: 'a' } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    ...own('frozen'),
    data: { one: 'a' },
    binaryData: { two: 'b25l' },
    immutable: true,
  },
  { apiVersion: 'v1', kind: 'Secret', ...own('small'), data: { one: 'b25l' } },
  { apiVersion: 'v1', kind: 'Secret', ...own('texts'), stringData: { one: 'a', two: 'b' } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    ...own('frozen'),
    type: 'example.com/own',
    data: { one: 'b25l' },
    immutable: true,
  },
];
