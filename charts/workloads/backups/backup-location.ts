import { Construct } from 'constructs';
import { isKmsKeyArn } from '../../../eks/arn';
import { CONTROLLERS } from '../../../eks/controllers';
import type { Arn } from '../../../eks/values';
import { describe } from '../../../kube/describe';
import { MANAGED_BY } from '../../../kube/labels';
import { isSubdomain } from '../../../kube/names';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import { clusterOf } from '../../core/cluster-context';
import type { BackupStorageLocation, VolumeSnapshotLocation } from '../../core/k8s';
import { KubeObject } from '../../core/kube-object';

/** @see https://github.com/vmware-tanzu/velero-plugin-for-aws */
export const VELERO = {
  namespace: CONTROLLERS.velero.namespace,
  /** The plugin, as locations name it. */
  provider: 'aws',
} as const;

/** Props of a BackupLocation. */
export interface BackupLocationProps {
  /** The name of a bucket that exists, in the region of the cluster. */
  readonly bucket: string;
  /** The folder in the bucket, without '/' at its ends: 'clusters/prod'. Velero may write and delete below it alone. @default - the bucket */
  readonly prefix?: string;
  /** The ARN of a KMS key, in the region of the cluster, for the objects in the bucket. Velero gets the permission to use it. @default - the encryption of the bucket */
  readonly encryptionKey?: Arn;
  /** Whether commands such as `velero backup create` take it where they name none; of one location. @default false */
  readonly default?: boolean;
  /** Refuses new backups and keeps those that there are, as in a cluster that others are restored to. @default false */
  readonly readOnly?: boolean;
}

const PROPS: KeyTable<BackupLocationProps> = {
  bucket: 'text',
  prefix: 'text',
  encryptionKey: 'text',
  default: 'boolean',
  readOnly: 'boolean',
};
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * Where Velero keeps backups: a BackupStorageLocation in a bucket of S3, and on node groups a VolumeSnapshotLocation for
 * snapshots of EBS volumes. The id is their name. Velero with its plugin for AWS becomes a step, and its permissions (the
 * bucket, below the prefix, and snapshots) a pod identity in the ClusterConfig.
 *
 * @example
 * const backups = new BackupLocation(cluster, 'backups', { bucket: 'acme-backups', prefix: 'prod', default: true });
 * new BackupSchedule(tenant, 'nightly', { to: backups, schedule: '0 3 * * *' });
 * @see https://velero.io/docs/main/locations/
 */
export class BackupLocation extends Construct {
  /** The BackupStorageLocation. */
  readonly storageLocation: KubeObject<BackupStorageLocation>;
  /** The VolumeSnapshotLocation; undefined in Auto Mode, whose volumes the plugin does not know. */
  readonly snapshotLocation: KubeObject<VolumeSnapshotLocation> | undefined;
  /** @internal */
  readonly isReadOnly: boolean;

  constructor(scope: Construct, id: string, props: BackupLocationProps) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<BackupLocationProps>('props', props ?? null, PROPS);
    if (!isSubdomain(id)) {
      check.fail(
        'invalid',
        '',
        `invalid id '${id}': the name of a location must be a DNS name in lowercase letters`,
        "write for example 'backups'",
      );
    }
    const { prefix, encryptionKey, readOnly = false } = props;
    const bucket = checkBucket(check, props.bucket);
    if (prefix !== undefined && !/^[^/\s*?$][^\s*?$]*[^/\s*?$]$|^[^/\s*?$]$/.test(prefix)) {
      check.fail(
        'invalid',
        'prefix',
        `prefix must not begin or end with '/', nor have spaces, '*', '?' or '$', but is ${describe(prefix)}`,
        "write for example 'clusters/prod'",
      );
    }
    const { region, compute } = clusterOf(this)?.facts ?? {};
    if (
      encryptionKey !== undefined &&
      !(isKmsKeyArn(encryptionKey, region ?? encryptionKey.split(':')[3] ?? '') && encryptionKey.includes(':key/'))
    ) {
      check.fail(
        'invalid',
        'encryptionKey',
        `encryptionKey must be the ARN of a KMS key${region === undefined ? '' : ` in ${region}`}, but is ${describe(encryptionKey)}`,
        `write 'arn:aws:kms:${region ?? 'us-west-2'}:111122223333:key/...'`,
      );
    }
    this.isReadOnly = readOnly;
    const metadata = {
      name: id,
      namespace: VELERO.namespace,
      labels: { 'app.kubernetes.io/managed-by': MANAGED_BY },
    };
    const config: Record<string, string> = region === undefined ? {} : { region };
    this.storageLocation = new KubeObject<BackupStorageLocation>(
      this,
      'BackupStorageLocation',
      {
        apiVersion: 'velero.io/v1',
        kind: 'BackupStorageLocation',
        metadata,
        spec: {
          provider: VELERO.provider,
          objectStorage: { bucket, ...(prefix === undefined ? {} : { prefix }) },
          config: { ...config, ...(encryptionKey === undefined ? {} : { kmsKeyId: encryptionKey }) },
          ...(readOnly ? { accessMode: 'ReadOnly' } : {}),
          ...(props.default ? { default: true } : {}),
        },
      },
      undefined,
    );
    this.snapshotLocation =
      compute === 'auto'
        ? undefined
        : new KubeObject<VolumeSnapshotLocation>(
            this,
            'VolumeSnapshotLocation',
            {
              apiVersion: 'velero.io/v1',
              kind: 'VolumeSnapshotLocation',
              metadata,
              spec: { provider: VELERO.provider, config },
            },
            undefined,
          );
  }
}

function checkBucket(check: Check, value: unknown): string {
  const bucket = check.text('bucket', value);
  if (!BUCKET.test(bucket)) {
    check.fail(
      'invalid',
      'bucket',
      `bucket must be the name of a bucket, but is ${describe(bucket)}`,
      "write for example 'acme-backups'",
    );
  }
  return bucket;
}
