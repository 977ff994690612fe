/** Snapshots of volumes, what claims are filled from, and attributes of volumes. */
import { of, set } from './support';

const storageClass = (name: string, provisioner: string) =>
  `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: ${name} }, provisioner: ${provisioner} }`;
const claim = (spec: string, name = 'data', ns = 'shop') =>
  `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: ${name}, namespace: ${ns} }, spec: { ${spec} } }`;
const snapshot = (spec: string, name = 'snap', ns = 'shop') =>
  `{ apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: { name: ${name}, namespace: ${ns} }, spec: { ${spec} } }`;
const ofClaim = (name = 'data') => `source: { persistentVolumeClaimName: ${name} }`;
const snapshotClass = (driver: string, name = 'backups', metadata = '') =>
  `{ apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshotClass, metadata: { name: ${name}, ${metadata} }, driver: ${driver}, deletionPolicy: Retain }`;
const DEFAULT = "annotations: { snapshot.storage.kubernetes.io/is-default-class: 'true' }";
const members = (name: string, storageClassName: string) =>
  `{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: ${name}, namespace: shop }, spec: { replicas: 2, serviceName: ${name}, selector: { matchLabels: { app: db } }, template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: db, image: 'a/b:1' }] } }, volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: ${storageClassName} } }] } }`;
const CLUSTER = `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups: [{ name: workers, instanceType: m5.large }]`;
const [EBS, EFS] = ['ebs.csi.aws.com', 'efs.csi.aws.com'];

test.each<[string, string[]]>([
  [EBS, []],
  ['ebs.csi.eks.amazonaws.com', []],
  ['fsx.openzfs.csi.aws.com', []],
  ['csi.trident.netapp.io', []],
  [EFS, ['error driver']],
  ['fsx.csi.aws.com', ['error driver']],
  ['s3.csi.aws.com', ['error driver']],
])('a class of snapshots of the driver %s', (driver, expected) => {
  expect(of('storage/snapshot-driver', snapshotClass(driver))).toEqual(expected);
});

