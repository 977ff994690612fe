import { endpointCommand, endpointsOf, MADE, type NeededEndpoints } from '../eks/endpoints';
import { type AccountRole, associationsOf } from '../eksctl/roles';
import type { ClusterSide } from './cluster-side';

/** What the service accounts of a private cluster call; none of a cluster that is not private. */
export function privateCalls({ config }: ClusterSide): readonly (AccountRole & NeededEndpoints)[] {
  return config.privateCluster?.enabled === true
    ? associationsOf(config).map((role) => ({ ...role, ...endpointsOf(role.association ?? {}) }))
    : [];
}

/** The endpoints that eksctl makes in the VPC. */
export function madeEndpoints({ config: { privateCluster, cloudWatch } }: ClusterSide): ReadonlySet<string> {
  const logs = (cloudWatch?.clusterLogging?.enableTypes?.length ?? 0) > 0 ? ['logs'] : [];
  return new Set(
    privateCluster?.skipEndpointCreation === true
      ? []
      : [...MADE, ...logs, ...(privateCluster?.additionalEndpointServices ?? [])],
  );
}

/** eksctl makes these on request. */
const OPTIONAL = ['autoscaling', 'cloudformation', 'logs'];

/** How to make endpoints. */
export function endpointCommands({ config }: ClusterSide, endpoints: readonly string[]): string {
  return endpoints
    .map((name) =>
      OPTIONAL.includes(name) && config.privateCluster?.skipEndpointCreation !== true
        ? `privateCluster.additionalEndpointServices: ['${name}']`
        : endpointCommand(name, config.metadata.region),
    )
    .join('; ');
}
