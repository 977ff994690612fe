import { ZONE } from '../../eks/node-labels';
import type { PodObject } from '../../kube/inventory';
import type { Expression } from './label-domain';
import type { Demand } from './place';
import { resourcesOf } from './pods';
import { claimedVolumes, type VolumeIndex } from './volumes';

/** What the pods of an object ask of a node: selector, required affinity, zones of their volumes, tolerations, devices. */
export function demandOf(pod: PodObject, index: VolumeIndex): Demand {
  const { nodeSelector, affinity, tolerations } = pod.spec;
  const always: Expression[] = [
    ...Object.entries(nodeSelector ?? {}).map(([key, value]) => ({ key, operator: 'In' as const, values: [value] })),
    ...claimedVolumes(pod, index).flatMap(({ zones }) =>
      zones === undefined ? [] : [{ key: ZONE, operator: 'In' as const, values: zones }],
    ),
  ];
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return {
    // a term that names nothing matches no node
    alternatives: terms
      ? terms
          .filter(({ matchExpressions, matchFields }) => matchExpressions?.length || matchFields?.length)
          .map(({ matchExpressions = [] }) => [...always, ...matchExpressions])
      : [always],
    tolerations: tolerations ?? [],
    resources: resourcesOf(pod.spec),
  };
}
