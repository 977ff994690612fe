import { collide, parseCidr, VPC_BLOCKS, within } from '../../kube/cidr';
import { describe } from '../../kube/describe';
import { authenticationModeOf, clusterRule, count, entries, isIPv6, isOnOutposts, strings } from './accessors';
import type { ConfigRule, Report } from './rule';
import { isNonEmptyString, isSet, type UnvalidatedConfig } from './unvalidated';

type Remote = NonNullable<UnvalidatedConfig['remoteNetworkConfig']>;

const NODES = 'remoteNetworkConfig.remoteNodeNetworks';
const PODS = 'remoteNetworkConfig.remotePodNetworks';

function remoteRule(
  id: string,
  enforcedBy: ConfigRule['enforcedBy'],
  title: string,
  check: (remote: Remote, report: Report, config: UnvalidatedConfig) => void,
): ConfigRule {
  return clusterRule(id, enforcedBy, title, (config, report) => {
    if (isSet(config.remoteNetworkConfig)) {
      check(config.remoteNetworkConfig, report, config);
    }
  });
}

/** Without node networks, eksctl does not check further: that is an error itself, or nothing is created. */
const hasNodes = (remote: Remote): boolean => count(remote.remoteNodeNetworks) > 0;

/** Hybrid nodes. */
export const REMOTE_NETWORK_RULES = [
  remoteRule('A6a', 'eksctl', 'hybrid nodes require an IPv4 cluster', (_, report, config) => {
    if (isIPv6(config)) {
      report.error('remoteNetworkConfig', 'not supported in an IPv6 cluster', "write ipFamily: 'IPv4'");
    }
  }),
  remoteRule('A6b', 'eksctl', 'hybrid nodes require access entries', (_, report, config) => {
    if (authenticationModeOf(config) === 'CONFIG_MAP') {
      report.error(
        'accessConfig.authenticationMode',
        "hybrid nodes require access entries, which 'CONFIG_MAP' does not support",
        "write 'API'",
      );
    }
  }),
  remoteRule(
    'A6c',
    'eksctl',
    'remoteNodeNetworks and remotePodNetworks have at most one network each',
    (remote, report) => {
      for (const [list, path] of [
        [remote.remoteNodeNetworks, NODES],
        [remote.remotePodNetworks, PODS],
      ] as const) {
        if (count(list) > 1) {
          report.error(
            path,
            `must have one network, but has ${count(list)}`,
            "write one network with all ranges in its 'cidrs'",
          );
        }
      }
    },
  ),
  remoteRule('A6d', 'eksctl', 'remoteNodeNetworks is set', (remote, report, config) => {
    const removed = isSet(remote.remotePodNetworks) && count(remote.remotePodNetworks) === 0;
    if (hasNodes(remote) || removed) {
      return;
    }
    if (!isOnOutposts(config)) {
      report.error(NODES, 'required', "write [{ cidrs: ['10.80.0.0/16'] }]");
    } else if (count(remote.remotePodNetworks) === 0) {
      report.error(PODS, 'required', "write [{ cidrs: ['10.81.0.0/16'] }]");
    }
  }),
  remoteRule(
    'A6e',
    'eksctl',
    'vpcGatewayID is a transit or virtual private gateway, and requires a new VPC',
    (remote, report, config) => {
      const gateway = remote.vpcGatewayID;
      if (!hasNodes(remote) || !isNonEmptyString(gateway)) {
        return;
      }
      if (isNonEmptyString(config.vpc?.id)) {
        report.error(
          'remoteNetworkConfig.vpcGatewayID',
          `not allowed with the existing VPC '${config.vpc.id}'`,
          "delete 'vpcGatewayID'",
        );
      } else if (!/^[tv]gw/.test(gateway)) {
        report.error(
          'remoteNetworkConfig.vpcGatewayID',
          `must be a transit or virtual private gateway, but is '${gateway}'`,
          "write for example 'tgw-0abc1234'",
        );
      }
    },
  ),
  remoteRule('A6f', 'eksctl', 'iam.provider is ssm, or ira with a certificate', (remote, report) => {
    if (!hasNodes(remote)) {
      return;
    }
    const provider = remote.iam?.provider ?? 'ssm';
    const path = 'remoteNetworkConfig.iam';
    switch (provider.toLowerCase()) {
      case 'ssm':
        if (isSet(remote.iam?.caBundleCert)) {
          report.error(
            `${path}.caBundleCert`,
            "not allowed with provider 'ssm'",
            "delete it, or write provider: 'ira'",
          );
        }
        break;
      case 'ira':
        if (!isSet(remote.iam?.caBundleCert)) {
          report.error(`${path}.caBundleCert`, "required with provider 'ira'", 'write the CA certificate as PEM');
        }
        break;
      default:
        report.error(`${path}.provider`, `unknown provider ${describe(provider)}`, "write 'ssm' or 'ira'");
    }
  }),
  remoteRule('A6g', 'eksctl', 'hybrid nodes on Outposts require etcdInstanceType', (_, report, config) => {
    if (isOnOutposts(config) && !isNonEmptyString(config.outpost?.etcdInstanceType)) {
      report.error(
        'outpost.etcdInstanceType',
        'required for remoteNetworkConfig on Outposts',
        "write for example 'm5.large'",
      );
    }
  }),
  remoteRule(
    'X31',
    'aws',
    'remote networks are private CIDR blocks outside VPC and Services',
    (remote, report, config) => {
      const networks = [...entries(remote.remoteNodeNetworks, NODES), ...entries(remote.remotePodNetworks, PODS)];
      for (const [cidr, path] of networks.flatMap(([{ cidrs }, at]) => strings(cidrs, `${at}.cidrs`))) {
        if (parseCidr(cidr)?.family !== 4 || !within(cidr, VPC_BLOCKS)) {
          report.error(path, `must be a private IPv4 CIDR block, but is '${cidr}'`, "write for example '10.80.0.0/16'");
          continue;
        }
        const taken = [config.vpc?.cidr, config.kubernetesNetworkConfig?.serviceIPv4CIDR].find((other) =>
          collide(cidr, other),
        );
        if (taken) {
          report.error(
            path,
            `must not overlap '${taken}' of the cluster, but is '${cidr}'`,
            `write a block outside '${taken}'`,
          );
        }
      }
    },
  ),
];
