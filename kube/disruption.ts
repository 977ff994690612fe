import type { Manifest } from './objects';

/** The bounds of a PodDisruptionBudget, as they stand in the manifest. */
export interface DisruptionBounds {
  readonly minAvailable?: number | string | undefined;
  readonly maxUnavailable?: number | string | undefined;
}

export function disruptionBounds({ spec = {} }: Pick<Manifest, 'spec'>): DisruptionBounds {
  return { minAvailable: asBound(spec.minAvailable), maxUnavailable: asBound(spec.maxUnavailable) };
}

const asBound = (value: unknown) => (typeof value === 'number' || typeof value === 'string' ? value : undefined);

/**
 * How many of a number of healthy pods may be evicted, as the disruption controller counts: percentages of either bound
 * are rounded up. undefined without a valid bound.
 */
export function allowedDisruptions(
  { minAvailable, maxUnavailable }: DisruptionBounds,
  pods: number,
): number | undefined {
  if (maxUnavailable !== undefined) {
    return boundOf(maxUnavailable, pods);
  }
  const staying = minAvailable === undefined ? undefined : boundOf(minAvailable, pods);
  return staying === undefined ? undefined : Math.max(0, pods - staying);
}

/** Whether a bound is a share, for which Kubernetes needs the number of replicas of the controller. */
export function isShare({ minAvailable, maxUnavailable }: DisruptionBounds): boolean {
  return maxUnavailable !== undefined || typeof minAvailable === 'string';
}

function boundOf(value: number | string, pods: number): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  return /^\d+%$/.test(value) ? Math.ceil((Number.parseInt(value, 10) * pods) / 100) : undefined;
}
