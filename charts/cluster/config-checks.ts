import type { Finding } from '../../eksctl/rules/rule';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import type { ClusterConfig as Config } from '../../eksctl/types';
import { ManifestError, sentence } from '../core/errors';
import { hasOwnVpc } from './described';

/** What the manifests are made from, and the prop that says it. */
const FIXED: readonly (readonly [key: string, prop: string, of: (config: Config) => unknown])[] = [
  ['metadata.name', 'the id', (config) => config.metadata.name],
  ['metadata.region', "'region'", (config) => config.metadata.region],
  ['metadata.version', "'version'", (config) => config.metadata.version],
  ['autoModeConfig.enabled', "'autoMode'", (config) => config.autoModeConfig?.enabled],
  [
    'kubernetesNetworkConfig.serviceIPv4CIDR',
    "'serviceIPv4CIDR'",
    (config) => config.kubernetesNetworkConfig?.serviceIPv4CIDR,
  ],
  ['kubernetesNetworkConfig.ipFamily', "'config'", (config) => config.kubernetesNetworkConfig?.ipFamily],
];
/** The same, of a VPC that eksctl makes. */
const FIXED_IN_VPC: typeof FIXED = [
  ['availabilityZones', "'availabilityZones'", (config) => config.availabilityZones?.join()],
  ['vpc.cidr', "'vpcCidr'", (config) => config.vpc?.cidr],
];

/** What an edit must not change, since the manifests were made without it: a difference is an error. */
export function checkEdits(path: string, edited: Config, made: Config, saysSubnets: boolean): ManifestError[] {
  const ownVpc = hasOwnVpc(edited);
  const errors = [...FIXED, ...(ownVpc ? [] : FIXED_IN_VPC)].flatMap(([key, prop, of]) => {
    const [found, expected] = [of(edited), of(made)];
    if (found === expected) {
      return [];
    }
    const problem = `an edit makes '${key}' ${found === undefined ? 'nothing' : `'${found}'`}, but the manifests were made for '${expected}'`;
    return [new ManifestError(path, problem, `say it by ${prop} of the Cluster`)];
  });
  if (ownVpc && !hasOwnVpc(made) && !saysSubnets) {
    errors.push(
      new ManifestError(
        path,
        'an edit gives the cluster a VPC of its own, whose subnets nobody knows',
        "say which are those of load balancers by 'loadBalancerSubnets' of the Cluster, and the VPC's range by 'vpcCidr'",
      ),
    );
  }
  return errors;
}

/** What the rules find in the finished config. */
export function checkRules(path: string, config: Config): { errors: ManifestError[]; warnings: string[] } {
  const findings = ClusterConfig.check(config);
  const told = ({ rule, path: place, problem }: Finding) => `${place ? `${place}: ` : ''}${problem} [${rule}]`;
  return {
    errors: findings
      .filter(({ severity }) => severity === 'error')
      .map((finding) => new ManifestError(path, told(finding), finding.fix)),
    warnings: findings
      .filter(({ severity }) => severity === 'warning')
      .map((finding) => `${told(finding)}. ${sentence(finding.fix)}`),
  };
}
