import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { addonOfDriver, addonOfGroup, addonSpec } from '../../eks/addons';
import { managedPolicyArn, partitionOf } from '../../eks/arn';
import { installedDriver, isEbsDriver, LOAD_BALANCER_GROUP } from '../../eks/compute-modes';
import { controllerOfDriver, controllerOfGroup } from '../../eks/controllers';
import { EKS_STORAGE_CLASS } from '../../eks/storage-drivers';
import type { Region } from '../../eks/values';
import { claimsIn, copiedClaim, mayClaim, type PlacedClaim, sourceGroup } from '../../kube/claims';
import { broughtNames, driversNamed, mayNameDriver, SNAPSHOT_GROUP } from '../../kube/csi-drivers';
import { groupOf } from '../../kube/kinds';
import type { Manifest } from '../../kube/objects';
import { SECRETS_STORE, SYNC_SECRETS } from '../config/aws-secret';
import { apiObjectsOf, existingObjects, manifestOf } from '../core/app-objects';
import { STORAGE_CLASS } from '../core/class-names';
import type { PersistentVolume } from '../core/k8s';
import { type Requirement, Requirements } from '../core/requirements';
import { addonPermissions, addPolicy, addStatements } from './addon-permissions';
import { keyPermissions } from './key-permissions';
import { mayNameLoadBalancer, namesLoadBalancer } from './load-balancer-names';
import { backups } from './needs/backups';
import { copyRequirement } from './needs/copies';
import { because, controllerRequirement, type Derivation } from './needs/derivation';
import { dnsNames } from './needs/dns-names';
import { gateways } from './needs/gateways';
import { localVolumes } from './needs/local-volumes';
import { meshes } from './needs/meshes';
import { networkPolicies } from './needs/network-policies';
import { podSecurityGroups } from './needs/pod-security-groups';

const S3 = 'aws-mountpoint-s3-csi-driver';
const DERIVATIONS: readonly Derivation[] = [
  backups,
  dnsNames,
  gateways,
  localVolumes,
  meshes,
  networkPolicies,
  podSecurityGroups,
];

/** The drivers and API groups that an app has from elsewhere: it installs them itself, or says that they exist. */
export function broughtBy(root: IConstruct): ReadonlySet<string> {
  return new Set(
    [...apiObjectsOf(root), ...existingObjects(root)].flatMap(({ kind, name }) => broughtNames(kind, name)),
  );
}

/**
 * The requirements of an object that declares none itself, such as a plain StorageClass.
 *
 * @param brought drivers and API groups that need no add-on
 */
export function requirementsOfObject(construct: IConstruct, brought: ReadonlySet<string>): Requirement[] {
  if (!ApiObject.isApiObject(construct)) {
    return [];
  }
  const derivations = brought.has(groupOf(construct.apiVersion)) ? [] : DERIVATIONS.filter(({ may }) => may(construct));
  const mayDrive = mayRequire(construct);
  if (!mayDrive && derivations.length === 0) {
    return [];
  }
  try {
    const manifest = manifestOf(construct);
    return [
      ...(mayDrive ? driverRequirements(manifest, brought) : []),
      ...derivations.flatMap(({ needs }) => needs(manifest, { root: construct.node.root, brought })),
    ];
  } catch {
    // its error is reported when its file is made
    return [];
  }
}

/** Whether an object may require something; known before it is rendered. */
function mayRequire(object: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  return (
    mayNameDriver(object) || mayClaim(object) || mayNameLoadBalancer(object) || isKnown(groupOf(object.apiVersion))
  );
}

function isKnown(group: string): boolean {
  return addonOfGroup(group) !== undefined || controllerOfGroup(group) !== undefined;
}

/** The drivers and API groups that an object names, and the permissions of these drivers. */
function driverRequirements(manifest: Manifest, brought: ReadonlySet<string>): Requirement[] {
  const claims = claimsIn(manifest);
  const names = new Set([...driversNamed(manifest).map(({ name }) => name), ...driversClaimed(claims)]);
  return [
    ...ofGroup(manifest, brought),
    ...(claims.some((claim) => sourceGroup(claim) === SNAPSHOT_GROUP) && !brought.has(SNAPSHOT_GROUP)
      ? [Requirements.addon(addonOfGroup(SNAPSHOT_GROUP)!, because(manifest, 'is filled from a snapshot'))]
      : []),
    ...(claims.some(({ spec }) => copiedClaim(spec) !== undefined)
      ? [copyRequirement(because(manifest, 'is filled from another claim'))]
      : []),
    ...(namesLoadBalancer(manifest) && !brought.has(LOAD_BALANCER_GROUP['node-groups'])
      ? [Requirements.feature('load-balancer', because(manifest, 'is served by its controller'))]
      : []),
    ...[...names].filter((name) => !brought.has(installedDriver(name))).flatMap((name) => ofDriver(name, manifest)),
  ];
}

