import type { V1Pod } from '@kubernetes/client-node';

export const nameOf = ({ metadata }: V1Pod): string => metadata!.name!;

export const isReady = (pod: V1Pod): boolean =>
  pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;

/** Why a pod has no node, as the scheduler says it. */
export const whyNot = (pod: V1Pod): string | undefined =>
  pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')?.message;
