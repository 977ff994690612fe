import type { ManifestError } from '../../charts/core/errors';
import { ZONE } from '../../eks/node-labels';
import type { NodePool } from '../../imports/karpenter';
import type { PersistentVolume, StorageClass } from '../../imports/kubernetes';
import { errorAt, title } from '../../kube/objects';
import { clusterZones } from '../../simulator/node-templates/of-cluster';
import type { FitFindings, FitInput, FitObject } from './input';
import { classZones, volumeZones } from './volumes';

/** Volumes and pools in zones where the cluster has no subnet: the pods wait for ever. */
export function zoneFindings(input: FitInput): FitFindings {
  const zones = clusterZones(input);
  const errors = zones.length === 0 ? [] : input.objects.flatMap((object) => foreignZones(object, zones));
  return { errors, warnings: [] };
}

function foreignZones(object: FitObject, zones: readonly string[]): ManifestError[] {
  const { named, where, needed } = zonesNamed(object);
  const foreign = named.filter((zone) => !zones.includes(zone));
  if (foreign.length === 0 || (needed === 'one' && foreign.length < named.length)) {
    return [];
  }
  return [
    errorAt(
      object,
      `'${where}' of ${title(object)} has ${foreign.join(', ')}, where the cluster has no nodes`,
      `write zones of 'availabilityZones' in the ClusterConfig: ${zones.join(', ')}`,
    ),
  ];
}

interface NamedZones {
  readonly named: readonly string[];
  readonly where: string;
  /** Whether one of them is enough, or each has to be there. */
  readonly needed: 'one' | 'all';
}

/** Where a pod is placed first, one zone is enough; where the volume is made first, it may land in any. */
function zonesNamed({ manifest }: FitObject): NamedZones {
  switch (manifest.kind) {
    case 'StorageClass': {
      const storageClass = manifest as unknown as StorageClass;
      const waits = storageClass.volumeBindingMode === 'WaitForFirstConsumer';
      return { named: classZones(storageClass) ?? [], where: 'allowedTopologies', needed: waits ? 'one' : 'all' };
    }
    case 'PersistentVolume':
      return {
        named: volumeZones(manifest as unknown as PersistentVolume) ?? [],
        where: 'nodeAffinity',
        needed: 'one',
      };
    case 'NodePool':
      return { named: poolZones(manifest as unknown as NodePool), where: 'requirements', needed: 'all' };
    default:
      return { named: [], where: '', needed: 'all' };
  }
}

function poolZones({ spec }: Partial<NodePool>): string[] {
  const requirements = spec?.template?.spec?.requirements ?? [];
  return requirements
    .filter(({ key, operator }) => key === ZONE && operator === 'In')
    .flatMap(({ values = [] }) => values);
}