const CLASSES: ReadonlySet<string> = new Set([EKS_STORAGE_CLASS.name, ...Object.values(STORAGE_CLASS)]);

/** The drivers of the classes that the cluster has by itself: of EKS, and the app's own, one of which is the default. */
function driversClaimed(claims: readonly PlacedClaim[]): string[] {
  const claimed = claims.some(
    ({ spec: { volumeName, storageClassName: name } }) =>
      volumeName === undefined && (name === undefined || CLASSES.has(name)),
  );
  return claimed ? [EKS_STORAGE_CLASS.provisioner] : [];
}

function ofGroup(manifest: Manifest, brought: ReadonlySet<string>): Requirement[] {
  const group = groupOf(manifest.apiVersion);
  if (!isKnown(group) || brought.has(group)) {
    return [];
  }
  const reason = because(manifest, 'is of its kinds');
  const addon = addonOfGroup(group);
  if (addon === undefined || addonSpec(addon)?.owner !== 'aws') {
    return [Requirements.api(`${manifest.apiVersion}/${manifest.kind}`, reason)];
  }
  const { secretObjects } = manifest.spec ?? {};
  return addon === SECRETS_STORE && Array.isArray(secretObjects) && secretObjects.length > 0
    ? [Requirements.configuredAddon({ name: addon, configuration: SYNC_SECRETS }, reason)]
    : [Requirements.addon(addon, reason)];
}

function ofDriver(driver: string, manifest: Manifest): Requirement[] {
  const reason = because(manifest, 'is served by its driver');
  if (isEbsDriver(driver)) {
    // the cluster's own classes are there whether the driver is or not; the workloads that use them require it
    return isOwnClass(manifest) ? [] : [Requirements.feature('ebs', reason), ...keyPermissions(manifest)];
  }
  const addon = addonOfDriver(driver);
  if (addon !== undefined) {
    return [Requirements.addon(addon, reason), ...permissionsOf(addon, manifest)];
  }
  const controller = controllerOfDriver(driver);
  return controller ? [controllerRequirement(controller, reason)] : [];
}

function isOwnClass({ kind, metadata }: Manifest): boolean {
  return kind === 'StorageClass' && Object.values<string>(STORAGE_CLASS).includes(metadata.name);
}

/** eksctl adds the permissions that EKS recommends for EFS; those for FSx and S3 are added here. */
function permissionsOf(addon: string, manifest: Manifest): Requirement[] {
  const { needs, recommends } = addonSpec(addon)!;
  const policy = recommends ? undefined : needs?.policy;
  if (policy !== undefined) {
    return [
      addonPermissions(addon, 'FSx', (association, region) => {
        addPolicy(association, managedPolicyArn(region, policy));
      }),
    ];
  }
  const bucket = addon === S3 ? bucketOf(manifest) : undefined;
  return bucket === undefined
    ? []
    : [
        addonPermissions(addon, bucket.name, (association, region) =>
          addStatements(association, bucketStatements(bucket, region)),
        ),
      ];
}

interface Bucket {
  readonly name: string;
  readonly readOnly: boolean;
}

/** The bucket of a volume, unless the pods bring the permissions. */
function bucketOf(manifest: Manifest): Bucket | undefined {
  const { csi, mountOptions = [] } = (manifest as unknown as Partial<PersistentVolume>).spec ?? {};
  const { bucketName, authenticationSource } = csi?.volumeAttributes ?? {};
  return bucketName === undefined || authenticationSource === 'pod'
    ? undefined
    : { name: bucketName, readOnly: mountOptions.some((option) => /^(?:--)?(?:read-only|ro)$/.test(option)) };
}

/** Permissions of Mountpoint to list, read and write a bucket. */
function bucketStatements({ name, readOnly }: Bucket, region: Region): object[] {
  const arn = name.startsWith('arn:') ? name : `arn:${partitionOf(region)}:s3:::${name}`;
  const write = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'];
  return [
    { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [arn] },
    { Effect: 'Allow', Action: ['s3:GetObject', ...(readOnly ? [] : write)], Resource: [`${arn}/*`] },
  ];
}
