import { EBS_ZONE, HOST, INSTANCE_TYPE, REGION, withDeprecatedLabels, ZONE } from '../eks/node-labels';
import type { ResolvedNodeGroup } from '../eksctl/resolved-node-group';
import type { PodSpec } from '../imports/kubernetes';
import { acceptsNode, nodeAlternatives, preference } from '../kube/node-affinity';
import { isHard, type Taint, untolerated } from '../kube/tolerations';
import type { Amounts } from './allocatable';

/** A node as it registers. */
export interface CapacityNode {
  readonly name: string;
  readonly group: string;
  readonly zone: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly has: Amounts;
  /** IPv4 addresses of each of its network interfaces. */
  readonly ipsPerEni: number;
}

/** A group of which is known what its nodes have. */
export interface KnownGroup {
  readonly nodeGroup: ResolvedNodeGroup;
  readonly has: Amounts;
  readonly ipsPerEni: number;
}

/** What a pod's own words say of each node, whatever runs there. */
export interface Admission {
  /** Whether its selector and affinity accept the node. */
  readonly accepts: readonly boolean[];
  /** Whether it tolerates the node's taints. */
  readonly tolerates: readonly boolean[];
  /** Taints that would rather not have it. */
  readonly untoleratedPreferences: readonly number[];
  /** Weight of its own preferences; undefined when it has none. */
  readonly preferred: readonly number[] | undefined;
}

/** Where nodes are by a label: the domain of each as a number, -1 without the label. */
export interface Topology {
  readonly domainOf: readonly number[];
  readonly count: number;
}

/** The nodes of a cluster at one moment, and which of them the pods of a class of scheduling constraints accept. */
export class Nodes {
  private readonly admissions: Admission[] = [];
  private readonly topologies = new Map<string, Topology>();

  constructor(readonly all: readonly CapacityNode[]) {}

  /** Worked out once for a class of scheduling constraints. */
  admission(constraintClass: number, pod: PodSpec): Admission {
    const known = this.admissions[constraintClass];
    if (known) {
      return known;
    }
    const alternatives = nodeAlternatives(pod);
    const refused = this.all.map(({ taints }) => untolerated(pod, taints));
    const admission = {
      accepts: this.all.map(({ labels, name }) => acceptsNode(alternatives, labels, name)),
      tolerates: refused.map((taints) => !taints.some(isHard)),
      untoleratedPreferences: refused.map((taints) => taints.filter((taint) => !isHard(taint)).length),
      preferred: pod.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution?.length
        ? this.all.map(({ labels, name }) => preference(pod, labels, name))
        : undefined,
    };
    this.admissions[constraintClass] = admission;
    return admission;
  }

  topology(key: string): Topology {
    const known = this.topologies.get(key);
    if (known) {
      return known;
    }
    const domains = new Map<string, number>();
    const domainOf = this.all.map(({ labels }) => {
      const value = labels[key];
      if (value === undefined) {
        return -1;
      }
      domains.set(value, domains.get(value) ?? domains.size);
      return domains.get(value)!;
    });
    const topology = { domainOf, count: domains.size };
    this.topologies.set(key, topology);
    return topology;
  }
}

/** The nodes of groups of these sizes, each group over its zones in turn, as an Auto Scaling group balances them. */
export function nodesOf(
  groups: readonly KnownGroup[],
  sizeOf: (nodeGroup: ResolvedNodeGroup) => number,
): CapacityNode[] {
  return groups.flatMap(({ nodeGroup, has, ipsPerEni }) =>
    Array.from({ length: sizeOf(nodeGroup) }, (_, i): CapacityNode => {
      const name = `${nodeGroup.name}-${i}`;
      const zone = nodeGroup.zones[i % nodeGroup.zones.length] ?? '';
      return {
        name,
        group: nodeGroup.name,
        zone,
        has,
        ipsPerEni,
        taints: nodeGroup.taints,
        labels: labelsOf(nodeGroup, name, zone),
      };
    }),
  );
}

/** A group with several types has no type that a pod could count on. */
function labelsOf({ labels, instanceTypes }: ResolvedNodeGroup, name: string, zone: string): Record<string, string> {
  return withDeprecatedLabels({
    ...(instanceTypes.length === 1 ? { [INSTANCE_TYPE]: instanceTypes[0]! } : {}),
    [EBS_ZONE]: zone,
    [REGION]: zone.replace(/[a-z]$/, ''),
    [HOST]: name,
    [ZONE]: zone,
    ...labels,
  });
}
