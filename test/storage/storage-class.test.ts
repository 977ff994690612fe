import { KubeObject } from 'cdk8s-eks-patterns';
import {
  appOf,
  containerOf,
  existingCluster,
  find,
  job,
  manifests,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  stateful,
  synth,
} from '../support/app';

const KEY = 'arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012';
const volume = { mountPath: '/data', size: '200Gi' };

describe('a class of the cluster', () => {
  it('is gp3, encrypted, expandable, made where the pod is, and keeps its volumes', () => {
    expect(newCluster().storageClass('own').toJson()).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'own',
        labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns', 'app.kubernetes.io/part-of': 'prod' },
      },
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true' },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
  });

  it('has what it is given', () => {
    const { parameters, reclaimPolicy } = newCluster()
      .storageClass('own', {
        iops: 10_000,
        throughput: 1000,
        encryptionKey: KEY,
        fsType: 'xfs',
        reclaimPolicy: 'Delete',
      })
      .toJson();
    expect(parameters).toEqual({
      type: 'gp3',
      encrypted: 'true',
      iops: '10000',
      throughput: '1000',
      kmsKeyId: KEY,
      'csi.storage.k8s.io/fstype': 'xfs',
    });
    expect(reclaimPolicy).toBe('Delete');
  });

  it('has the driver of Auto Mode there', () => {
    expect(newAutoCluster().storageClass('own').toJson().provisioner).toBe('ebs.csi.eks.amazonaws.com');
  });

  it.each(['object', 'name'] as const)('serves members and jobs, by its %s', (by) => {
    const cluster = newCluster();
    const cold = cluster.storageClass('cold', { type: 'st1' });
    const className = by === 'object' ? cold : 'cold';
    const tenant = newTenant({}, cluster);
    const store = stateful({ storage: { ...volume, className } }, tenant);
    const task = job({ sharedStorage: { ...volume, className } }, tenant);
    expect(store.statefulSet.toJson().spec.volumeClaimTemplates![0]!.spec!.storageClassName).toBe('cold');
    expect(task.claim!.toJson().spec!.storageClassName).toBe('cold');
    expect(containerOf(store).volumeMounts).toContainEqual({ name: 'data', mountPath: '/data', subPath: 'data' });
    const written = manifests(appOf(store));
    expect(find(written, 'StorageClass', 'cold').parameters.type).toBe('st1');
  });

  it('passes the review of the app, and its amounts are within those that EBS takes', () => {
    const app = newApp();
    const cluster = newCluster(app);
    cluster.storageClass('io2', { type: 'io2', iops: 256_000 });
    cluster.storageClass('gp3-fast', { iops: 8000, throughput: 2000 });
    cluster.storageClass('sc1', { type: 'sc1', fsType: 'ntfs' });
    expect(synth(app).warnings.filter((text) => text.includes('storage/'))).toEqual([]);
  });
});

describe('the key of a class', () => {
  it('is allowed to the driver, beside its managed policy', () => {
    const app = newApp();
    newCluster(app).storageClass('own', { encryptionKey: KEY });
    const { addons } = synth(app).clusterConfig!;
    const ebs = addons.find(({ name }: { name: string }) => name === 'aws-ebs-csi-driver');
    expect(ebs.podIdentityAssociations).toEqual([
      {
        namespace: 'kube-system',
        serviceAccountName: 'ebs-csi-controller-sa',
        permissionPolicyARNs: ['arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy'],
        permissionPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
              Resource: [KEY],
            },
            {
              Effect: 'Allow',
              Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
              Resource: [KEY],
              Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
            },
          ],
        },
      },
    ]);
  });

  it.each([
    ['Auto Mode', newAutoCluster, 'the IAM role of the cluster'],
    ['a cluster that exists', existingCluster, 'the role of the driver of EBS'],
  ])('is a step in %s', (_, cluster, role) => {
    const app = newApp();
    cluster(app).storageClass('own', { encryptionKey: KEY });
    const { steps } = synth(app);
    expect(steps).toContain(`KMS key ${KEY}`);
    expect(steps).toContain(`Allow its use to ${role}`);
  });

  it('of a plain class is allowed as well', () => {
    const app = newApp();
    new KubeObject(newTenant({}, newCluster(app)), 'class', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'own' },
      provisioner: 'ebs.csi.aws.com',
      parameters: { encrypted: 'true', kmsKeyId: KEY },
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
    expect(JSON.stringify(synth(app).clusterConfig!.addons)).toContain(KEY);
  });
});
