import * as fs from 'node:fs';
import * as path from 'node:path';
import { BackupLocation, type BackupLocationProps, BackupSchedule, type BackupScheduleProps } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { CRDS, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import { appOf, newApp, newAutoCluster, newCluster, newTenant, stateful, synth } from '../support/app';

const key = 'arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012';
const bucket = 'acme-backups';
const locate = (props: Partial<BackupLocationProps> = {}, cluster = newCluster()) =>
  new BackupLocation(cluster, 'backups', { bucket, ...props });
function plan(props: Partial<BackupScheduleProps> = {}) {
  const cluster = newCluster();
  const to = locate({}, cluster);
  return new BackupSchedule(newTenant({}, cluster), 'nightly', { to, schedule: '0 3 * * *', ...props });
}
const specOf = (props?: Partial<BackupScheduleProps>) => plan(props).schedule.toJson().spec;

describe('a location of backups', () => {
  it('is a bucket, and the region of snapshots', () => {
    const made = locate({ prefix: 'clusters/prod', encryptionKey: key, default: true });
    expect(made.storageLocation.toJson()).toEqual({
      apiVersion: 'velero.io/v1',
      kind: 'BackupStorageLocation',
      metadata: {
        name: 'backups',
        namespace: 'velero',
        labels: { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' },
      },
      spec: {
        provider: 'aws',
        objectStorage: { bucket, prefix: 'clusters/prod' },
        config: { region: 'us-west-2', kmsKeyId: key },
        default: true,
      },
    });
    expect(made.snapshotLocation!.toJson().spec).toEqual({ provider: 'aws', config: { region: 'us-west-2' } });
  });

  it('has no snapshots in Auto Mode, and can be read-only', () => {
    const made = locate({ readOnly: true }, newAutoCluster() as never);
    expect(made.snapshotLocation).toBeUndefined();
    expect(made.storageLocation.toJson().spec.accessMode).toBe('ReadOnly');
  });

  it('brings Velero, with permissions below its prefix and for its key alone', () => {
    const cluster = newCluster();
    locate({ prefix: 'clusters/prod', encryptionKey: key }, cluster);
    new BackupLocation(cluster, 'other', { bucket: 'other' });
    const { clusterConfig, steps } = synth(appOf(cluster));
    expect(steps).toMatch(/helm upgrade --install velero velero/);
    const { permissionPolicy } = clusterConfig!.iam.podIdentityAssociations.find(
      ({ namespace }: { namespace: string }) => namespace === 'velero',
    );
    expect(permissionPolicy.Statement.slice(1)).toEqual([
      { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::acme-backups', 'arn:aws:s3:::other'] },
      {
        Effect: 'Allow',
        Action: expect.arrayContaining(['s3:GetObject', 's3:PutObject', 's3:DeleteObject']),
        Resource: ['arn:aws:s3:::acme-backups/clusters/prod/*', 'arn:aws:s3:::other/*'],
      },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [key] },
    ]);
  });
});

describe('a schedule of backups', () => {
  it('saves the namespace of its tenant, with snapshots of its volumes', () => {
    const { metadata, spec } = plan().schedule.toJson();
    expect(metadata).toMatchObject({ name: 'shop-nightly', namespace: 'velero' });
    expect(spec).toEqual({
      schedule: '0 3 * * *',
      template: {
        includedNamespaces: ['shop'],
        storageLocation: 'backups',
        snapshotVolumes: true,
        volumeSnapshotLocations: ['backups'],
        ttl: '720h0m0s',
      },
    });
  });

  it('outside of a tenant saves all namespaces', () => {
    const cluster = newCluster();
    const made = new BackupSchedule(cluster, 'nightly', { to: locate({}, cluster), schedule: '@daily' });
    expect(made.schedule.toJson()).toMatchObject({
      metadata: { name: 'nightly' },
      spec: { template: { includedNamespaces: ['*'] } },
    });
  });

  it('has what it is told', () => {
    const told = specOf({
      namespaces: ['shop', 'orders', 'shop'],
      keep: '90m',
      volumes: 'none',
      excludedResources: ['events'],
      paused: true,
    });
    expect(told).toMatchObject({
      paused: true,
      template: {
        includedNamespaces: ['shop', 'orders'],
        excludedResources: ['events'],
        snapshotVolumes: false,
        ttl: '1h30m0s',
      },
    });
    expect(told.template).not.toHaveProperty('volumeSnapshotLocations');
  });

  it('adds no finding, on node groups and in Auto Mode', () => {
    for (const [cluster, volumes] of [
      [newCluster(newApp()), 'snapshots'],
      [newAutoCluster(newApp()), 'none'],
    ] as const) {
      const tenant = newTenant({}, cluster as never);
      stateful({}, tenant);
      new BackupSchedule(tenant, 'nightly', { to: locate({}, cluster as never), schedule: '@daily', volumes });
      const about = Testing.findings(tenant).filter((one) => /nightly|backups|velero/i.test(JSON.stringify(one)));
      expect(about).toEqual([]);
    }
  });

  const present = fs.existsSync(path.join(CRDS, 'velero.yaml'));
  (present ? it : it.skip)(`is as its definition says${present ? '' : ' (skipped: velero.yaml is absent)'}`, () => {
    const definitions = definitionsIn(CRDS, ['velero.yaml']);
    const made = locate({ prefix: 'a', encryptionKey: key, default: true, readOnly: true });
    const { schedule } = plan({ excludedResources: ['events'], paused: true });
    for (const object of [made.storageLocation, made.snapshotLocation!, schedule]) {
      expect(customResourceErrors(definitions, object.toJson() as never)).toEqual([]);
    }
  });
});
