import { endpointCommand, endpointsOf, MADE } from '../../eks/endpoints';
import { associationsOf } from '../../eksctl/roles';
import type { FitFindings, FitInput, FitWarning } from './input';

/** A private cluster reaches AWS by endpoints alone, of which eksctl makes those that nodes need; that of pod identity is asked for by a rule, X35. */
export function privateClusterFindings(input: FitInput): FitFindings {
  const { config, cluster, identities } = input;
  const { privateCluster } = config;
  const associations = associationsOf(config);
  if (privateCluster?.enabled !== true || associations.length === 0) {
    return { errors: [], warnings: [] };
  }
  const { region } = config.metadata;
  const logs = (config.cloudWatch?.clusterLogging?.enableTypes?.length ?? 0) > 0 ? ['logs'] : [];
  const made = new Set(
    privateCluster.skipEndpointCreation === true
      ? []
      : [...MADE, ...logs, ...(privateCluster.additionalEndpointServices ?? [])],
  );
  const optional = ['autoscaling', 'cloudformation', 'logs'];
  const commands = (names: readonly string[]) =>
    names
      .map((name) =>
        optional.includes(name) && privateCluster.skipEndpointCreation !== true
          ? `privateCluster.additionalEndpointServices: ['${name}']`
          : endpointCommand(name, region),
      )
      .join('; ');
  const warnings: FitWarning[] = [];
  for (const { account, association, path } of associations) {
    const { endpoints, unreachable } = endpointsOf(association ?? {});
    const missing = endpoints.filter((name) => !made.has(name));
    const construct = identities.get(account) ?? cluster;
    if (missing.length > 0) {
      warnings.push({
        construct,
        message: `service account '${account}' may call ${missing.join(', ')} (${path}), but privateCluster.enabled leaves no way there. Make the endpoints: ${commands(missing)}`,
      });
    }
    if (unreachable.length > 0) {
      warnings.push({
        construct,
        message: `service account '${account}' may call ${unreachable.join(', ')} (${path}), which privateCluster.enabled leaves out of reach: no endpoint in the VPC leads there. Let it call through a proxy`,
      });
    }
  }
  return { errors: [], warnings };
}
