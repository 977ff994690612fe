import { asObject } from '../../../kube/loose';
import type { Manifest } from '../../../kube/objects';

/**
 * An object in the version of its group in which it is applied now: kubectl reads the live one in that version. The versions
 * of a kind have the same fields, but for autoscalers, whose first one knows no other measure than CPU.
 */
export function inVersion(manifest: Manifest, apiVersion: string): Manifest {
  if (manifest.apiVersion === apiVersion) {
    return manifest;
  }
  const { spec } = manifest;
  const isFirst = manifest.apiVersion === 'autoscaling/v1' && apiVersion === 'autoscaling/v2';
  return { ...manifest, apiVersion, ...(spec && isFirst ? { spec: withMetrics(spec) } : {}) };
}

function withMetrics(spec: object): Record<string, unknown> {
  const { targetCPUUtilizationPercentage: averageUtilization, ...rest } = asObject(spec);
  const target = { type: 'Utilization', averageUtilization };
  return averageUtilization === undefined
    ? rest
    : { ...rest, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
}
