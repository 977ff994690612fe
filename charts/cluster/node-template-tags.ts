import { knownInstanceSpec } from '../../eks/instance-specs';
import type { InstanceStore } from '../../eks/instance-store';
import { diskGiB, localStorageMiB } from '../../simulator/allocatable';

/** What decides about the nodes of a group. */
interface Group {
  readonly minSize: number;
  readonly types: readonly string[];
  /** GiB. */
  readonly volumeSize: number;
  readonly instanceStore?: InstanceStore | undefined;
}

const RESOURCES = 'k8s.io/cluster-autoscaler/node-template/resources/';

/**
 * Tags of a group that may have no nodes: what the autoscaler cannot learn from its instance type. Without them it takes a
 * new node for one without local disk, of which every pod asks a share, and never starts the first.
 *
 * @param efa whether the nodes have Elastic Fabric Adapters
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md#auto-discovery-setup
 */
export function nodeTemplateTags({ minSize, types, volumeSize, instanceStore }: Group, efa: boolean) {
  if (minSize > 0) {
    return undefined;
  }
  const joined = instanceStore === 'RAID0';
  const size = Math.min(...types.map((type) => diskGiB(knownInstanceSpec(type)?.disks ?? 0, joined, volumeSize)));
  const efas = efa ? Math.min(...types.map((type) => knownInstanceSpec(type)?.efas ?? 0)) : 0;
  return {
    [`${RESOURCES}ephemeral-storage`]: `${Math.floor(localStorageMiB(size) / 1024)}Gi`,
    ...(efas > 0 ? { [`${RESOURCES}vpc.amazonaws.com/efa`]: String(efas) } : {}),
  };
}
