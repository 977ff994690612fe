import { OS } from '../../eks/node-labels';
import type { Architecture } from '../../eks/values';
import { selectorLabels } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Affinity, NodeAffinity, Toleration, TopologySpreadConstraint } from '../core/k8s';

/**
 * Where pods may run, and how they are spread.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export interface Placement {
  /** CPU architecture of the nodes. @default - every architecture of the cluster; the image must then be multi-arch */
  readonly architecture?: Architecture;
  /** Labels that a node must have. @default - none: every node with Linux */
  readonly nodeLabels?: Readonly<Record<string, string>>;
  /** Tolerations as in a Kubernetes manifest. @default - none; a NodeAgent tolerates every taint */
  readonly tolerations?: readonly Toleration[];
  /**
   * How pods are spread over zones and nodes: 'soft' prefers an even spread, 'zones' requires that zones differ by at
   * most one pod, 'none' sets no constraint.
   *
   * @default - 'soft'; 'zones' for a StatefulService, since an EBS volume ties its pod to one zone for good; 'none' for
   * jobs and node agents
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/application.html
   */
  readonly spread?: 'soft' | 'zones' | 'none';
}

const PLACEMENT: KeyTable<Placement> = { architecture: true, nodeLabels: true, tolerations: true, spread: true };
const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

/** Spreads the revisions of a Deployment separately: a rollout must not be placed around the old pods. */
const revisionsApart = (ofDeployment: boolean) => (ofDeployment ? { matchLabelKeys: ['pod-template-hash'] } : {});

export function checkPlacement(check: Check, placement: Placement, field = 'placement'): void {
  check.keys<Placement>(field, placement, PLACEMENT);
  if (placement.architecture !== undefined) {
    check.oneOf(`${field}.architecture`, placement.architecture, ['amd64', 'arm64']);
  }
  if (placement.spread !== undefined) {
    check.oneOf(`${field}.spread`, placement.spread, ['soft', 'zones', 'none']);
  }
  check.labels(`${field}.nodeLabels`, placement.nodeLabels);
  if (placement.architecture !== undefined && placement.nodeLabels?.['kubernetes.io/arch'] !== undefined) {
    check.fail(
      'forbidden',
      `${field}.nodeLabels['kubernetes.io/arch']`,
      `${field}.nodeLabels must not have 'kubernetes.io/arch' together with ${field}.architecture`,
      'leave the label out',
    );
  }
}

export function nodeSelector(placement: Placement): Record<string, string> | undefined {
  const selector = {
    ...placement.nodeLabels,
    ...(placement.architecture ? { 'kubernetes.io/arch': placement.architecture } : {}),
  };
  return Object.keys(selector).length > 0 ? selector : undefined;
}

/** How pods are spread. */
export interface SpreadInput {
  readonly spread: Placement['spread'];
  /** Whether it runs as a Deployment, whose revisions are spread separately. */
  readonly ofDeployment: boolean;
  /** The number of zones that a required spread needs before a zone gets a second pod. */
  readonly zones?: number | undefined;
}

/**
 * Spread over zones and nodes. A required spread of skew 1 still schedules the fourth pod over three zones; a required
 * anti-affinity does not.
 */
export function spreadConstraints(
  name: string,
  { spread, ofDeployment, zones }: SpreadInput,
): TopologySpreadConstraint[] {
  if (spread === 'none') {
    return [];
  }
  const common = {
    maxSkew: 1,
    labelSelector: { matchLabels: selectorLabels(name) },
    // nodes with taints that the pod does not tolerate do not count as domains
    nodeTaintsPolicy: 'Honor' as const,
    ...revisionsApart(ofDeployment),
  };
  // a zone without a ready node is no domain: without minDomains its member would join another's zone for good
  const required = { whenUnsatisfiable: 'DoNotSchedule' as const, minDomains: zones };
  return [
    { ...common, topologyKey: ZONE, ...(spread === 'zones' ? required : { whenUnsatisfiable: 'ScheduleAnyway' }) },
    { ...common, topologyKey: HOST, whenUnsatisfiable: 'ScheduleAnyway' },
  ];
}

/** Nodes with Linux, and different nodes where that is possible. */
export function affinity(name: string, placement: Placement, ofDeployment: boolean): Affinity | undefined {
  const nodeAffinity = linuxNodes(placement);
  if (placement.spread === 'none') {
    return nodeAffinity && { nodeAffinity };
  }
  const podAffinityTerm = {
    topologyKey: HOST,
    labelSelector: { matchLabels: selectorLabels(name) },
    ...revisionsApart(ofDeployment),
  };
  return {
    nodeAffinity,
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] },
  };
}

/** Without it nothing keeps a pod off a Windows node, where no Linux image starts. A label for the system decides by itself. */
function linuxNodes({ nodeLabels = {} }: Placement): NodeAffinity | undefined {
  if (nodeLabels[OS] !== undefined) {
    return undefined;
  }
  const matchExpressions = [{ key: OS, operator: 'In' as const, values: ['linux'] }];
  return { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } };
}
