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
  const found = new Set<string>();
  for (const objects of [apiObjectsOf(root), existingObjects(root)]) {
    for (const { kind, name } of objects) {
      for (const brought of broughtNames(kind, name)) {
        found.add(brought);
      }
    }
  }
  return found;
}

/** What an object of a kind may require, known before it is rendered. */
interface KindNeeds {
  readonly drives: boolean;
  readonly derivations: readonly Derivation[];
}

const NONE: readonly Requirement[] = [];

/** The requirements of objects that declare none themselves, such as a plain StorageClass. */
export class ObjectRequirements {
  /** By apiVersion and kind, of which an app has a few dozen. */
  private readonly byKind = new Map<string, Map<string, KindNeeds>>();

  /** @param brought drivers and API groups that need no add-on */
  constructor(private readonly brought: ReadonlySet<string>) {}

  of(construct: IConstruct): readonly Requirement[] {
    if (!ApiObject.isApiObject(construct)) {
      return NONE;
    }
    const { drives, derivations } = this.needsOf(construct.apiVersion, construct.kind);
    if (!drives && derivations.length === 0) {
      return NONE;
    }
    try {
      const manifest = manifestOf(construct);
      const found = drives ? driverRequirements(manifest, this.brought) : [];
      for (const { needs } of derivations) {
        found.push(...needs(manifest, { root: construct.node.root, brought: this.brought }));
      }
      return found;
    } catch {
      // its error is reported when its file is made
      return NONE;
    }
  }

  private needsOf(apiVersion: string, kind: string): KindNeeds {
    let kinds = this.byKind.get(apiVersion);
    if (!kinds) {
      kinds = new Map();
      this.byKind.set(apiVersion, kinds);
    }
    let needs = kinds.get(kind);
    if (!needs) {
      const of = { apiVersion, kind };
      const derivations = this.brought.has(groupOf(apiVersion)) ? [] : DERIVATIONS.filter(({ may }) => may(of));
      needs = { drives: mayRequire(of), derivations };
      kinds.set(kind, needs);
    }
    return needs;
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
  const found = ofGroup(manifest, brought);
  const claims = claimsIn(manifest);
  if (claims.length > 0) {
    if (claims.some((claim) => sourceGroup(claim) === SNAPSHOT_GROUP) && !brought.has(SNAPSHOT_GROUP)) {
      found.push(Requirements.addon(addonOfGroup(SNAPSHOT_GROUP)!, because(manifest, 'is filled from a snapshot')));
    }
    if (claims.some(({ spec }) => copiedClaim(spec) !== undefined)) {
      found.push(copyRequirement(because(manifest, 'is filled from another claim')));
    }
  }
  if (namesLoadBalancer(manifest) && !brought.has(LOAD_BALANCER_GROUP['node-groups'])) {
    found.push(Requirements.needed('load-balancer', because(manifest, 'is served by its controller').because));
  }
  const drivers = driversNamed(manifest);
  if (drivers.length > 0 || claims.length > 0) {
    for (const name of new Set([...drivers.map((driver) => driver.name), ...driversClaimed(claims)])) {
      if (!brought.has(installedDriver(name))) {
        found.push(...ofDriver(name, manifest));
      }
    }
  }
  return found;
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
