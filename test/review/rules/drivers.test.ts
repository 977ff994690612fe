import { KubeObject } from 'cdk8s-eks-patterns';
import { appOf, existingCluster, newApp, newCluster, newTenant, synth, synthErrors, web } from '../../support/app';
import { findingsIn, foundInApp, of, set, workload } from './support';

const RULE = 'drivers/missing-addon';
const cluster = (parts = 'managedNodeGroups: [{ name: workers, instanceType: m5.large }]') =>
  `{ apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: { name: prod, region: us-west-2 }, ${parts} }`;
const withAddon = (name: string) =>
  cluster(`managedNodeGroups: [{ name: workers, instanceType: m5.large }], addons: [{ name: ${name} }]`);
const autoMode = cluster('autoModeConfig: { enabled: true }');
const storageClass = (provisioner: string, name = 'own') =>
  `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: ${name} }, provisioner: ${provisioner} }`;
const volume = (driver: string) =>
  `{ apiVersion: v1, kind: PersistentVolume, metadata: { name: files }, spec: { csi: { driver: ${driver}, volumeHandle: x } } }`;
const custom = (apiVersion: string, kind: string, rest = '') =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x, namespace: shop }${rest} }`;
const claim = (className: string) =>
  custom(
    'v1',
    'PersistentVolumeClaim',
    `, spec: { storageClassName: ${className}, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }`,
  );
const inline = workload({
  pod: 'volumes: [{ name: keys, csi: { driver: secrets-store.csi.k8s.io, readOnly: true } }]',
});
const POD_FIELD = 'spec.template.spec.volumes[0].csi.driver';

test.each([
  ['a StorageClass of EFS', storageClass('efs.csi.aws.com'), 'aws-efs-csi-driver', 'provisioner'],
  ['a StorageClass of EBS', storageClass('ebs.csi.aws.com'), 'aws-ebs-csi-driver', 'provisioner'],
  ['a StorageClass of the driver of old', storageClass('kubernetes.io/aws-ebs'), 'aws-ebs-csi-driver', 'provisioner'],
  ['a PersistentVolume of S3', volume('s3.csi.aws.com'), 'aws-mountpoint-s3-csi-driver', 'spec.csi.driver'],
  ['a PersistentVolume of FSx', volume('fsx.csi.aws.com'), 'aws-fsx-csi-driver', 'spec.csi.driver'],
  ['a volume within pods', inline, 'aws-secrets-store-csi-driver-provider', POD_FIELD],
  [
    'a SecretProviderClass',
    custom('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass'),
    'aws-secrets-store-csi-driver-provider',
    'apiVersion',
  ],
  ['a snapshot', custom('snapshot.storage.k8s.io/v1', 'VolumeSnapshot'), 'snapshot-controller', 'apiVersion'],
  [
    'a claim that is filled from one',
    claim("''").replace(
      'spec: {',
      'spec: { dataSource: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: x },',
    ),
    'snapshot-controller',
    'spec.dataSource.apiGroup',
  ],
  [
    'a VolumeAttributesClass',
    '{ apiVersion: storage.k8s.io/v1, kind: VolumeAttributesClass, metadata: { name: x }, driverName: ebs.csi.aws.com }',
    'aws-ebs-csi-driver',
    'driverName',
  ],
  ['a claim of the class of EKS', claim('gp2'), 'aws-ebs-csi-driver', 'spec.storageClassName'],
])('%s needs its add-on', (_what, manifest, addon, field) => {
  expect(of(RULE, set(cluster(), manifest))).toEqual([`warning ${field}`]);
  expect(of(RULE, set(withAddon(addon), manifest))).toEqual([]);
  expect(of(RULE, manifest)).toEqual([]);
});

test.each([
  ['a driver of another maker', cluster(), storageClass('rook-ceph.rbd.csi.ceph.com')],
  ['a driver that no add-on installs', cluster(), storageClass('fsx.openzfs.csi.aws.com')],
  ['custom resources that charts bring', cluster(), custom('cert-manager.io/v1', 'Certificate')],
  ['a claim of a class of the set', cluster(), set(claim('gp2'), storageClass('rook-ceph.rbd.csi.ceph.com', 'gp2'))],
  ['a claim of an unknown class', cluster(), claim('fast')],
  ['EBS of Auto Mode', autoMode, storageClass('ebs.csi.eks.amazonaws.com')],
  ['EBS of the other compute mode, a finding of its own', autoMode, storageClass('ebs.csi.aws.com')],
  ['EBS of Auto Mode on node groups, too', cluster(), storageClass('ebs.csi.eks.amazonaws.com')],
])('nothing is said of %s', (_what, config, manifest) => {
  expect(of(RULE, set(config, manifest))).toEqual([]);
});

test.each([
  ['in Auto Mode, which brings no driver of EFS', set(autoMode, storageClass('efs.csi.aws.com')), 1],
  ['once for all objects', set(cluster(), storageClass('efs.csi.aws.com'), volume('efs.csi.aws.com')), 1],
  [
    'once for driver and custom resource of one add-on',
    set(cluster(), inline, custom('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass')),
    1,
  ],
  ['once for each add-on', set(cluster(), storageClass('efs.csi.aws.com'), volume('s3.csi.aws.com')), 2],
])('it is said %s', (_what, yaml, count) => {
  expect(of(RULE, yaml)).toHaveLength(count);
});

test.each([
  ['CSIDriver', 'efs.csi.aws.com', storageClass('efs.csi.aws.com')],
  ['CSIDriver', 'ebs.csi.aws.com', storageClass('kubernetes.io/aws-ebs')],
  [
    'CustomResourceDefinition',
    'volumesnapshots.snapshot.storage.k8s.io',
    custom('snapshot.storage.k8s.io/v1', 'VolumeSnapshot'),
  ],
])('a %s of the set or of the cluster is enough', (kind, name, manifest) => {
  const group = kind === 'CSIDriver' ? 'storage.k8s.io/v1' : 'apiextensions.k8s.io/v1';
  const own = `{ apiVersion: ${group}, kind: ${kind}, metadata: { name: ${name} } }`;
  expect(of(RULE, set(cluster(), manifest, own))).toEqual([]);
  expect(of(RULE, set(cluster(), manifest), [{ kind, namespace: '', name }])).toEqual([]);
  const [finding] = findingsIn(set(cluster(), manifest)).filter(({ rule }) => rule === RULE);
  expect(finding?.fix).toContain(`{ kind: '${kind}', namespace: '', name: '${name}' }`);
});

describe('in an app', () => {
  const efs = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'files' },
    provisioner: 'efs.csi.aws.com',
  };

  test('the cluster gets the add-on of a plain StorageClass, and nothing is said', () => {
    const made = newCluster();
    new KubeObject(made, 'files', efs);
    expect(foundInApp(made, 'drivers/')).toEqual([]);
    expect(synth(appOf(made)).clusterConfig?.addons).toContainEqual({ name: 'aws-efs-csi-driver' });
  });

  test('and of a volume that customize puts into pods', () => {
    const csi = { driver: 'secrets-store.csi.k8s.io', volumeAttributes: { secretProviderClass: 'keys' } };
    const deployment = ({ spec }: { spec: { template: { spec: { volumes?: object[] } } } }) => {
      spec.template.spec.volumes = [...(spec.template.spec.volumes ?? []), { name: 'keys', csi }];
    };
    const existing = [{ kind: 'SecretProviderClass', namespace: 'shop', name: 'keys' }];
    const service = web({ customize: { deployment } }, newTenant({}, newCluster(newApp({ existing }))));
    expect(synth(appOf(service)).clusterConfig?.addons).toContainEqual({
      name: 'aws-secrets-store-csi-driver-provider',
    });
  });

  test('a cluster that exists without it is one finding', () => {
    const cluster = existingCluster(newApp(), { addons: [], features: ['ebs'] });
    new KubeObject(cluster, 'files', efs);
    expect(synthErrors(appOf(cluster))).toEqual([expect.stringContaining("no add-on 'aws-efs-csi-driver'")]);
    expect(foundInApp(cluster, 'drivers/')).toEqual([]);
  });
});
