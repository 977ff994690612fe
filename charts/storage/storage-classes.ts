import { EBS_DRIVER } from '../../eks/compute-modes';
import type { StorageClass } from '../../imports/kubernetes';
import { DEFAULT_CLASS } from '../../kube/claims';
import { STORAGE_CLASS } from '../core/class-names';
import type { ClusterFacts } from '../core/requirements';

/** A class of encrypted EBS volumes that can grow: neither can be changed later. */
export function ebsClass(
  compute: ClusterFacts['compute'],
  metadata: StorageClass['metadata'],
  { type, ...parameters }: { readonly type: string; readonly [parameter: string]: string },
  reclaimPolicy: 'Delete' | 'Retain',
): StorageClass {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata,
    provisioner: EBS_DRIVER[compute],
    parameters: { type, encrypted: 'true', ...parameters },
    reclaimPolicy,
    // an EBS volume is in one zone: it is created where its pod is scheduled
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  };
}

/** The two StorageClasses of a cluster. */
export function storageClasses(
  compute: ClusterFacts['compute'],
  labels: Readonly<Record<string, string>>,
): { readonly standard: StorageClass; readonly retain: StorageClass } {
  const gp3 = (
    name: string,
    reclaimPolicy: 'Delete' | 'Retain',
    annotations?: Record<string, string>,
  ): StorageClass => {
    const metadata = { name, labels: { ...labels }, ...(annotations ? { annotations } : {}) };
    return ebsClass(compute, metadata, { type: 'gp3' }, reclaimPolicy);
  };
  return {
    standard: gp3(STORAGE_CLASS.standard, 'Delete', { [DEFAULT_CLASS]: 'true' }),
    retain: gp3(STORAGE_CLASS.retain, 'Retain'),
  };
}
