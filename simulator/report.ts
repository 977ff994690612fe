import type { Amounts } from './allocatable';
import type { Reason } from './simulated-cluster';
import type { ZoneAddresses } from './subnet-addresses';

/** What goes on: just applied (with every Job, and one run of every CronJob); the surge of all Deployments at once; every autoscaler at its maximum; the loss of the worst zone. */
export type CapacityState = 'as applied' | 'everything rolling' | 'autoscalers at maximum' | 'one zone lost';
/** How many nodes there are: each group at its minSize, desiredCapacity or maxSize. */
export type CapacityNodes = 'minimum' | 'desired' | 'maximum';
/** 'tight' is luck: there is room, but not in every order in which the pods may come. 'unknown' depends on a group of which nobody knows what its nodes have. */
export type CapacityVerdict = 'fits' | 'tight' | 'does not fit' | 'unknown';

/** Pods that find no place. */
export interface UnplacedPods {
  /** 'orders/orders-rabbitmq'. */
  readonly workload: string;
  /** 'StatefulSet'; 'Subnet' for pods that have a node, but no address. */
  readonly kind: string;
  /** How many. */
  readonly pods: number;
  /** What the nodes lack, the most frequent first; where no node could take it at all, why. */
  readonly because: readonly Reason[];
}

/** Pods that wait as they are meant to. */
export interface WaitingPods {
  /** 'orders/orders-rabbitmq'. */
  readonly workload: string;
  /** 'StatefulSet'. */
  readonly kind: string;
  /** How many. */
  readonly pods: number;
  /** The zone of their volume; room, as Jobs do; or a member before them. */
  readonly for: 'their zone' | 'room' | 'the member before';
}

/** The verdict on one state with one number of nodes. */
export interface StateCapacity {
  /** What goes on. */
  readonly state: CapacityState;
  /** How many nodes there are. */
  readonly nodes: CapacityNodes;
  /** The same as a number, before a zone is lost. */
  readonly nodeCount: number;
  /** Whether every pod finds a place. */
  readonly verdict: CapacityVerdict;
  /** Who does not, in the first order in which somebody does not. */
  readonly unplaced: readonly UnplacedPods[];
  /** Who waits by design. */
  readonly waiting: readonly WaitingPods[];
  /** Sum over all pods, those that find no place included. */
  readonly asked: Amounts;
  /** Sum over all nodes, less those of the lost zone. */
  readonly available: Amounts;
  /** The resource of which the largest part is asked for. */
  readonly bottleneck: keyof Amounts | undefined;
  /** The zone whose subnet is fullest; undefined where nobody knows the subnets. */
  readonly addresses: ZoneAddresses | undefined;
  /** The zone whose loss was judged: the worst. */
  readonly zone: string | undefined;
}

/** A node group. */
export interface GroupCapacity {
  /** Of the group. */
  readonly name: string;
  /** Its types; nodes count as the least of them. */
  readonly instanceTypes: readonly string[];
  /** Nodes. */
  readonly minimum: number;
  /** Nodes. */
  readonly desired: number;
  /** Nodes. */
  readonly maximum: number;
  /** Of each node; undefined when a type is not known. */
  readonly available: Amounts | undefined;
  /** What DaemonSets take of each node. */
  readonly daemons: Amounts;
}

/** A pod with what it asks for. */
export interface PodSize {
  /** 'ui/ui'. */
  readonly workload: string;
  /** By one pod. */
  readonly asks: Amounts;
}

/** The largest pod beside the node that has the most room for it. */
export interface LargestPod extends PodSize {
  /** The group of that node; undefined without groups. */
  readonly group: string | undefined;
  /** What it takes, in percent, of what an empty node has beside its DaemonSets, of the resource of which it takes most. */
  readonly percent: number | undefined;
}

/** Whether an app fits on its cluster. Sizes are in thousandths of a core and in MiB. */
export interface CapacityReport {
  /** The cluster's name. */
  readonly cluster: string;
  /** Node groups; none in Auto Mode, which makes nodes as pods need them. */
  readonly groups: readonly GroupCapacity[];
  /** A verdict for each state with each number of nodes; none without groups. */
  readonly states: readonly StateCapacity[];
  /** What the app asks for without its DaemonSets, and what else runs on the cluster. */
  readonly asked: { readonly asApplied: Amounts; readonly rolling: Amounts; readonly atMaximum: Amounts };
  /** Undefined when the app has no pods. */
  readonly largestPod: LargestPod | undefined;
  /** Pods that have no place even on an empty node of any group. */
  readonly tooLarge: readonly PodSize[];
  /** Types of groups that nobody knows; `InstanceType.custom` tells them. */
  readonly unknownTypes: readonly { readonly group: string; readonly type: string }[];
  /** Add-ons and Helm releases of which nobody knows what they take; they count as nothing. */
  readonly unknownSystem: readonly string[];
  /** Whether something moves the number of nodes between the limits of the groups. */
  readonly nodeAutoscaler: boolean;
  /** One verdict, without working out the others. */
  verdict(state: CapacityState, nodes: CapacityNodes): StateCapacity | undefined;
  /** The report as an aligned table. */
  toString(): string;
}

/** Resources in the order of the table. */
export const RESOURCES = [
  'cpu',
  'memory',
  'pods',
  'ephemeralStorage',
  'volumes',
  'gpus',
  'branchInterfaces',
] as const satisfies readonly (keyof Amounts)[];

export const NO_AMOUNTS: Amounts = {
  cpu: 0,
  memory: 0,
  pods: 0,
  ephemeralStorage: 0,
  volumes: 0,
  gpus: 0,
  branchInterfaces: 0,
};

/** A sum of many. */
export class Total {
  private readonly sum = { ...NO_AMOUNTS };

  add(amounts: Amounts, times = 1): void {
    const { sum } = this;
    sum.cpu += amounts.cpu * times;
    sum.memory += amounts.memory * times;
    sum.pods += amounts.pods * times;
    sum.ephemeralStorage += amounts.ephemeralStorage * times;
    sum.volumes += amounts.volumes * times;
    sum.gpus += amounts.gpus * times;
    sum.branchInterfaces += amounts.branchInterfaces * times;
  }

  amounts(): Amounts {
    return { ...this.sum };
  }
}

export function plus(a: Amounts, b: Amounts, times = 1): Amounts {
  return {
    cpu: a.cpu + b.cpu * times,
    memory: a.memory + b.memory * times,
    pods: a.pods + b.pods * times,
    ephemeralStorage: a.ephemeralStorage + b.ephemeralStorage * times,
    volumes: a.volumes + b.volumes * times,
    gpus: a.gpus + b.gpus * times,
    branchInterfaces: a.branchInterfaces + b.branchInterfaces * times,
  };
}
