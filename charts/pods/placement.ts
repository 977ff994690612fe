import type { Architecture } from '../../eks/values';
import { selectorLabels } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Affinity, Toleration, TopologySpreadConstraint } from '../core/k8s';

/** Where pods may run. */
export interface Placement {
  /** @default - every architecture the cluster has; the image must then be multi-arch */
  readonly architecture?: Architecture;
  /** Node labels that must match. @default - none */
  readonly nodeLabels?: Readonly<Record<string, string>>;
  /** In Kubernetes spelling. @default - none; a node agent tolerates every taint */
  readonly tolerations?: readonly Toleration[];
  /**
   * Over zones and hosts: 'soft' prefers, 'zones' requires zones to differ by at most one pod, 'none'.
   * @default 'soft', and 'zones' for stateful services: a volume pins its pod to a zone for ever
   */
  readonly spread?: 'soft' | 'zones' | 'none';
}

const PLACEMENT: KeyTable<Placement> = { architecture: true, nodeLabels: true, tolerations: true, spread: true };
const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

/** Revisions of a Deployment are counted apart, or a rollout would be spread around the old pods. */
const revisionsApart = (ofDeployment: boolean) => (ofDeployment ? { matchLabelKeys: ['pod-template-hash'] } : {});

export function checkPlacement(check: Check, placement: Placement): void {
  check.keys<Placement>('placement', placement, PLACEMENT);
  if (placement.architecture !== undefined) {
    check.oneOf('placement.architecture', placement.architecture, ['amd64', 'arm64']);
  }
  if (placement.spread !== undefined) {
    check.oneOf('placement.spread', placement.spread, ['soft', 'zones', 'none']);
  }
  check.labels('placement.nodeLabels', placement.nodeLabels);
  if (placement.architecture !== undefined && placement.nodeLabels?.['kubernetes.io/arch'] !== undefined) {
    check.fail("placement has both 'architecture' and the node label 'kubernetes.io/arch'", 'leave the label out');
  }
}

export function nodeSelector(placement: Placement): Record<string, string> | undefined {
  const selector = {
    ...placement.nodeLabels,
    ...(placement.architecture ? { 'kubernetes.io/arch': placement.architecture } : {}),
  };
  return Object.keys(selector).length > 0 ? selector : undefined;
}

/**
 * Spread over zones and hosts. A required spread of skew 1 still schedules the fourth pod over three zones, a required
 * anti-affinity does not.
 */
export function spreadConstraints(
  name: string,
  spread: Placement['spread'],
  ofDeployment: boolean,
): TopologySpreadConstraint[] {
  if (spread === 'none') {
    return [];
  }
  const common = {
    maxSkew: 1,
    labelSelector: { matchLabels: selectorLabels(name) },
    // tainted nodes that the pod could not use do not count as places to fill
    nodeTaintsPolicy: 'Honor' as const,
    ...revisionsApart(ofDeployment),
  };
  return [
    { ...common, topologyKey: ZONE, whenUnsatisfiable: spread === 'zones' ? 'DoNotSchedule' : 'ScheduleAnyway' },
    { ...common, topologyKey: HOST, whenUnsatisfiable: 'ScheduleAnyway' },
  ];
}

export function hostAntiAffinity(
  name: string,
  spread: Placement['spread'],
  ofDeployment: boolean,
): Affinity | undefined {
  if (spread === 'none') {
    return undefined;
  }
  const podAffinityTerm = {
    topologyKey: HOST,
    labelSelector: { matchLabels: selectorLabels(name) },
    ...revisionsApart(ofDeployment),
  };
  return {
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] },
  };
}
