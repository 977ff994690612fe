import { Construct } from 'constructs';
import { INSTANCE_STORE, LOCAL_VOLUMES } from '../../eks/instance-store';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import { isSubdomain } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import type { StorageClass } from '../core/k8s';
import { KubeObject } from '../core/kube-object';
import type { Path } from '../core/values';

/** Props of a LocalStorageClass. */
export interface LocalStorageClassProps {
  /** The folder of the nodes in which each disk is mounted. @default '/mnt/k8s-disks', as with `instanceStore: 'Mount'` of a node group */
  readonly folder?: Path;
}

const PROPS: KeyTable<LocalStorageClassProps> = { folder: 'text' };

/**
 * A class of volumes on the disks of the instances themselves: fast, at no extra cost, and lost with their node. The id is
 * the name of the class. Node groups with `instanceStore: 'Mount'` mount the disks, and the local volume static provisioner,
 * which a step installs, makes a PersistentVolume of each: a claim gets a whole disk, whatever its size. When a node is gone,
 * so are its volumes and their claims, and a member begins with an empty one.
 *
 * Refused in EKS Auto Mode, whose nodes cannot be set up for it.
 *
 * @example
 * const nvme = new LocalStorageClass(cluster, 'local-nvme');
 * new StatefulService(tenant, 'cache', { ...props, storage: { mountPath: '/data', size: '400Gi', className: nvme.storageClass } });
 * @see https://github.com/kubernetes-sigs/sig-storage-local-static-provisioner
 */
export class LocalStorageClass extends Construct {
  /** The class: `className` of a volume. */
  readonly storageClass: KubeObject<StorageClass>;

  constructor(scope: Construct, id: string, props: LocalStorageClassProps = {}) {
    super(scope, id);
    const check = Check.of(this);
    check.keys<LocalStorageClassProps>('props', props, PROPS);
    if (!isSubdomain(id)) {
      check.fail(
        'invalid',
        '',
        `invalid id '${id}': the name of a class must be a DNS name in lowercase letters, but is ${describe(id)}`,
        "write for example 'local-nvme'",
      );
    }
    if (clusterOf(this)?.facts.compute === 'auto') {
      check.fail(
        'unsupported',
        '',
        'a LocalStorageClass must not be made for EKS Auto Mode, whose nodes cannot be set up for it',
        'take scratch folders, or a class of EBS',
      );
    }
    const folder = check.absolutePath('folder', props.folder ?? INSTANCE_STORE.folder);
    this.storageClass = new KubeObject<StorageClass>(
      this,
      'StorageClass',
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: {
          name: id,
          labels: { 'app.kubernetes.io/managed-by': MANAGED_BY },
          annotations: { [LOCAL_VOLUMES.folder]: folder },
        },
        provisioner: LOCAL_VOLUMES.provisioner,
        // the provisioner empties the disk when its claim is deleted
        reclaimPolicy: 'Delete',
        // a disk is on one node: the pod is scheduled first
        volumeBindingMode: 'WaitForFirstConsumer',
      },
      undefined,
    );
  }
}
