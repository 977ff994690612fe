import type { IConstruct } from 'constructs';
import { partitionOf } from '../../../eks/arn';
import { CONTROLLERS } from '../../../eks/controllers';
import type { Region } from '../../../eks/values';
import { groupOf } from '../../../kube/kinds';
import { asObject } from '../../../kube/loose';
import type { Manifest } from '../../../kube/objects';
import { apiObjectsOf, manifestOf } from '../../core/app-objects';
import { cached } from '../../core/render-cache';
import { policyOf } from '../controllers';
import { because, type Derivation } from './derivation';

const GROUP = CONTROLLERS.velero.groups[0];

const isOfVelero = ({ apiVersion }: Pick<Manifest, 'apiVersion'>): boolean => groupOf(apiVersion) === GROUP;

/** The permissions of Velero: snapshots of EBS volumes, and the buckets that the app names. */
export const backups: Derivation = {
  may: isOfVelero,
  needs: (manifest, { root }) => [
    {
      id: 'velero/permissions',
      because: because(manifest, 'is of its kinds').because,
      check: ({ region }) => ({
        status: 'provided',
        addition: {
          kind: 'pod-identity',
          association: {
            namespace: CONTROLLERS.velero.namespace,
            serviceAccountName: 'velero-server',
            permissionPolicy: policyOf(statementsOf(locationsOf(root), region)),
          },
        },
      }),
    },
  ],
};

interface Location {
  readonly bucket: string;
  /** Below which its objects are. */
  readonly prefix: string | undefined;
  /** The ARN of the key that encrypts them. */
  readonly key: string | undefined;
}

/** The locations of an app, but those with credentials of their own. */
function locationsOf(root: IConstruct): readonly Location[] {
  return cached(root, 'locations of Velero', () => {
    const locations = apiObjectsOf(root).filter(
      (object) => object.kind === 'BackupStorageLocation' && isOfVelero(object),
    );
    const found = locations.map(manifestOf).flatMap(({ spec = {} }) => {
      const { bucket, prefix } = asObject(spec.objectStorage);
      const { kmsKeyId } = asObject(spec.config);
      return spec.credential === undefined && typeof bucket === 'string' && bucket !== ''
        ? [{ bucket, prefix: textOf(prefix)?.replace(/\/+$/, ''), key: textOf(kmsKeyId) }]
        : [];
    });
    return found;
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const sorted = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** @see https://github.com/velero-io/velero-plugin-for-aws#set-permissions-for-velero */
function statementsOf(locations: readonly Location[], region: Region): object[] {
  const arnOf = (bucket: string) => `arn:${partitionOf(region)}:s3:::${bucket}`;
  const arns = sorted(locations.map(({ bucket }) => arnOf(bucket)));
  const keys = sorted(locations.flatMap(({ key }) => (key?.startsWith('arn:') ? [key] : [])));
  return [
    {
      Effect: 'Allow',
      Action: [
        'ec2:CreateSnapshot',
        'ec2:CreateTags',
        'ec2:CreateVolume',
        'ec2:DeleteSnapshot',
        'ec2:DescribeSnapshots',
        'ec2:DescribeVolumes',
      ],
      Resource: '*',
    },
    ...(arns.length === 0
      ? []
      : [
          // of the whole bucket: without it S3 says of an object that is not there that it is forbidden
          { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: arns },
          {
            Effect: 'Allow',
            Action: [
              's3:AbortMultipartUpload',
              's3:DeleteObject',
              's3:GetObject',
              's3:ListMultipartUploadParts',
              's3:PutObject',
              's3:PutObjectTagging',
            ],
            Resource: sorted(
              locations.map(({ bucket, prefix }) => `${arnOf(bucket)}/${prefix === undefined ? '' : `${prefix}/`}*`),
            ),
          },
        ]),
    ...(keys.length === 0 ? [] : [{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: keys }]),
  ];
}
