import { findingsIn, of, set, workload } from './support';

const snapshotClass = (name: string, driver = 'ebs.csi.aws.com', annotations = '{}') =>
  `{ apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotClass, metadata: { name: ${name}, annotations: ${annotations} }, driver: ${driver}, deletionPolicy: Delete }`;
const snapshot = (spec: string, name = 'copy') =>
  `{ apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: { name: ${name}, namespace: shop }, spec: ${spec} }`;
const ofClaim = (claim: string, className = 'disks') =>
  snapshot(`{ volumeSnapshotClassName: ${className}, source: { persistentVolumeClaimName: ${claim} } }`);
const claim = (name: string, more = '') =>
  `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: ${name}, namespace: shop }, spec: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }${more} } }`;
const storageClass = (provisioner: string) =>
  `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast }, provisioner: ${provisioner} }`;
const filledFrom = (kind: string, name: string, field = 'dataSource', group = 'snapshot.storage.k8s.io') =>
  claim('restored', `, ${field}: { ${group === '' ? '' : `apiGroup: ${group}, `}kind: ${kind}, name: ${name} }`);

describe('storage/snapshot-reference', () => {
  const RULE = 'storage/snapshot-reference';

  test.each([
    ['a claim that is not there', set(snapshotClass('disks'), ofClaim('data')), 'persistentVolumeClaimName'],
    ['a class that is not there', set(claim('data'), ofClaim('data')), 'volumeSnapshotClassName'],
    [
      'no class, where none is the default',
      set(snapshotClass('disks'), claim('data'), snapshot('{ source: { persistentVolumeClaimName: data } }')),
      'volumeSnapshotClassName',
    ],
  ])('a snapshot of %s', (_, yaml, field) => {
    const at = field === 'persistentVolumeClaimName' ? `spec.source.${field}` : `spec.${field}`;
    expect(of(RULE, yaml)).toEqual([`warning ${at}`]);
  });

  test.each([
    ['of a claim and a class', set(snapshotClass('disks'), claim('data'), ofClaim('data'))],
    [
      'of a member',
      set(
        snapshotClass('disks'),
        workload({
          kind: 'StatefulSet',
          name: 'store',
          spec: `replicas: 2, volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: fast, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]`,
        }),
        ofClaim('data-store-1'),
      ),
    ],
    [
      'of the default class',
      set(
        snapshotClass('disks', undefined, "{ snapshot.storage.kubernetes.io/is-default-class: 'true' }"),
        claim('data'),
        snapshot('{ source: { persistentVolumeClaimName: data } }'),
      ),
    ],
    ['of content that exists', set(snapshot('{ source: { volumeSnapshotContentName: content } }'))],
  ])('a snapshot %s is fine', (_, yaml) => {
    expect(of(RULE, yaml)).toEqual([]);
  });

  test.each([
    ['a snapshot', filledFrom('VolumeSnapshot', 'copy'), 'spec.dataSource.name'],
    ['a snapshot, by a reference', filledFrom('VolumeSnapshot', 'copy', 'dataSourceRef'), 'spec.dataSourceRef.name'],
    ['a claim', filledFrom('PersistentVolumeClaim', 'data', 'dataSource', ''), 'spec.dataSource.name'],
  ])('a claim that is filled from %s that is not there', (_, yaml, field) => {
    expect(of(RULE, yaml)).toEqual([`warning ${field}`]);
  });

  test('a claim that is filled from what is there, in the set or in the cluster, or from another kind', () => {
    const yaml = filledFrom('VolumeSnapshot', 'copy');
    expect(of(RULE, set(snapshotClass('disks'), claim('data'), ofClaim('data'), yaml))).toEqual([]);
    expect(of(RULE, yaml, [{ kind: 'VolumeSnapshot', namespace: 'shop', name: 'copy' }])).toEqual([]);
    expect(of(RULE, yaml, [{ kind: 'VolumeSnapshot', namespace: 'other', name: 'copy' }])).toHaveLength(1);
    expect(of(RULE, filledFrom('Archive', 'a', 'dataSourceRef', 'example.com'))).toEqual([]);
    const elsewhere = yaml.replace('dataSource: {', 'dataSourceRef: { namespace: other, ');
    expect(of(RULE, elsewhere)).toEqual([]);
  });

  test('the fix for no class names those that there are', () => {
    const spec = '{ source: { persistentVolumeClaimName: data } }';
    const fixOf = (...classes: string[]) =>
      findingsIn(set(...classes, claim('data'), snapshot(spec))).find(({ rule }) => rule === RULE)!.fix;
    expect(fixOf(snapshotClass('disks'))).toContain("such as 'disks'");
    expect(fixOf()).toBe('write volumeSnapshotClassName');
  });

  test('a class that is declared may be the default', () => {
    const yaml = set(claim('data'), snapshot('{ source: { persistentVolumeClaimName: data } }'));
    expect(of(RULE, yaml, [{ kind: 'VolumeSnapshotClass', namespace: '', name: 'usual' }])).toEqual([]);
    expect(of(RULE, yaml, [{ kind: 'StorageClass', namespace: '', name: 'usual' }])).toHaveLength(1);
  });

  test('one default class among several is enough, and near names of classes are found', () => {
    const isDefault = "{ snapshot.storage.kubernetes.io/is-default-class: 'true' }";
    const classes = set(snapshotClass('disks'), snapshotClass('usual', undefined, isDefault));
    expect(of(RULE, set(classes, claim('data'), snapshot('{ source: { persistentVolumeClaimName: data } }')))).toEqual(
      [],
    );
    const found = findingsIn(set(classes, claim('data'), ofClaim('data', 'disk'))).find(({ rule }) => rule === RULE);
    expect(found!.fix).toContain("write 'disks'");
  });

  test('the message has the near name', () => {
    const found = findingsIn(set(snapshotClass('disks'), claim('data'), ofClaim('date'))).find(
      ({ rule }) => rule === RULE,
    );
    expect(found!.message).toContain("is made of PersistentVolumeClaim 'date', which is not in the set");
    expect(found!.fix).toContain("write 'data'");
  });
});

describe('storage/snapshot-driver', () => {
  const RULE = 'storage/snapshot-driver';

  test.each(['efs.csi.aws.com', 's3.csi.aws.com', 'fsx.csi.aws.com'])('a class of %s makes none', (driver) => {
    expect(of(RULE, snapshotClass('copies', driver))).toEqual(['error driver']);
  });

  test.each(['ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com', 'fsx.openzfs.csi.aws.com', 'disks.example.com'])(
    'a class of %s is fine',
    (driver) => {
      expect(of(RULE, snapshotClass('copies', driver))).toEqual([]);
    },
  );

  test('the class of a snapshot is of the driver of the volume', () => {
    const drivers = (provisioner: string, driver: string) =>
      of(RULE, set(storageClass(provisioner), claim('data'), snapshotClass('disks', driver), ofClaim('data')));
    expect(drivers('ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com')).toEqual(['error spec.volumeSnapshotClassName']);
    expect(drivers('ebs.csi.aws.com', 'ebs.csi.aws.com')).toEqual([]);
    expect(drivers('kubernetes.io/aws-ebs', 'ebs.csi.aws.com')).toEqual([]);
  });
});
