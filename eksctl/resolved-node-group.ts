import { joinsDisks } from '../eks/instance-store';
import { architectureOf } from '../eks/instance-types';
import { defaultZones } from '../eks/regions';
import type { Architecture } from '../eks/values';
import { DEFAULT_AMI_FAMILY, DEFAULT_INSTANCE_TYPE, DEFAULT_VOLUME_SIZE, filledSizes } from './node-group-defaults';
import { type PodAddresses, podAddressesOf } from './pod-addresses';
import type { ClusterConfig, ClusterSubnets, ManagedNodeGroup, NodeGroup, NodeGroupTaint } from './types';

/** A group of equal nodes as workloads see them, with eksctl's defaults filled in. */
export interface ResolvedNodeGroup {
  readonly name: string;
  readonly kind: 'managed' | 'self-managed';
  /** Its path in the file: 'managedNodeGroups[0]'. */
  readonly path: string;
  /** Empty if a launch template or an instance selector decides. */
  readonly instanceTypes: readonly string[];
  readonly architecture: Architecture;
  readonly minSize: number;
  readonly desiredCapacity: number;
  readonly maxSize: number;
  /** Labels of the group, and those that Kubernetes, EKS and eksctl add. Without zone, host and instance type, which differ per node. */
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly NodeGroupTaint[];
  readonly zones: readonly string[];
  readonly amiFamily: string;
  /** GiB. */
  readonly volumeSize: number;
  /** Whether the files of pods are on the disks of the instance, in place of the root volume. */
  readonly joinsDisks: boolean;
  readonly maxPodsPerNode: number | undefined;
  /** What limits the pods of a node beside it. */
  readonly podAddresses: PodAddresses;
}

/** The groups of a ClusterConfig, managed ones first. */
export function resolvedNodeGroups(config: ClusterConfig): ResolvedNodeGroup[] {
  return [
    ...(config.managedNodeGroups ?? []).map((group, i) => resolvedManaged(config, group, `managedNodeGroups[${i}]`)),
    ...(config.nodeGroups ?? []).map((group, i) => resolvedSelfManaged(config, group, `nodeGroups[${i}]`)),
  ];
}

/** The cluster's zones: those of the file, of its subnets, or the defaults of the region; empty if unknown. */
export function zonesOf(config: ClusterConfig): readonly string[] {
  if (config.availabilityZones?.length) {
    return config.availabilityZones;
  }
  return config.vpc?.subnets ? (subnetZones(config.vpc.subnets) ?? []) : defaultZones(config.metadata.region);
}

const ZONE_NAME = /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/;

/** The zones of existing subnets, from `az` or the subnet's key; undefined if one has neither. */
export function subnetZones(subnets: ClusterSubnets): string[] | undefined {
  const each = [...Object.entries(subnets.private ?? {}), ...Object.entries(subnets.public ?? {})];
  const zones = each.map(([name, { az }]) => az ?? (ZONE_NAME.test(name) ? name : undefined));
  return zones.includes(undefined) ? undefined : ([...new Set(zones)].sort() as string[]);
}

function resolvedManaged(config: ClusterConfig, group: ManagedNodeGroup, path: string): ResolvedNodeGroup {
  const types = group.instanceTypes ?? [group.instanceType ?? defaultType(group)].filter((type) => type !== undefined);
  const implied = {
    'eks.amazonaws.com/capacityType': group.spot ? 'SPOT' : 'ON_DEMAND',
    'eks.amazonaws.com/nodegroup': group.name,
  };
  return resolved(config, group, { kind: 'managed', path, types, implied, taints: group.taints ?? [] });
}

function resolvedSelfManaged(config: ClusterConfig, group: NodeGroup, path: string): ResolvedNodeGroup {
  const types = group.instancesDistribution?.instanceTypes ?? [
    ...new Set([group.instanceType ?? defaultType(group)].filter((type) => type !== undefined)),
  ];
  return resolved(config, group, { kind: 'self-managed', path, types, implied: {}, taints: taintList(group.taints) });
}

/** eksctl's default, unless something else decides. */
function defaultType(group: ManagedNodeGroup | NodeGroup): string | undefined {
  const elsewhere = group.instanceSelector !== undefined || ('launchTemplate' in group && group.launchTemplate);
  return elsewhere ? undefined : DEFAULT_INSTANCE_TYPE;
}

/** Self-managed groups may also use the form `{ key: 'value:Effect' }`. */
function taintList(taints: NodeGroup['taints']): readonly NodeGroupTaint[] {
  if (taints === undefined || Array.isArray(taints)) {
    return taints ?? [];
  }
  return Object.entries(taints as Readonly<Record<string, string>>).map(([key, text]) => {
    const colon = text.lastIndexOf(':');
    return { key, value: text.slice(0, Math.max(colon, 0)), effect: text.slice(colon + 1) as NodeGroupTaint['effect'] };
  });
}

interface OfKind {
  readonly kind: ResolvedNodeGroup['kind'];
  readonly path: string;
  readonly types: readonly string[];
  readonly implied: Readonly<Record<string, string>>;
  readonly taints: readonly NodeGroupTaint[];
}

function resolved(
  config: ClusterConfig,
  group: ManagedNodeGroup | NodeGroup,
  { kind, path, types, implied, taints }: OfKind,
): ResolvedNodeGroup {
  const { min, desired, max } = filledSizes(group);
  const architecture = types[0] === undefined ? 'amd64' : architectureOf(types[0]);
  return {
    name: group.name,
    kind,
    path,
    instanceTypes: types,
    architecture,
    minSize: min,
    desiredCapacity: desired,
    maxSize: Math.max(1, max),
    labels: {
      'alpha.eksctl.io/cluster-name': config.metadata.name,
      'alpha.eksctl.io/nodegroup-name': group.name,
      'kubernetes.io/arch': architecture,
      'kubernetes.io/os': group.amiFamily?.startsWith('Windows') ? 'windows' : 'linux',
      ...implied,
      ...group.labels,
    },
    taints,
    zones: group.availabilityZones?.length ? group.availabilityZones : zonesOf(config),
    amiFamily: group.amiFamily ?? DEFAULT_AMI_FAMILY,
    volumeSize: group.volumeSize ?? DEFAULT_VOLUME_SIZE,
    joinsDisks: joinsDisks(group.overrideBootstrapCommand),
    maxPodsPerNode: group.maxPodsPerNode,
    podAddresses: podAddressesOf(config),
  };
}
