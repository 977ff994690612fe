import { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel } from '../../kube/names';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../core/k8s';
import { kept } from '../core/kept';
import { KubeObject } from '../core/kube-object';
import { namespaceOf } from '../core/namespace';
import { Requirements } from '../core/requirements';
import { tenants } from '../core/tenant-context';
import type { OwnerModel } from './shared/common';
import { type ClaimedVolume, type CsiVolume, csi } from './shared/csi';
import { type EfsVolume, efs } from './shared/efs';
import { type FsxVolume, fsx } from './shared/fsx';
import { type NfsVolume, nfs } from './shared/nfs';
import { type S3Volume, s3 } from './shared/s3';
import type { LateFacts, SharedWay } from './shared/way';
import { dataSource, declareSources } from './source';

/** A workload that mounts a volume, and the user of its pods. */
interface Mounter {
  readonly path: string;
  readonly user: OwnerModel;
}

/**
 * A volume that several workloads of a tenant mount, by their `mounts`: its claim, and its PersistentVolume or StorageClass.
 * The driver, its add-on and permissions become requirements on the cluster. The nodes mount it, so that no network policy
 * is needed. The id is the name of the claim.
 *
 * @example
 * const uploads = SharedVolume.efs(tenant, 'uploads', { fileSystem: 'fs-0123456789abcdef0' });
 * new WebService(tenant, 'web', { ...props, replicas: 3, mounts: { '/var/www/uploads': uploads } });
 * new Worker(tenant, 'thumbnails', { ...props, mounts: { '/uploads': { volume: uploads, readOnly: true } } });
 * @see https://docs.aws.amazon.com/eks/latest/userguide/storage.html
 */
export class SharedVolume extends Construct {
  /** A folder of a file system of EFS. */
  static efs(scope: Construct, id: string, props: EfsVolume): SharedVolume {
    return new SharedVolume(scope, id, (check) => efs(check, props));
  }
  /** A bucket of S3. */
  static s3(scope: Construct, id: string, props: S3Volume): SharedVolume {
    return new SharedVolume(scope, id, (check) => s3(check, props));
  }
  /** A file system of FSx for Lustre, or a volume of FSx for OpenZFS, that exists. */
  static fsx(scope: Construct, id: string, props: FsxVolume): SharedVolume {
    return new SharedVolume(scope, id, (check) => fsx(check, props));
  }
  /** A folder of a server of NFS. */
  static nfs(scope: Construct, id: string, props: NfsVolume): SharedVolume {
    return new SharedVolume(scope, id, (check) => nfs(check, props));
  }
  /** A volume of any CSI driver: one that exists, or one that a class makes. */
  static csi(scope: Construct, id: string, props: CsiVolume | ClaimedVolume): SharedVolume {
    return new SharedVolume(scope, id, (check) => csi(check, props));
  }

  /** The claim, which pods mount. */
  readonly claim: KubeObject<PersistentVolumeClaim>;
  /** The volume that exists; undefined where a class makes it. */
  readonly persistentVolume: KubeObject<PersistentVolume> | undefined;
  /** The class that makes it; undefined where it exists, and where the class exists. */
  readonly storageClass: KubeObject<StorageClass> | undefined;
  /** The name of the claim, where a snapshot can be made of it: of a disk. */
  readonly claimNames: readonly string[];
  /** The namespace of the claim. */
  readonly namespace: string;
  /** @internal */
  readonly way: SharedWay;
  private readonly check: Check;
  private readonly mounters: Mounter[] = [];