describe('the class of a snapshot', () => {
  const RULE = 'storage/snapshot-class';
  const FIELD = 'spec.volumeSnapshotClassName';
  const named = (name: string) => snapshot(`volumeSnapshotClassName: ${name}, ${ofClaim()}`);
  const gp3 = set(storageClass('gp3', EBS), claim('storageClassName: gp3'));
  const files = set(storageClass('files', EFS), claim('storageClassName: files'));

  test.each<[string, string, string[]]>([
    ['of the set', set(gp3, snapshotClass(EBS), named('backups')), []],
    ['misspelt', set(gp3, snapshotClass(EBS), named('backup')), [`warning ${FIELD}`]],
    ['that nothing makes, in a known cluster', set(CLUSTER, gp3, named('backups')), [`warning ${FIELD}`]],
    ['that another set may make', set(gp3, named('backups')), []],
    ['of another driver', set(files, snapshotClass(EBS), named('backups')), [`error ${FIELD}`]],
    ['of the driver by its name of old', set(claim('storageClassName: gp2'), snapshotClass(EBS), named('backups')), []],
    ['of a claim of unknown class', set(claim('storageClassName: x'), snapshotClass(EBS), named('backups')), []],
    ['by default', set(gp3, snapshotClass(EBS, 'backups', DEFAULT), snapshot(ofClaim())), []],
    [
      'by a default of another driver',
      set(files, snapshotClass(EBS, 'backups', DEFAULT), snapshot(ofClaim())),
      [`warning ${FIELD}`],
    ],
    ['none, and none is the default', set(gp3, snapshotClass(EBS), snapshot(ofClaim())), [`warning ${FIELD}`]],
    ['of what exists in EC2', set(snapshotClass(EBS), snapshot('source: { volumeSnapshotContentName: x }')), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });

  test('of a member is held against its claim', () => {
    const own = (className: string) =>
      set(
        storageClass('files', EFS),
        storageClass('gp3', EBS),
        members('db', className),
        snapshotClass(EBS),
        snapshot(`volumeSnapshotClassName: backups, ${ofClaim('data-db-1')}`),
      );
    expect(of(RULE, own('gp3'))).toEqual([]);
    expect(of(RULE, own('files'))).toEqual([`error ${FIELD}`]);
  });

  test('that exists', () => {
    const existing = [{ kind: 'VolumeSnapshotClass', namespace: '', name: 'theirs' }];
    expect(of(RULE, set(CLUSTER, gp3, named('theirs')), existing)).toEqual([]);
    expect(of(RULE, set(CLUSTER, gp3, snapshot(ofClaim())), existing)).toEqual([]);
  });
});

describe('the claim of a snapshot', () => {
  const RULE = 'references/missing';
  test('is a reference', () => {
    expect(of(RULE, set(claim(''), snapshot(ofClaim())))).toEqual([]);
    expect(of(RULE, set(members('db', 'gp3'), snapshot(ofClaim('data-db-1'))))).toHaveLength(1);
    expect(of(RULE, snapshot(ofClaim()))).toEqual(['warning']);
    expect(of(RULE, set(claim('', 'data', 'other'), snapshot(ofClaim())))).toEqual(['warning']);
  });
});

describe('what a claim is filled from', () => {
  const RULE = 'storage/claim-source';
  const SNAPSHOT = 'dataSource: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: snap }';
  const CLAIM = 'dataSource: { kind: PersistentVolumeClaim, name: data }';

  test.each<[string, string, string[]]>([
    ['a snapshot of the set', set(snapshot(ofClaim()), claim(SNAPSHOT, 'copy')), []],
    ['a snapshot that is not there', claim(SNAPSHOT), ['warning spec.dataSource.name']],
    [
      'one of another namespace',
      set(snapshot(ofClaim(), 'snap', 'other'), claim(SNAPSHOT)),
      ['warning spec.dataSource.name'],
    ],
    [
      'one of another namespace that it names',
      set(
        snapshot(ofClaim(), 'snap', 'other'),
        claim(
          'dataSourceRef: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: snap, namespace: other }',
        ),
      ),
      [],
    ],
    ['a claim of the set', set(claim(''), claim(CLAIM, 'copy')), []],
    ['a claim that is not there', claim(CLAIM, 'copy'), ['warning spec.dataSource.name']],
    [
      'the claim of a member',
      set(members('db', 'gp3'), claim('dataSource: { kind: PersistentVolumeClaim, name: data-db-1 }', 'copy')),
      [],
    ],
    ['a source of another project', claim('dataSourceRef: { apiGroup: example.com, kind: Backup, name: x }'), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });

  test('a snapshot that exists', () => {
    const existing = [{ kind: 'VolumeSnapshot', namespace: 'shop', name: 'snap' }];
    expect(of(RULE, claim(SNAPSHOT), existing)).toEqual([]);
  });
});

describe('the attributes of a volume', () => {
  const attributesClass = (parameters: string, driverName = EBS) =>
    `{ apiVersion: storage.k8s.io/v1, kind: VolumeAttributesClass, metadata: { name: fast }, driverName: ${driverName}, parameters: ${parameters} }`;
  const FAST = attributesClass("{ type: gp3, iops: '6000' }");
  const FIELD = 'spec.volumeAttributesClassName';

  test.each<[string, string, string[]]>([
    ['of the set', set(FAST, claim('volumeAttributesClassName: fast')), []],
    ['misspelt', set(FAST, claim('volumeAttributesClassName: fats')), [`warning ${FIELD}`]],
    ['that nothing makes', set(CLUSTER, claim('volumeAttributesClassName: fast')), [`warning ${FIELD}`]],
    ['that another set may make', claim('volumeAttributesClassName: fast'), []],
    [
      'of another driver',
      set(FAST, storageClass('files', EFS), claim('storageClassName: files, volumeAttributesClassName: fast')),
      [`error ${FIELD}`],
    ],
    ['none', set(FAST, claim('')), []],
  ])('a class %s', (_what, yaml, expected) => {
    expect(of('storage/attributes-class', yaml)).toEqual(expected);
  });

  test('a class that exists', () => {
    const existing = [{ kind: 'VolumeAttributesClass', namespace: '', name: 'fast' }];
    expect(of('storage/attributes-class', set(CLUSTER, claim('volumeAttributesClassName: fast')), existing)).toEqual(
      [],
    );
  });

  test.each<[string, string[]]>([
    ["{ type: gp3, iops: '6000', throughput: '500' }", []],
    ["{ iops: '6000' }", []],
    ["{ tagSpecification_1: 'team=a', tagDeletion_1: b }", []],
    ['{ type: gp4 }', ['warning parameters.type']],
    ["{ iopsPerGB: '50' }", ['warning parameters.iopsPerGB']],
    ["{ type: gp3, iops: '100' }", ['error parameters.iops']],
    ['{ type: gp3, iops: many }', ['error parameters.iops']],
    ["{ type: st1, iops: '3000' }", ['error parameters.iops']],
    ["{ type: io2, iops: '5000', throughput: '500' }", ['error parameters.throughput']],
    ["{ type: gp3, throughput: '50' }", ['error parameters.throughput']],
  ])('parameters %s', (parameters, expected) => {
    expect(of('storage/attributes', attributesClass(parameters))).toEqual(expected);
    expect(of('storage/attributes', attributesClass(parameters, 'example.com'))).toEqual([]);
  });
});
