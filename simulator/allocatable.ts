import { podsByAddresses, podsByPrefixes } from '../eks/instance-specs';
import { DEFAULT_VOLUME_SIZE } from '../eksctl/node-group-defaults';
import type { ResolvedNodeGroup } from '../eksctl/resolved-node-group';

/** What a node has for pods, or what pods ask of it. */
export interface Amounts {
  /** In thousandths of a core. */
  readonly cpu: number;
  /** In MiB. */
  readonly memory: number;
  /** Number of pods. */
  readonly pods: number;
  /** Room for scratch files, logs and images, in MiB. */
  readonly ephemeralStorage: number;
  /** Number of EBS volumes. */
  readonly volumes: number;
  /** Number of NVIDIA GPUs. */
  readonly gpus: number;
  /** Number of branch network interfaces, one for each pod with security groups of its own. */
  readonly branchInterfaces: number;
}

/** As tables and messages name them. */
export const AMOUNT_NAMES: Readonly<Record<keyof Amounts, string>> = {
  cpu: 'CPU',
  memory: 'memory',
  pods: 'pods',
  ephemeralStorage: 'ephemeral storage',
  volumes: 'volumes',
  gpus: 'GPUs',
  branchInterfaces: 'branch interfaces',
};

/** The resources of an instance type that decide what its node has for pods. */
export interface InstanceResources {
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly architecture: 'amd64' | 'arm64';
  readonly enis: number;
  readonly ipsPerEni: number;
  readonly gpus: number;
  readonly volumes: number;
  readonly branchInterfaces: number;
  /** GB of its own disks. */
  readonly disks?: number;
}

/** Of thousandths of a core up to each bound, the share that the kubelet keeps, in hundredths of a percent. */
const CPU_KEPT: readonly (readonly [number, number])[] = [
  [1000, 600],
  [2000, 100],
  [4000, 50],
  [Number.POSITIVE_INFINITY, 25],
];

/** What a node of a type has for pods, by the formulas of EKS' node bootstrap (nodeadm) and the kubelet's defaults for eviction. */
export function allocatable(type: InstanceResources, volumeSizeGiB: number = DEFAULT_VOLUME_SIZE): Amounts {
  const pods = podsByAddresses(type);
  return {
    cpu: type.vcpu * 1000 - keptCpu(type.vcpu * 1000),
    // kept for the kubelet by the number of pods that its interfaces allow, whatever number is configured, and 100 Mi before eviction
    memory: Math.max(0, memoryOf(type) - (255 + 11 * pods) - 100),
    pods,
    ephemeralStorage: localStorageMiB(volumeSizeGiB),
    volumes: type.volumes,
    gpus: type.gpus,
    branchInterfaces: type.branchInterfaces,
  };
}

/** GiB of the disk with the files of pods: the root volume, or the joined disks of the instance. */
export function diskGiB(disksGB: number, joined: boolean, volumeSizeGiB: number): number {
  return joined && disksGB > 0 ? Math.floor((disksGB * 1000 ** 3) / 1024 ** 3) : volumeSizeGiB;
}

/** What a volume has for pods: 1 Gi is kept for the kubelet, and pods are evicted when a tenth is left. */
export function localStorageMiB(volumeSizeGiB: number): number {
  const storage = volumeSizeGiB * 1024;
  return Math.max(0, storage - 1024 - Math.ceil(storage / 10));
}

/** The memory that the kubelet sees: the hypervisor and the kernel keep about 7.5 %, and 64 Mi on Graviton. */
function memoryOf({ memoryMiB, architecture }: InstanceResources): number {
  const given = memoryMiB - (architecture === 'arm64' ? 64 : 0);
  return given - Math.ceil((given * 75) / 1000);
}

function keptCpu(milli: number): number {
  let kept = 0;
  let from = 0;
  for (const [to, share] of CPU_KEPT) {
    kept += Math.floor((Math.max(0, Math.min(milli, to) - from) * share) / 10_000);
    from = to;
  }
  return kept;
}

/**
 * What each node of a group is sure to have. A group with several types has nodes of any of them, so the least counts in
 * each resource; undefined when a type is not known.
 */
export function groupAllocatable(
  group: ResolvedNodeGroup,
  specOf: (type: string) => InstanceResources | undefined,
): Amounts | undefined {
  const known = group.instanceTypes.map(specOf);
  if (known.length === 0 || known.includes(undefined)) {
    return undefined;
  }
  const each = (known as InstanceResources[]).map((type) =>
    allocatable(type, diskGiB(type.disks ?? 0, group.joinsDisks, group.volumeSize)),
  );
  const least = (of: (amounts: Amounts) => number) => Math.min(...each.map(of));
  // Bottlerocket has its system on a volume of its own
  const more = group.amiFamily.startsWith('Bottlerocket') ? 1 : 0;
  return {
    cpu: least(({ cpu }) => cpu),
    memory: least(({ memory }) => memory),
    pods: Math.min(
      group.maxPodsPerNode ?? least(({ pods }) => pods),
      podCap(group, known as InstanceResources[]),
      ...(known as InstanceResources[]).map((type) => addressed(group, type)),
    ),
    ephemeralStorage: least(({ ephemeralStorage }) => ephemeralStorage),
    volumes: Math.max(0, least(({ volumes }) => volumes) - more),
    gpus: least(({ gpus }) => gpus),
    branchInterfaces: least(({ branchInterfaces }) => branchInterfaces),
  };
}

/** Pods that a node has addresses for, whatever `maxPodsPerNode` says. */
function addressed({ podAddresses }: ResolvedNodeGroup, type: InstanceResources): number {
  switch (podAddresses) {
    case 'addresses':
      return podsByAddresses(type);
    case 'prefixes':
      return podsByPrefixes(type);
    case 'unlimited':
      return Number.POSITIVE_INFINITY;
  }
}

/** EKS keeps the nodes of managed groups below these numbers, whatever their interfaces allow. */
function podCap(group: ResolvedNodeGroup, types: readonly InstanceResources[]): number {
  if (group.kind !== 'managed') {
    return Number.POSITIVE_INFINITY;
  }
  return types.some(({ vcpu }) => vcpu < 30) ? 110 : 250;
}
