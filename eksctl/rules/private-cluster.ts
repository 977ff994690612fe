import { endpointCommand } from '../../eks/endpoints';
import { clusterRule, count, isAutoMode, isPrivate, keys, repeated, strings } from './accessors';
import { podIdentityUse } from './pod-identity';
import { isNonEmptyString } from './unvalidated';

const SERVICES = 'privateCluster.additionalEndpointServices';
const KNOWN = ['autoscaling', 'cloudformation', 'logs'];

/** Clusters without internet access. */
export const PRIVATE_CLUSTER_RULES = [
  clusterRule('A13a', 'eksctl', 'a private cluster in an existing VPC has private subnets', (config, report) => {
    if (isPrivate(config) && isNonEmptyString(config.vpc?.id) && keys(config.vpc.subnets?.private).length === 0) {
      report.error(
        'vpc.subnets.private',
        `required for a private cluster in the existing VPC '${config.vpc.id}'`,
        "write for example { 'us-west-2a': { id: 'subnet-00000abc' }, 'us-west-2b': { id: 'subnet-00000def' } }",
      );
    }
  }),
  clusterRule(
    'A13b',
    'eksctl',
    'additionalEndpointServices and skipEndpointCreation are mutually exclusive',
    (config, report) => {
      const { privateCluster } = config;
      if (
        isPrivate(config) &&
        privateCluster?.skipEndpointCreation === true &&
        count(privateCluster.additionalEndpointServices) > 0
      ) {
        report.error(SERVICES, 'cannot be combined with skipEndpointCreation', 'delete one of them');
      }
    },
  ),
  clusterRule(
    'A13c',
    'eksctl',
    'additionalEndpointServices contains known services without duplicates',
    (config, report) => {
      if (!isPrivate(config) || config.privateCluster?.skipEndpointCreation === true) {
        return;
      }
      const services = strings(config.privateCluster?.additionalEndpointServices, SERVICES);
      for (const [service, path] of services.filter(([service]) => !KNOWN.includes(service))) {
        report.error(path, `unknown endpoint service '${service}'`, "write 'autoscaling', 'cloudformation' or 'logs'");
      }
      for (const [service, path] of repeated(services)) {
        report.error(path, `duplicate endpoint service '${service}'`, 'delete the entry');
      }
    },
  ),
  clusterRule('A13d', 'eksctl', 'a private cluster has no local zones', (config, report) => {
    if (isPrivate(config) && count(config.localZones) > 0) {
      report.error('localZones', 'not supported in a private cluster', "delete 'localZones'");
    }
  }),
  clusterRule(
    'X35',
    'aws',
    'pod identity in a private cluster requires an endpoint that eksctl does not create',
    (config, report) => {
      const use = podIdentityUse(config);
      if (isPrivate(config) && use !== undefined && config.privateCluster?.skipEndpointCreation !== true) {
        report.warning(
          use,
          `requires a VPC endpoint for 'eks-auth', which eksctl does not create${isAutoMode(config) ? ', not even with Auto Mode' : ''}`,
          `create the endpoint before the pods start: ${endpointCommand('eks-auth', config.metadata?.region ?? 'REGION')}`,
        );
      }
    },
  ),
];
