import { ZONE } from '../../../eks/node-labels';
import type { NodePool } from '../../../imports/karpenter';
import type { PersistentVolume, StorageClass } from '../../../imports/kubernetes';
import { type InventoryObject, title } from '../../../kube/inventory';
import { clusterZones } from '../../../simulator/node-templates/of-cluster';
import { classZones, volumeZones } from '../../cluster/volumes';
import { objectsOfKinds } from '../../kinds';
import { clusterRule } from '../../rule';

/** Volumes and pools in zones where the cluster has no subnet: their pods stay pending. */
export const rule = clusterRule({
  id: 'zones/foreign',
  title: 'volumes, storage classes and node pools name zones of the cluster',
  severity: 'error',
  why: 'A volume can be attached only to a node in its own zone. Where the cluster has no nodes in that zone, pods with the volume stay pending.',
  source: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#allowed-topologies',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large }
availabilityZones: [us-west-2a, us-west-2b]
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: standard }
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
allowedTopologies:
  - matchLabelExpressions: [{ key: topology.kubernetes.io/zone, values: [us-west-2d] }]
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large }
availabilityZones: [us-west-2a, us-west-2b]
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: standard }
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
allowedTopologies:
  - matchLabelExpressions: [{ key: topology.kubernetes.io/zone, values: [us-west-2a] }]
`,
  check: (cluster, inventory, report) => {
    const zones = clusterZones(cluster);
    if (zones.length === 0) {
      return;
    }
    for (const object of objectsOfKinds(inventory, ({ kind }) => ZONED.has(kind))) {
      const named = zonesNamed(object);
      const foreign = named?.zones.filter((zone) => !zones.includes(zone)) ?? [];
      if (!named || foreign.length === 0 || (named.needed === 'one' && foreign.length < named.zones.length)) {
        continue;
      }
      report(object, {
        message: `'${named.where}' of ${title(object)} has ${foreign.join(', ')}, where the cluster has no nodes`,
        field: named.field,
        fix: `use zones of 'availabilityZones' in the ClusterConfig: ${zones.join(', ')}`,
      });
    }
  },
});

interface NamedZones {
  readonly zones: readonly string[];
  readonly where: string;
  readonly field: string;
  /** Whether one of them is enough, or each has to be there. */
  readonly needed: 'one' | 'all';
}

/** Kinds whose objects name zones. */
const ZONED: ReadonlySet<string> = new Set(['StorageClass', 'PersistentVolume', 'NodePool']);

/** Where a pod is placed first, one zone is enough; where the volume is made first, it may land in any. */
function zonesNamed({ manifest }: InventoryObject): NamedZones | undefined {
  switch (manifest.kind) {
    case 'StorageClass': {
      const storageClass = manifest as unknown as StorageClass;
      return {
        zones: classZones(storageClass) ?? [],
        where: 'allowedTopologies',
        field: 'allowedTopologies',
        needed: storageClass.volumeBindingMode === 'WaitForFirstConsumer' ? 'one' : 'all',
      };
    }
    case 'PersistentVolume':
      return {
        zones: volumeZones(manifest as unknown as PersistentVolume) ?? [],
        where: 'nodeAffinity',
        field: 'spec.nodeAffinity',
        needed: 'one',
      };
    case 'NodePool':
      return {
        zones: poolZones(manifest as unknown as NodePool),
        where: 'requirements',
        field: 'spec.template.spec.requirements',
        needed: 'all',
      };
    default:
      return undefined;
  }
}

function poolZones({ spec }: Partial<NodePool>): string[] {
  const requirements = spec?.template?.spec?.requirements ?? [];
  return requirements
    .filter(({ key, operator }) => key === ZONE && operator === 'In')
    .flatMap(({ values = [] }) => values);
}