  private constructor(scope: Construct, id: string, resolve: (check: Check) => SharedWay) {
    super(scope, id);
    this.check = Check.of(this);
    if (!isDnsLabel(id)) {
      this.check.fail(
        'invalid',
        '',
        `invalid id '${id}': the name of a claim must be at most 63 lowercase letters, digits and '-'`,
        'choose another id',
      );
    }
    this.namespace = namespaceOf(this, this.check);
    this.way = resolve(this.check);
    this.claimNames = this.way.hasGroup ? [id] : [];
    const { accessMode, size, volume, storageClass, step, source } = this.way;
    declareSources(this, this.namespace, [{ source }]);
    const ofCluster = { name: `${this.namespace}-${id}`, labels: this.labels() };
    if (typeof storageClass === 'function') {
      const head: StorageClass = {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: ofCluster,
        provisioner: '',
      };
      this.storageClass = new KubeObject<StorageClass>(this, 'StorageClass', head, () => ({
        ...head,
        metadata: { ...ofCluster, labels: this.labels() },
        ...storageClass(this.late(ofCluster.name)),
        reclaimPolicy: 'Retain',
        volumeBindingMode: 'Immediate',
      }));
    }
    if (volume) {
      const head = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: ofCluster, spec: {} } as PersistentVolume;
      this.persistentVolume = new KubeObject<PersistentVolume>(this, 'PersistentVolume', head, () => ({
        ...head,
        metadata: { ...ofCluster, labels: this.labels() },
        spec: {
          accessModes: [accessMode],
          capacity: { storage: size },
          // no other claim takes it
          claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: id, namespace: this.namespace },
          persistentVolumeReclaimPolicy: 'Retain',
          // no storageClassName: the API server does not keep '', so that each apply would write it again
          volumeMode: 'Filesystem',
          ...volume(this.late(ofCluster.name)),
        },
      }));
    }
    const className = typeof storageClass === 'function' ? ofCluster.name : (storageClass ?? '');
    const claimHead = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: id, namespace: this.namespace },
    } as PersistentVolumeClaim;
    this.claim = new KubeObject<PersistentVolumeClaim>(this, 'PersistentVolumeClaim', claimHead, () => ({
      ...claimHead,
      metadata: { ...claimHead.metadata, labels: this.labels(), annotations: kept(this, undefined) },
      spec: {
        accessModes: [accessMode],
        resources: { requests: { storage: size } },
        storageClassName: className,
        ...(volume ? { volumeName: ofCluster.name } : {}),
        ...dataSource(source),
      },
    }));
    if (step) {
      Requirements.add(this, {
        id: `step/${step.title}`,
        because: `'${this.node.path}' is mounted from it`,
        check: () => ({ status: 'provided', addition: { kind: 'step', step } }),
      });
    }
  }

  /** @internal Called by a workload that mounts it. */
  mountedBy(path: string, user: OwnerModel): void {
    this.mounters.push({ path, user });
  }

  private labels(): Record<string, string> {
    const tenant = tenants.nearest(this);
    return {
      'app.kubernetes.io/managed-by': MANAGED_BY,
      'app.kubernetes.io/part-of': this.namespace,
      ...(tenant ? { owner: tenant.owner } : {}),
    };
  }

  private late(name: string): LateFacts {
    return { name, cluster: clusterOf(this), user: () => this.owner() };
  }

  /** The owner of the files. Asked for when the workloads are known. */
  private owner(): { readonly uid: number; readonly gid: number } {
    const { user } = this.way;
    const users = user ? [user] : this.mounters.map((mounter) => mounter.user);
    const [first, ...others] = users.map(({ uid, gid }) => (uid === undefined ? undefined : { uid, gid: gid ?? uid }));
    if (first && others.every((other) => other?.uid === first.uid && other.gid === first.gid)) {
      return first;
    }
    const told = this.mounters.map(({ path, user: { uid } }) => `'${path}' has ${uid ?? 'the user of its image'}`);
    return this.check.fail(
      'required',
      'user',
      this.mounters.length === 0
        ? 'user is required: no workload mounts the volume'
        : `user is required: the workloads that mount the volume have no single numeric user: ${told.join(', ')}`,
      'write user: 1000, with the uid that the files belong to',
    );
  }
}

/** Refuses what is no SharedVolume. */
export function checkSharedVolume(check: Check, field: string, value: unknown): SharedVolume {
  if (!(value instanceof SharedVolume)) {
    check.fail(
      'type',
      field,
      `${field} must be a SharedVolume, or { volume, readOnly, folder }, but is ${describe(value)}`,
      'create it with SharedVolume.efs(...), s3(...), fsx(...), nfs(...) or csi(...)',
    );
  }
  return value;
}
