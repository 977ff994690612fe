import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { addonOfDriver, addonOfGroup, addonSpec } from '../../eks/addons';
import { managedPolicyArn, partitionOf } from '../../eks/arn';
import { isEbsDriver } from '../../eks/compute-modes';
import type { Region } from '../../eks/values';
import type { ClusterConfig } from '../../eksctl/types';
import { title } from '../../kube/inventory';
import { groupOf } from '../../kube/kinds';
import type { Manifest } from '../../kube/objects';
import { manifestOf } from '../core/app-objects';
import type { PersistentVolume, StorageClass } from '../core/k8s';
import { type Requirement, Requirements } from '../core/requirements';

const SNAPSHOTS = 'snapshot.storage.k8s.io';
const S3 = 'aws-mountpoint-s3-csi-driver';

/** What an object needs that asks for nothing itself, such as a plain StorageClass. */
export function requirementsOfObject(construct: IConstruct): Requirement[] {
  if (!ApiObject.isApiObject(construct) || !mayNeedDriver(construct)) {
    return [];
  }
  try {
    return driverRequirements(manifestOf(construct));
  } catch {
    // its error is reported when its file is made
    return [];
  }
}

/** Whether a manifest may need a driver; asked before it is rendered. */
function mayNeedDriver({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return kind === 'StorageClass' || kind === 'PersistentVolume' || groupOf(apiVersion) === SNAPSHOTS;
}

/**
 * What a volume, a class of volumes or a snapshot needs of the cluster; also of plain manifests, which ask for nothing
 * themselves. EBS is not asked for here: a cluster that is made has it, and of another the workloads ask.
 */
export function driverRequirements(manifest: Manifest): Requirement[] {
  const reason = (why: string) => ({ because: `${title({ manifest })} ${why}` });
  if (groupOf(manifest.apiVersion) === SNAPSHOTS) {
    return [Requirements.addon(addonOfGroup(SNAPSHOTS)!, reason('is of its kinds'))];
  }
  const driver = driverOf(manifest);
  const addon = driver === undefined || isEbsDriver(driver) ? undefined : addonOfDriver(driver);
  return addon === undefined
    ? []
    : [Requirements.addon(addon, reason('is served by its driver')), ...permissionsOf(addon, manifest)];
}

function driverOf(manifest: Manifest): string | undefined {
  return manifest.kind === 'StorageClass'
    ? (manifest as unknown as StorageClass).provisioner
    : (manifest as unknown as PersistentVolume).spec?.csi?.driver;
}

/** EKS recommends permissions for EFS, which eksctl gives by itself; those for FSx and S3 are written here. */
function permissionsOf(addon: string, manifest: Manifest): Requirement[] {
  const { needs, recommends } = addonSpec(addon)!;
  const policy = recommends ? undefined : needs?.policy;
  if (policy !== undefined) {
    return [
      addonPermissions(addon, 'FSx', (association, region) => {
        const arn = managedPolicyArn(region, policy);
        association.permissionPolicyARNs = [...new Set([...(association.permissionPolicyARNs ?? []), arn])];
      }),
    ];
  }
  const bucket = addon === S3 ? bucketOf(manifest) : undefined;
  return bucket === undefined
    ? []
    : [
        addonPermissions(addon, bucket.name, (association, region) => {
          const { Statement = [] } = (association.permissionPolicy ?? {}) as { Statement?: object[] };
          const known = new Set(Statement.map((statement) => JSON.stringify(statement)));
          const added = bucketStatements(bucket, region).filter((statement) => !known.has(JSON.stringify(statement)));
          association.permissionPolicy = { Version: '2012-10-17', Statement: [...Statement, ...added] };
        }),
      ];
}

/** What is written of an association here; the ClusterConfig's own type is read-only. */
interface Association {
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly roleARN?: string;
  permissionPolicy?: object;
  permissionPolicyARNs?: readonly string[];
}

/** Permissions of the service account of an add-on, in the add-on itself: what is there is added to. */
function addonPermissions(
  name: string,
  to: string,
  grant: (association: Association, region: Region) => void,
): Requirement {
  const [namespace = '', serviceAccountName = ''] = addonSpec(name)?.serviceAccount?.split('/') ?? [];
  const edit = (config: ClusterConfig): void => {
    const addon = config.addons?.find((candidate) => candidate.name === name) as
      | { podIdentityAssociations?: readonly Association[] }
      | undefined;
    const known = addon?.podIdentityAssociations ?? [];
    // a role of one's own brings its own permissions
    if (!addon || known.some(({ roleARN }) => roleARN !== undefined)) {
      return;
    }
    const association = { ...(known[0] ?? { namespace, serviceAccountName }) };
    grant(association, config.metadata.region);
    addon.podIdentityAssociations = [association, ...known.slice(1)];
  };
  return {
    id: `addon-permissions/${name}/${to}`,
    because: `add-on '${name}' needs permissions for ${to}`,
    check: () => ({ status: 'provide', provision: { kind: 'edit', edit } }),
  };
}

interface Bucket {
  readonly name: string;
  readonly readOnly: boolean;
}

/** The bucket behind a volume, unless the pods bring the permissions themselves. */
function bucketOf(manifest: Manifest): Bucket | undefined {
  const { csi, mountOptions = [] } = (manifest as unknown as Partial<PersistentVolume>).spec ?? {};
  const { bucketName, authenticationSource } = csi?.volumeAttributes ?? {};
  return bucketName === undefined || authenticationSource === 'pod'
    ? undefined
    : { name: bucketName, readOnly: mountOptions.some((option) => /^(?:--)?(?:read-only|ro)$/.test(option)) };
}

/** What Mountpoint needs to list a bucket, to read and to write it. */
function bucketStatements({ name, readOnly }: Bucket, region: Region): object[] {
  const arn = name.startsWith('arn:') ? name : `arn:${partitionOf(region)}:s3:::${name}`;
  const write = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'];
  return [
    { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [arn] },
    { Effect: 'Allow', Action: ['s3:GetObject', ...(readOnly ? [] : write)], Resource: [`${arn}/*`] },
  ];
}
