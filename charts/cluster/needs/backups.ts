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
            permissionPolicy: policyOf(statementsOf(bucketsOf(root), region)),
          },
        },
      }),
    },
  ],
};

/** The buckets of the locations of an app, but of those with credentials of their own. */
function bucketsOf(root: IConstruct): readonly string[] {
  return cached(root, 'buckets of Velero', () => {
    const locations = apiObjectsOf(root).filter(
      (object) => object.kind === 'BackupStorageLocation' && isOfVelero(object),
    );
    const found = locations.map(manifestOf).flatMap(({ spec = {} }) => {
      const { bucket } = asObject(spec.objectStorage);
      return spec.credential === undefined && typeof bucket === 'string' && bucket !== '' ? [bucket] : [];
    });
    return [...new Set(found)].sort();
  });
}

/** @see https://github.com/velero-io/velero-plugin-for-aws#set-permissions-for-velero */
function statementsOf(buckets: readonly string[], region: Region): object[] {
  const arns = buckets.map((bucket) => `arn:${partitionOf(region)}:s3:::${bucket}`);
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
            Resource: arns.map((arn) => `${arn}/*`),
          },
        ]),
  ];
}
