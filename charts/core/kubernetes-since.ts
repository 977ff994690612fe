import { isAtLeast } from '../../kube/versions';
import type { Requirement } from './requirements';
import type { Because } from './values';

/** A version of Kubernetes from which on a field has its effect: an older API server drops it without an error. */
export function kubernetesSince(version: string, { because }: Because): Requirement {
  return {
    id: `kubernetes/${version}`,
    because,
    check: (cluster) =>
      isAtLeast(cluster.version, version)
        ? { status: 'met' }
        : {
            status: 'unmet',
            message: `cluster '${cluster.name}' must have Kubernetes ${version} or newer, but has ${cluster.version}`,
            fix: `upgrade the cluster to ${version}, or leave the prop out`,
          },
  };
}
