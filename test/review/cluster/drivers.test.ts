import { Requirements } from '../../../charts/core/requirements';
import type { ClusterConfig } from '../../../eksctl/types';
import { AUTO, BASE, existing, made, NODES } from '../../clusterconfig/support';
import { deployment, requirementsOf, statefulSet, storageClass } from './support';

const volume = (csi: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'media' },
  spec: { csi, ...more },
});
const bucket = (name: string, attributes: object = {}, more: object = {}) =>
  volume({ driver: 's3.csi.aws.com', volumeAttributes: { bucketName: name, ...attributes } }, more);
const snapshot = (kind: string) => ({
  apiVersion: 'snapshot.storage.k8s.io/v1',
  kind,
  metadata: { name: 'x' },
  driver: 'ebs.csi.aws.com',
});
const custom = (apiVersion: string, kind: string, name = 'x') => ({ apiVersion, kind, metadata: { name } });
const claim = (spec: object) => ({ ...custom('v1', 'PersistentVolumeClaim'), spec });
const FROM = { dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'x' } };
const definition = (name: string) => custom('apiextensions.k8s.io/v1', 'CustomResourceDefinition', name);
const providerClass = (spec: object = {}) => ({
  ...custom('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass'),
  spec: { provider: 'aws', ...spec },
});
const inline = (kind: string) => ({
  ...deployment({ volumes: [{ name: 'secrets', csi: { driver: 'secrets-store.csi.k8s.io' } }] }),
  kind,
});
const service = (loadBalancerClass: string) => ({ ...custom('v1', 'Service'), spec: { loadBalancerClass } });
const ingress = (ingressClassName: string) => ({
  ...custom('networking.k8s.io/v1', 'Ingress'),
  spec: { ingressClassName },
});
const ids = (manifest: object) => requirementsOf(manifest).map(({ id }) => id);

/** The add-ons of a cluster that meets the requirements of the manifests. */
function addons(props: typeof NODES, ...manifests: object[]): NonNullable<ClusterConfig['addons']> {
  const result = made(props, ...manifests.flatMap((manifest) => requirementsOf(manifest)));
  expect(result.errors).toEqual([]);
  return result.config.addons;
}
const addon = (name: string, ...manifests: object[]) => addons(NODES, ...manifests).find((a) => a.name === name);

