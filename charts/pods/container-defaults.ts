import { amountOf, formatCpu } from '../../kube/quantity';
import type { ResourceRequirements } from '../core/k8s';
import { CPU_LIMIT_FACTOR } from './resources';

/** The defaults of the LimitRange for a container without requests and limits; the quota counts them. */
export const CONTAINER_DEFAULTS = {
  limits: { memory: '256Mi', 'ephemeral-storage': '1Gi' },
  requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
} as const;

type Quantities = NonNullable<ResourceRequirements['requests']>;

/**
 * The resources of a raw container as the cluster would complete them: a missing request is the limit, or the default. Two
 * things are better than that: a request above the default limit, which the API server would refuse, is its own limit, and
 * a container that says nothing of its CPU gets the same limit as the pattern's own container.
 */
export function completedResources(own: ResourceRequirements = {}): ResourceRequirements {
  const { requests, limits } = own as { requests?: Quantities; limits?: Quantities };
  const request = (name: keyof typeof CONTAINER_DEFAULTS.requests) =>
    requests?.[name] ?? limits?.[name] ?? CONTAINER_DEFAULTS.requests[name];
  const limit = (name: keyof typeof CONTAINER_DEFAULTS.limits) =>
    limits?.[name] ?? requests?.[name] ?? CONTAINER_DEFAULTS.limits[name];
  const saysCpu = requests?.cpu !== undefined || limits?.cpu !== undefined;
  const cpuLimit = formatCpu(amountOf(CONTAINER_DEFAULTS.requests.cpu) * CPU_LIMIT_FACTOR);
  return {
    ...own,
    requests: {
      ...requests,
      cpu: request('cpu'),
      memory: request('memory'),
      'ephemeral-storage': request('ephemeral-storage'),
    },
    limits: {
      ...(saysCpu ? {} : { cpu: cpuLimit }),
      ...limits,
      memory: limit('memory'),
      'ephemeral-storage': limit('ephemeral-storage'),
    },
  };
}
