import type { ClusterConfig } from '../../imports/eksctl';
import type { ClusterContext } from '../core/cluster-context';
import { ManifestError } from '../core/errors';
import type { ConfigPlan } from './plan';

/** What an edit must not change, since the manifests were made from the props: a difference is an error. */
export function checkConfig(
  path: string,
  config: ClusterConfig,
  context: ClusterContext,
  plan: ConfigPlan,
): ManifestError[] {
  const { facts } = context;
  const ownVpc = config.vpc?.id !== undefined || config.vpc?.subnets !== undefined;
  const compared: readonly (readonly [string, unknown, unknown, string])[] = [
    ['metadata.name', config.metadata.name, facts.name, 'the id'],
    ['metadata.region', config.metadata.region, facts.region, "'region'"],
    ['metadata.version', config.metadata.version, facts.version, "'version'"],
    ['autoModeConfig.enabled', config.autoModeConfig?.enabled, facts.compute === 'auto', "'autoMode'"],
    [
      'kubernetesNetworkConfig.serviceIPv4CIDR',
      config.kubernetesNetworkConfig?.serviceIPv4CIDR,
      plan.serviceRange,
      "'serviceIPv4CIDR'",
    ],
    ...(ownVpc
      ? []
      : ([
          ['availabilityZones', config.availabilityZones?.join(), plan.zones.join(), "'availabilityZones'"],
          ['vpc.cidr', config.vpc?.cidr, context.vpcCidr, "'vpcCidr'"],
        ] as const)),
  ];
  const errors = compared
    .filter(([, found, expected]) => found !== expected)
    .map(([key, found, expected, prop]) => {
      const problem = `an edit makes '${key}' ${found === undefined ? 'nothing' : `'${found}'`}, but the manifests were made for '${expected}'`;
      return new ManifestError(path, problem, `say it by ${prop} of the Cluster`);
    });
  if (ownVpc && !plan.saysSubnets) {
    errors.push(
      new ManifestError(
        path,
        'an edit gives the cluster a VPC of its own, whose subnets nobody knows',
        "say which are those of load balancers by 'loadBalancerSubnets' of the Cluster, and the VPC's range by 'vpcCidr'",
      ),
    );
  }
  if (config.vpc?.subnets !== undefined && config.availabilityZones !== undefined) {
    errors.push(
      new ManifestError(
        path,
        "eksctl takes 'vpc.subnets' or 'availabilityZones', not both",
        "delete 'availabilityZones' in the edit as well",
      ),
    );
  }
  return errors;
}

/** What is allowed but seldom meant. */
export function configWarnings(config: ClusterConfig): string[] {
  const open = config.vpc?.clusterEndpoints?.publicAccess !== false && config.privateCluster?.enabled !== true;
  return open && config.vpc?.publicAccessCIDRs === undefined
    ? [
        "the API server can be reached from the whole internet. Name who may in 'publicAccessCIDRs', or write ['0.0.0.0/0'] when it is meant",
      ]
    : [];
}