describe('what a plain manifest needs of the cluster', () => {
  test.each([
    ['a StorageClass of EBS', storageClass('ebs.csi.aws.com'), 'feature/ebs'],
    ['a StorageClass of Auto Mode', storageClass('ebs.csi.eks.amazonaws.com'), 'feature/ebs'],
    ['a StorageClass of the driver of old', storageClass('kubernetes.io/aws-ebs'), 'feature/ebs'],
    ['a PersistentVolume of EBS', volume({ driver: 'ebs.csi.aws.com' }), 'feature/ebs'],
    ['a StorageClass of EFS', storageClass('efs.csi.aws.com'), 'addon/aws-efs-csi-driver'],
    ['a PersistentVolume of EFS', volume({ driver: 'efs.csi.aws.com' }), 'addon/aws-efs-csi-driver'],
    ['a StorageClass of FSx', storageClass('fsx.csi.aws.com'), 'addon/aws-fsx-csi-driver'],
    ['a PersistentVolume of S3', bucket('media'), 'addon/aws-mountpoint-s3-csi-driver'],
    ['a VolumeSnapshot', snapshot('VolumeSnapshot'), 'addon/snapshot-controller'],
    ['a VolumeSnapshotClass', snapshot('VolumeSnapshotClass'), 'addon/snapshot-controller'],
    ['a VolumeSnapshotContent', snapshot('VolumeSnapshotContent'), 'addon/snapshot-controller'],
    ['a claim that is filled from a snapshot', claim({ storageClassName: 'x', ...FROM }), 'addon/snapshot-controller'],
    ['a claim of the default class', claim({}), 'feature/ebs'],
    ['a claim of the class of EKS', claim({ storageClassName: 'gp2' }), 'feature/ebs'],
    ['members with such a claim', statefulSet('gp3-retain'), 'feature/ebs'],
    ['a StorageClass of OpenZFS', storageClass('fsx.openzfs.csi.aws.com'), 'controller/FSx for OpenZFS CSI Driver'],
    ['a PersistentVolume of ONTAP', volume({ driver: 'csi.trident.netapp.io' }), 'controller/NetApp Trident'],
    ['a pod with a volume of secrets', inline('Deployment'), 'addon/aws-secrets-store-csi-driver-provider'],
    ['a DaemonSet with such a volume', inline('DaemonSet'), 'addon/aws-secrets-store-csi-driver-provider'],
    ['a SecretProviderClass', providerClass(), 'addon/aws-secrets-store-csi-driver-provider'],
    ['a ScaledObject', custom('keda.sh/v1alpha1', 'ScaledObject'), 'api/keda.sh/v1alpha1/ScaledObject'],
    ['a Certificate', custom('cert-manager.io/v1', 'Certificate'), 'api/cert-manager.io/v1/Certificate'],
    ['a TargetGroupBinding', custom('elbv2.k8s.aws/v1beta1', 'TargetGroupBinding'), 'feature/load-balancer'],
    ['a Service of the controller', service('service.k8s.aws/nlb'), 'feature/load-balancer'],
    ['an Ingress of the class alb', ingress('alb'), 'feature/load-balancer'],
  ])('%s: %#', (_what, manifest, id) => {
    expect(ids(manifest)[0]).toBe(id);
    expect(requirementsOf(manifest)[0]!.because).toContain(manifest.kind);
  });

  test.each([
    ["the cluster's own StorageClass", { ...storageClass('ebs.csi.aws.com'), metadata: { name: 'gp3' } }],
    ['a claim of a class of its own', claim({ storageClassName: 'x' })],
    ['a claim of a volume that is there', claim({ volumeName: 'x' })],
    ['a Service of Auto Mode', service('eks.amazonaws.com/nlb')],
    ['an Ingress of another class', ingress('nginx')],
    ['a Deployment without such volumes', deployment()],
    ['a StorageClass of another maker', storageClass('rook-ceph.rbd.csi.ceph.com')],
    ['a PersistentVolume without a driver', volume({}, { csi: undefined, hostPath: { path: '/x' } })],
    ['a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } }],
  ])('%s needs nothing', (_what, manifest) => {
    expect(ids(manifest)).toEqual([]);
  });

  test.each([
    ['a CSIDriver', storageClass('efs.csi.aws.com'), custom('storage.k8s.io/v1', 'CSIDriver', 'efs.csi.aws.com')],
    ['a definition', custom('cert-manager.io/v1', 'Certificate'), definition('certificates.cert-manager.io')],
    ['its definition', custom('keda.sh/v1alpha1', 'ScaledObject'), definition('scaledobjects.keda.sh')],
    ['the controller', ingress('alb'), definition('targetgroupbindings.elbv2.k8s.aws')],
  ])('an app that brings %s needs nothing', (_what, manifest, brought) => {
    expect(ids(manifest)).not.toEqual([]);
    expect(requirementsOf(manifest, brought)).toEqual([]);
  });
});

describe('permissions of drivers', () => {
  test('of EFS are those that EKS recommends, which eksctl gives', () => {
    expect(addon('aws-efs-csi-driver', storageClass('efs.csi.aws.com'))).toEqual({ name: 'aws-efs-csi-driver' });
  });

  test('of FSx are written into the add-on, once', () => {
    const twice = [storageClass('fsx.csi.aws.com'), volume({ driver: 'fsx.csi.aws.com' })];
    expect(addon('aws-fsx-csi-driver', ...twice)?.podIdentityAssociations).toEqual([
      {
        namespace: 'kube-system',
        serviceAccountName: 'fsx-csi-controller-sa',
        permissionPolicyARNs: ['arn:aws:iam::aws:policy/AmazonFSxFullAccess'],
      },
    ]);
  });

  test('of S3 are those of the buckets that volumes name', () => {
    const [association] = addon(
      'aws-mountpoint-s3-csi-driver',
      bucket('media'),
      bucket('logs', {}, { mountOptions: ['read-only'] }),
    )!.podIdentityAssociations!;
    expect(association).toMatchObject({ namespace: 'kube-system', serviceAccountName: 's3-csi-driver-sa' });
    const write = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'];
    expect((association!.permissionPolicy as { Statement: unknown }).Statement).toEqual([
      { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::media'] },
      { Effect: 'Allow', Action: ['s3:GetObject', ...write], Resource: ['arn:aws:s3:::media/*'] },
      { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::logs'] },
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::logs/*'] },
    ]);
  });

  test('of S3 are the pods’ own where the volume says so', () => {
    expect(ids(bucket('media', { authenticationSource: 'pod' }))).toEqual(['addon/aws-mountpoint-s3-csi-driver']);
  });

  test('are the same in Auto Mode, which brings none of the three', () => {
    const names = addons(
      AUTO,
      storageClass('efs.csi.aws.com'),
      storageClass('fsx.csi.aws.com'),
      bucket('media'),
      snapshot('VolumeSnapshot'),
    );
    expect(names.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'aws-efs-csi-driver',
        'aws-fsx-csi-driver',
        'aws-mountpoint-s3-csi-driver',
        'snapshot-controller',
      ]),
    );
  });

  test('of OpenZFS come with the step that installs its driver', () => {
    const { config, steps } = made(NODES, ...requirementsOf(storageClass('fsx.openzfs.csi.aws.com')));
    expect(steps).toContain('helm upgrade --install aws-fsx-openzfs-csi-driver');
    expect(config.iam.podIdentityAssociations).toContainEqual({
      namespace: 'kube-system',
      serviceAccountName: 'fsx-openzfs-csi-controller-sa',
      permissionPolicyARNs: ['arn:aws:iam::aws:policy/AmazonFSxFullAccess'],
    });
  });

  test('of Secrets are switched on where the driver makes them', () => {
    const configuration = (manifest: object) =>
      addon('aws-secrets-store-csi-driver-provider', manifest)?.configurationValues;
    expect(configuration(providerClass())).toBeUndefined();
    expect(configuration(providerClass({ secretObjects: [{ secretName: 'db' }] }))).toContain('syncSecret');
  });

  test('leave a role of one’s own as it is', () => {
    const own = { roleARN: 'arn:aws:iam::111122223333:role/fsx', namespace: 'kube-system', serviceAccountName: 'x' };
    const config = {
      metadata: { region: 'us-west-2' },
      addons: [{ name: 'aws-fsx-csi-driver', podIdentityAssociations: [own] }],
    };
    const [, permissions] = requirementsOf(storageClass('fsx.csi.aws.com'));
    const result = permissions!.check({ made: true } as never);
    if (result.status !== 'provided' || result.addition.kind !== 'edit') {
      throw new Error('no edit');
    }
    result.addition.edit(config as never);
    expect(config.addons[0]!.podIdentityAssociations).toEqual([own]);
  });

  test('of a cluster that exists are a warning', () => {
    const props = { ...BASE, addons: ['aws-fsx-csi-driver'], features: ['ebs' as const] };
    const { errors, warnings } = existing(props, ...requirementsOf(storageClass('fsx.csi.aws.com')));
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('addon-permissions/aws-fsx-csi-driver')]);
    expect(existing(props, Requirements.addon('aws-fsx-csi-driver', { because: 'x' })).warnings).toEqual([]);
  });
});
