import { isAtLeast } from '../../kube/versions';
import type { Check } from '../core/check';
import type { ClusterContext } from '../core/cluster-context';

/**
 * Which pods of a Service get the traffic of a client.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution
 */
export type TrafficDistribution = 'PreferClose' | 'PreferSameZone' | 'PreferSameNode';

/** The first version whose API server has the value on without an alpha feature, which EKS does not switch on. */
const SINCE: Readonly<Record<TrafficDistribution, string>> = {
  PreferClose: '1.31',
  PreferSameZone: '1.34',
  PreferSameNode: '1.34',
};

/** Refuses what the API server of the cluster's version would drop or refuse. */
export function checkTrafficDistribution(
  check: Check,
  value: TrafficDistribution | undefined,
  cluster: ClusterContext | undefined,
): void {
  if (value === undefined) {
    return;
  }
  check.oneOf('trafficDistribution', value, Object.keys(SINCE));
  const version = cluster?.facts.version;
  if (version !== undefined && !isAtLeast(version, SINCE[value])) {
    check.fail(
      'unsupported',
      'trafficDistribution',
      `trafficDistribution '${value}' needs Kubernetes ${SINCE[value]}, but the cluster has ${version}`,
      isAtLeast(version, SINCE.PreferClose) ? "write 'PreferClose'" : 'leave it out, or upgrade the cluster',
    );
  }
}
