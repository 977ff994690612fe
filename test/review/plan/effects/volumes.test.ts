import { effectsOf, object, said, statefulSet } from './support';

const claim = (storage: string, more: object = {}) =>
  object('v1', 'PersistentVolumeClaim', 'files', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...more },
  });
const storageClass = (more: object = {}) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'ebs.csi.aws.com',
  ...more,
});

test('a claim grows, where its class allows it', () => {
  const grows = storageClass({ allowVolumeExpansion: true });
  expect(said(effectsOf([grows, claim('20Gi')], [grows, claim('40Gi')]))).toEqual([
    "notice: the volume of PersistentVolumeClaim 'shop/files' grows from 20Gi to 40Gi while it is used; EBS limits how often a volume can change",
  ]);
  expect(said(effectsOf([storageClass(), claim('20Gi')], [storageClass(), claim('40Gi')]), 'volume')).toEqual([
    "danger: the volume of PersistentVolumeClaim 'shop/files' cannot grow: StorageClass 'gp3' does not allow it",
  ]);
});

test('a new claim says what becomes of its volume', () => {
  const made = (of: object, spec: object = {}) => said(effectsOf([of], [of, claim('20Gi', spec)]));
  const start = "notice: PersistentVolumeClaim 'shop/files' is new:";
  expect(made(storageClass())).toEqual([`${start} an empty volume of 20Gi is made for it, and deleted with it`]);
  expect(made(storageClass({ reclaimPolicy: 'Retain' }))).toEqual([
    `${start} an empty volume of 20Gi is made for it, and stays when it is deleted`,
  ]);
  expect(made(storageClass(), { storageClassName: 'other' })).toEqual([
    `${start} an empty volume of 20Gi is made for it`,
  ]);
  expect(made(storageClass(), { volumeName: 'old' })).toEqual([
    `${start} it is for PersistentVolume 'old', which exists or is made by somebody`,
  ]);
  expect(
    made(storageClass(), {
      storageClassName: '',
      dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'monday' },
    })[0],
  ).toContain("a volume with the data of VolumeSnapshot 'monday' of 20Gi");
});

test('members that go leave their claims, unless the set says otherwise', () => {
  const [, left] = effectsOf([statefulSet()], [statefulSet({ replicas: 1 })]);
  expect(left).toMatchObject({
    risk: 'notice',
    text: 'the claims of the members that go stay, and cost as before: data-store-2, data-store-1',
    remedy: [{ command: 'kubectl delete pvc -n shop data-store-2 data-store-1' }],
  });
  const retention = { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } };
  expect(said(effectsOf([statefulSet(retention)], [statefulSet({ ...retention, replicas: 2 })]), 'volume')).toEqual([
    'danger: the claims of the members that go are deleted with their data: data-store-2',
  ]);
  const first = { ordinals: { start: 5 } };
  expect(said(effectsOf([statefulSet(first)], [statefulSet({ ...first, replicas: 2 })]), 'volume')[0]).toContain(
    'data-store-7',
  );
});

test('a retention policy that comes to delete', () => {
  const policy = { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' } };
  expect(said(effectsOf([statefulSet()], [statefulSet(policy)]))).toEqual([
    "danger: from now on the claims of StatefulSet 'shop/store' are deleted with their data when members are scaled away",
    "danger: from now on the claims of StatefulSet 'shop/store' are deleted with their data when the set is deleted",
  ]);
  expect(said(effectsOf([statefulSet(policy)], [statefulSet()]))).toEqual([]);
});

test('a StatefulSet of another name begins with empty volumes', () => {
  expect(said(effectsOf([statefulSet()], [statefulSet({}, {}, 'storage')]), 'volume')).toEqual([
    "danger: the members of StatefulSet 'shop/storage' begin with empty volumes: the data of StatefulSet 'shop/store' stay in its claims",
  ]);
  expect(said(effectsOf([], [statefulSet()]), 'volume')).toEqual([
    "notice: each member of StatefulSet 'shop/store' gets an empty volume 'data'",
  ]);
});

test('classes and volumes', () => {
  expect(said(effectsOf([storageClass()], [storageClass({ allowVolumeExpansion: true })]))).toEqual([
    "notice: volumes of StorageClass 'gp3' can grow from now on",
  ]);
  const volume = (policy: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'old' },
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: policy },
  });
  expect(said(effectsOf([volume('Retain')], [volume('Delete')]))).toEqual([
    "danger: from now on the volume of PersistentVolume 'old' is deleted with its data when its claim is",
  ]);
});
