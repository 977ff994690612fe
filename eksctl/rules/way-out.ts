import { filledSizes } from '../node-group-defaults';
import {
  allGroups,
  clusterRule,
  count,
  hasOwnVpc,
  isAutoMode,
  isIPv6,
  isOnOutposts,
  isPrivate,
  present,
} from './accessors';
import { isSet, type UnvalidatedConfig } from './unvalidated';

/** Why private subnets of a VPC that eksctl makes have no way to AWS; undefined if they have one. */
function dead(config: UnvalidatedConfig): string | undefined {
  if (isPrivate(config)) {
    return config.privateCluster?.skipEndpointCreation === true
      ? 'privateCluster.skipEndpointCreation is true, and a new VPC has no endpoints'
      : undefined;
  }
  return config.vpc?.nat?.gateway === 'Disable' ? "vpc.nat.gateway is 'Disable'" : undefined;
}

/** Nodes that reach neither EKS nor ECR. */
export const WAY_OUT_RULES = [
  // https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
  clusterRule(
    'X37',
    'aws',
    'private nodes of a new VPC have a way out: NAT gateways or endpoints',
    (config, report) => {
      const reason = hasOwnVpc(config) || isIPv6(config) || isOnOutposts(config) ? undefined : dead(config);
      if (reason === undefined) {
        return;
      }
      const fix = isPrivate(config)
        ? "remove 'skipEndpointCreation'"
        : "write vpc.nat.gateway: 'Single', or privateCluster.enabled: true for endpoints instead";
      for (const [group, path] of allGroups(config)) {
        if ((group.privateNetworking === true || isPrivate(config)) && count(group.subnets) === 0) {
          // without a node at the beginning, there is time to add endpoints
          const say = filledSizes(group).desired > 0 ? report.error : report.warning;
          say(
            `${path}.privateNetworking`,
            `the nodes reach neither EKS nor ECR, and do not join: ${reason}`,
            isPrivate(config) ? fix : `${fix}, or \`privateNetworking: false\``,
          );
        }
      }
      const pools = config.autoModeConfig?.nodePools;
      if (isAutoMode(config) && !(isSet(pools) && count(pools) === 0)) {
        report.error(
          isPrivate(config) ? 'privateCluster.skipEndpointCreation' : 'vpc.nat.gateway',
          `the nodes of Auto Mode are in private subnets and reach neither EKS nor ECR: ${reason}`,
          fix,
        );
      }
      for (const [, path] of present(config.fargateProfiles, 'fargateProfiles')) {
        report.error(path, `pods on Fargate are in private subnets and cannot pull images: ${reason}`, fix);
      }
    },
  ),
];
