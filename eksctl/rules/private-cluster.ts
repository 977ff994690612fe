import { endpointCommand } from '../../eks/endpoints';
import { clusterRule, count, isAutoMode, isPrivate, keys, repeated, strings } from './accessors';
import { podIdentityUse } from './pod-identity';
import { isNonEmptyString } from './unvalidated';

const SERVICES = 'privateCluster.additionalEndpointServices';
const KNOWN = ['autoscaling', 'cloudformation', 'logs'];

/** A cluster without a way to the internet. */
export const PRIVATE_CLUSTER_RULES = [
  clusterRule(
    'A13a',
    'eksctl',
    'a private cluster in a VPC that exists names its private subnets',
    (config, report) => {
      if (isPrivate(config) && isNonEmptyString(config.vpc?.id) && keys(config.vpc.subnets?.private).length === 0) {
        report.error(
          'vpc.subnets.private',
          `no private subnet of ${config.vpc.id} is named`,
          "write for example { 'us-west-2a': { id: 'subnet-0abc' }, 'us-west-2b': { id: 'subnet-0def' } }",
        );
      }
    },
  ),
  clusterRule('A13b', 'eksctl', 'additional endpoints need eksctl to make the endpoints', (config, report) => {
    const { privateCluster } = config;
    if (
      isPrivate(config) &&
      privateCluster?.skipEndpointCreation === true &&
      count(privateCluster.additionalEndpointServices) > 0
    ) {
      report.error(SERVICES, 'skipEndpointCreation makes none of them', 'delete one of the two');
    }
  }),
  clusterRule('A13c', 'eksctl', 'additional endpoints are known, and each is named once', (config, report) => {
    if (!isPrivate(config) || config.privateCluster?.skipEndpointCreation === true) {
      return;
    }
    const services = strings(config.privateCluster?.additionalEndpointServices, SERVICES);
    for (const [service, path] of services.filter(([service]) => !KNOWN.includes(service))) {
      report.error(path, `eksctl makes no endpoint '${service}'`, "write 'autoscaling', 'cloudformation' or 'logs'");
    }
    for (const [service, path] of repeated(services)) {
      report.error(path, `'${service}' is named before`, 'delete the entry');
    }
  }),
  clusterRule('A13d', 'eksctl', 'a private cluster has no local zones', (config, report) => {
    if (isPrivate(config) && count(config.localZones) > 0) {
      report.error('localZones', 'a private cluster has no local zones', "delete 'localZones'");
    }
  }),
  clusterRule(
    'X35',
    'aws',
    'pod identity in a private cluster needs an endpoint that eksctl does not make',
    (config, report) => {
      const use = podIdentityUse(config);
      if (isPrivate(config) && use !== undefined && config.privateCluster?.skipEndpointCreation !== true) {
        report.warning(
          use,
          `pods get their credentials from 'eks-auth', for which eksctl makes no VPC endpoint${isAutoMode(config) ? ', in Auto Mode neither' : ''}`,
          `make it before pods need it: ${endpointCommand('eks-auth', config.metadata?.region ?? 'REGION')}`,
        );
      }
    },
  ),
];
