import type { V1Node } from '@kubernetes/client-node';
import { allocatableOf } from './instance-types';
import { isNotFound, type Kube } from './kube';

/** The part of a managed node group in a ClusterConfig that decides what its nodes look like. */
export interface NodeGroup {
  readonly name: string;
  readonly instanceType: string;
  readonly desiredCapacity?: number;
  readonly minSize?: number;
  readonly availabilityZones?: readonly string[];
  readonly amiFamily?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

/** The part of a ClusterConfig that decides what its nodes look like. */
export interface ClusterConfig {
  readonly metadata: { readonly name: string; readonly region: string };
  readonly availabilityZones?: readonly string[];
  readonly managedNodeGroups?: readonly NodeGroup[];
}

export const ZONE = 'topology.kubernetes.io/zone';

/** The nodes that EKS would start: each group at its desired capacity, over its zones in turn. */
export function nodesOf(config: ClusterConfig): V1Node[] {
  return (config.managedNodeGroups ?? []).flatMap((group) => {
    const count = group.desiredCapacity ?? group.minSize ?? 2;
    return Array.from({ length: count }, (_, i) => nodeOf(config, group, i));
  });
}

/** The node of a group with an index; the index decides the zone. */
export function nodeOf(config: ClusterConfig, group: NodeGroup, index: number): V1Node {
  const zones =
    group.availabilityZones ?? config.availabilityZones ?? ['a', 'b', 'c'].map((z) => config.metadata.region + z);
  return node({
    name: `${group.name}-${index}`,
    zone: zones[index % zones.length]!,
    region: config.metadata.region,
    instanceType: group.instanceType,
    labels: {
      'alpha.eksctl.io/cluster-name': config.metadata.name,
      'alpha.eksctl.io/nodegroup-name': group.name,
      'eks.amazonaws.com/capacityType': 'ON_DEMAND',
      'eks.amazonaws.com/nodegroup': group.name,
      ...(group.amiFamily?.startsWith('Windows') ? { 'kubernetes.io/os': 'windows' } : {}),
      ...group.labels,
    },
    taints: group.taints,
  });
}

export interface NodeProps {
  readonly name: string;
  readonly zone: string;
  readonly region: string;
  readonly instanceType: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: NodeGroup['taints'];
}

/** A node as EKS registers it. */
export function node({ name, zone, region, instanceType, labels, taints }: NodeProps): V1Node {
  const facts = allocatableOf(instanceType);
  if (!facts) {
    throw new Error(`what ${instanceType} has for pods is not in eks/instance-data.ts`);
  }
  const resources = {
    cpu: `${facts.cpuMilli}m`,
    memory: `${facts.memoryMi}Mi`,
    pods: String(facts.pods),
    'ephemeral-storage': `${facts.ephemeralStorageMi}Mi`,
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/arch': /^[a-z]+\d+g/.test(instanceType) ? 'arm64' : 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': instanceType,
        'topology.ebs.csi.aws.com/zone': zone,
        'topology.kubernetes.io/region': region,
        [ZONE]: zone,
        ...labels,
      },
    },
    spec: {
      providerID: `aws:///${zone}/${name}`,
      ...(taints && { taints: taints.map((taint) => ({ ...taint })) }),
    },
    status: { allocatable: resources, capacity: resources },
  };
}

/** Registers nodes, and what the CSI driver says about each: how many volumes can be attached. */
export async function addNodes(kube: Kube, nodes: readonly V1Node[]): Promise<void> {
  await Promise.all(
    nodes.map(async (body) => {
      await kube.core.createNode({ body });
      const name = body.metadata!.name!;
      const count = allocatableOf(body.metadata!.labels!['node.kubernetes.io/instance-type']!)!.volumes;
      const drivers = [{ name: 'ebs.csi.aws.com', nodeID: name, topologyKeys: [ZONE], allocatable: { count } }];
      await kube.storage.createCSINode({
        body: { apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata: { name }, spec: { drivers } },
      });
    }),
  );
}

/** The instance is terminated: EKS' cloud controller removes the node, and with it what its kubelet would still do. */
export async function loseNodes(kube: Kube, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => kube.core.deleteNode({ name, gracePeriodSeconds: 0 })));
}

/** Every node of a zone; the names of those that went. */
export async function loseZone(kube: Kube, zone: string): Promise<string[]> {
  const { items } = await kube.core.listNode({ labelSelector: `${ZONE}=${zone}` });
  const names = items.map(({ metadata }) => metadata!.name!);
  await loseNodes(kube, names);
  return names;
}

/** What the garbage collector does 40 seconds after the nodes went, for tests that are not about these seconds. */
export async function removePodsOf({ core }: Kube, nodes: readonly string[]): Promise<void> {
  const { items } = await core.listPodForAllNamespaces();
  const lost = items.filter(({ spec }) => nodes.includes(spec!.nodeName!));
  await Promise.all(
    lost.map(async ({ metadata: { name, namespace } = {} }) => {
      try {
        await core.deleteNamespacedPod({ name: name!, namespace: namespace!, gracePeriodSeconds: 0 });
      } catch (e) {
        // a controller was quicker
        if (!isNotFound(e)) {
          throw e;
        }
      }
    }),
  );
}
