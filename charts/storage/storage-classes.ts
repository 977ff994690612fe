import { EBS_DRIVER } from '../../eks/compute-modes';
import type { StorageClass } from '../../imports/kubernetes';
import { DEFAULT_CLASS } from '../../kube/storage-classes';
import { STORAGE_CLASS } from '../core/class-names';
import type { ClusterFacts } from '../core/requirements';

/** The two StorageClasses of a cluster. Parameters cannot be changed later, so they are encrypted and expandable from the start. */
export function storageClasses(
  compute: ClusterFacts['compute'],
  labels: Readonly<Record<string, string>>,
): { readonly standard: StorageClass; readonly retain: StorageClass } {
  const storageClass = (
    name: string,
    reclaimPolicy: 'Delete' | 'Retain',
    annotations?: Record<string, string>,
  ): StorageClass => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, labels: { ...labels }, ...(annotations ? { annotations } : {}) },
    provisioner: EBS_DRIVER[compute],
    parameters: { type: 'gp3', encrypted: 'true' },
    reclaimPolicy,
    // an EBS volume is in one zone: it is created where its pod is scheduled
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  });
  return {
    standard: storageClass(STORAGE_CLASS.standard, 'Delete', { [DEFAULT_CLASS]: 'true' }),
    retain: storageClass(STORAGE_CLASS.retain, 'Retain'),
  };
}
