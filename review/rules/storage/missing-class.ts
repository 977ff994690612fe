import { EKS_STORAGE_CLASS } from '../../../eks/storage-drivers';
import { parseConfigurationValues } from '../../../eksctl/rules/configuration-values';
import type { PersistentVolume } from '../../../imports/kubernetes';
import { type Inventory, title } from '../../../kube/inventory';
import { listed, nearest } from '../../../kube/text';
import { isAtLeast } from '../../../kube/versions';
import { claimingObjects } from '../../claims';
import { volumeIndex } from '../../cluster/volumes';
import type { ClusterSide } from '../../cluster-side';
import { Places } from '../../places';
import type { Rule } from '../../rule';

const EBS_ADDON = 'aws-ebs-csi-driver';
/** The class that the EBS add-on makes where its configuration asks for it, which is then the default. */
const OF_ADDON = 'ebs-csi-default-sc';

/** Claims whose class is not there. Without a cluster and without a class in the set, all classes may be elsewhere. */
export const rule: Rule = {
  id: 'storage/missing-class',
  title: 'every claim has a StorageClass of the set or of the cluster',
  severity: 'warning',
  why: 'A claim of a class that does not exist stays pending, and so do its pods. So does a claim without a class where none is the default, as in new clusters of EKS since Kubernetes 1.30.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1',
  bad: manifests('fats'),
  good: manifests('fast'),
  check: ({ inventory, existing, cluster, kubernetesVersion }, report) => {
    const { classes, defaultClass } = volumeIndex(inventory);
    if (!inventory.complete || !(cluster || classes.size > 0)) {
      return;
    }
    const isAuto = cluster?.config.autoModeConfig?.enabled === true;
    const hasDriver = cluster?.config.addons?.some(({ name }) => name === EBS_ADDON) === true;
    const declared = existing.filter(({ kind }) => kind === 'StorageClass').map(({ name }) => name);
    const ofAddon = cluster !== undefined && makesDefaultClass(cluster);
    const known = new Set([
      ...classes.keys(),
      ...declared,
      ...classesOfVolumes(inventory),
      // its volumes are made by the driver of node groups
      ...(isAuto && !hasDriver ? [] : [EKS_STORAGE_CLASS.name]),
      ...(ofAddon ? [OF_ADDON] : []),
    ]);
    const isDefault =
      defaultClass !== undefined ||
      ofAddon ||
      declared.length > 0 ||
      cluster === undefined ||
      !isAtLeast(kubernetesVersion, EKS_STORAGE_CLASS.defaultBefore);
    for (const { object, claims } of claimingObjects(inventory)) {
      const found = new Places(report, object);
      for (const { field, spec } of claims) {
        const { storageClassName: name, volumeName } = spec;
        if (volumeName !== undefined || name === '') {
          continue;
        }
        if (name === undefined && !isDefault) {
          found.add('', {
            message: `a claim of ${title(object)} has no class, and no StorageClass is the default`,
            fix: 'write storageClassName, or make a StorageClass the default of the cluster',
            field: `${field}.storageClassName`,
          });
        } else if (name !== undefined && !known.has(name)) {
          const guess = nearest(name, [...classes.keys()]);
          found.add(name, {
            message: `a claim of ${title(object)} has the class '${name}', which is neither in the set nor served by the cluster; known are ${listed([...known])}`,
            fix: `${guess === undefined ? 'write one of them' : `write '${guess}'`}, add the StorageClass, or declare that it exists: existing: [{ kind: 'StorageClass', namespace: '', name: '${name}' }]`,
            field: `${field}.storageClassName`,
          });
        }
      }
      found.finish();
    }
  },
};

/** Volumes that are there already are bound by the name of their class, which need not exist. */
function classesOfVolumes(inventory: Inventory): string[] {
  return inventory
    .ofKind('PersistentVolume', '')
    .flatMap(({ manifest }) => (manifest as unknown as PersistentVolume).spec?.storageClassName ?? []);
}

/** Whether `defaultStorageClass.enabled` of the EBS add-on is set. */
function makesDefaultClass({ config }: ClusterSide): boolean {
  const { configurationValues } = config.addons?.find(({ name }) => name === EBS_ADDON) ?? {};
  const values = configurationValues === undefined ? undefined : parseConfigurationValues(configurationValues)?.values;
  const { defaultStorageClass } = (values ?? {}) as { readonly defaultStorageClass?: { readonly enabled?: unknown } };
  return defaultStorageClass?.enabled === true;
}

function manifests(className: string): string {
  return `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast }
provisioner: ebs.csi.aws.com
parameters: { type: gp3, encrypted: 'true' }
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { storageClassName: ${className}, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;
}
