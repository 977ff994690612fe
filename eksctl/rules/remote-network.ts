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

/** Without node networks eksctl looks no further: either that is an error, or nothing is made. */
const hasNodes = (remote: Remote): boolean => count(remote.remoteNodeNetworks) > 0;

/** Hybrid nodes. */
export const REMOTE_NETWORK_RULES = [
  remoteRule('A6a', 'eksctl', 'hybrid nodes need an IPv4 cluster', (_, report, config) => {
    if (isIPv6(config)) {
      report.error('remoteNetworkConfig', 'an IPv6 cluster has no hybrid nodes', "write ipFamily: 'IPv4'");
    }
  }),
  remoteRule('A6b', 'eksctl', 'hybrid nodes need access entries', (_, report, config) => {
    if (authenticationModeOf(config) === 'CONFIG_MAP') {
      report.error(
        'accessConfig.authenticationMode',
        "hybrid nodes come in by access entries, which 'CONFIG_MAP' lacks",
        "write 'API'",
      );
    }
  }),
  remoteRule(
    'A6c',
    'eksctl',
    'there is one network of remote nodes and at most one of their pods',
    (remote, report) => {
      for (const [list, path] of [
        [remote.remoteNodeNetworks, NODES],
        [remote.remotePodNetworks, PODS],
      ] as const) {
        if (count(list) > 1) {
          report.error(path, `there are ${count(list)} networks`, "write one, with all ranges in its 'cidrs'");
        }
      }
    },
  ),
  remoteRule('A6d', 'eksctl', 'there is a network of remote nodes', (remote, report, config) => {
    const removed = isSet(remote.remotePodNetworks) && count(remote.remotePodNetworks) === 0;
    if (hasNodes(remote) || removed) {
      return;
    }
    if (!isOnOutposts(config)) {
      report.error(NODES, 'no network of remote nodes is named', "write [{ cidrs: ['10.80.0.0/16'] }]");
    } else if (count(remote.remotePodNetworks) === 0) {
      report.error(PODS, 'no network of remote pods is named', "write [{ cidrs: ['10.81.0.0/16'] }]");
    }
  }),
  remoteRule(
    'A6e',
    'eksctl',
    'vpcGatewayID is a transit or virtual private gateway, and of a new VPC only',
    (remote, report, config) => {
      const gateway = remote.vpcGatewayID;
      if (!hasNodes(remote) || !isNonEmptyString(gateway)) {
        return;
      }
      if (isNonEmptyString(config.vpc?.id)) {
        report.error(
          'remoteNetworkConfig.vpcGatewayID',
          `the routes of ${config.vpc.id} are not eksctl's to change`,
          "delete 'vpcGatewayID'",
        );
      } else if (!/^[tv]gw/.test(gateway)) {
        report.error(
          'remoteNetworkConfig.vpcGatewayID',
          `'${gateway}' is no gateway`,
          "write for example 'tgw-0abc1234'",
        );
      }
    },
  ),
  remoteRule('A6f', 'eksctl', 'iam.provider is ssm or ira, and a certificate belongs to ira', (remote, report) => {
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
            "the provider 'ssm' takes no certificate",
            "delete it, or write provider: 'ira'",
          );
        }
        break;
      case 'ira':
        if (!isSet(remote.iam?.caBundleCert)) {
          report.error(`${path}.caBundleCert`, "the provider 'ira' has no certificate", 'write the PEM text of its CA');
        }
        break;
      default:
        report.error(`${path}.provider`, `${describe(provider)} is no provider`, "write 'ssm' or 'ira'");
    }
  }),
  remoteRule(
    'A6g',
    'eksctl',
    'hybrid nodes of a cluster on Outposts need etcd on instances of its own',
    (_, report, config) => {
      if (isOnOutposts(config) && !isNonEmptyString(config.outpost?.etcdInstanceType)) {
        report.error(
          'outpost.etcdInstanceType',
          'remoteNetworkConfig needs it on Outposts',
          "write for example 'm5.large'",
        );
      }
    },
  ),
  remoteRule(
    'X31',
    'aws',
    'remote networks are private ranges apart from VPC and Services',
    (remote, report, config) => {
      const networks = [...entries(remote.remoteNodeNetworks, NODES), ...entries(remote.remotePodNetworks, PODS)];
      for (const [cidr, path] of networks.flatMap(([{ cidrs }, at]) => strings(cidrs, `${at}.cidrs`))) {
        if (parseCidr(cidr)?.family !== 4 || !within(cidr, VPC_BLOCKS)) {
          report.error(path, `'${cidr}' is no private range of IPv4`, "write for example '10.80.0.0/16'");
          continue;
        }
        const taken = [config.vpc?.cidr, config.kubernetesNetworkConfig?.serviceIPv4CIDR].find((other) =>
          collide(cidr, other),
        );
        if (taken) {
          report.error(path, `'${cidr}' overlaps '${taken}' of the cluster`, `write a range outside of '${taken}'`);
        }
      }
    },
  ),
];
