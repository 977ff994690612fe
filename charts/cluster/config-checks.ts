import { hasOwnVpc } from '../../eksctl/rules/read';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import type { ClusterConfig as Config } from '../../eksctl/types';
import type { Finding } from '../../kube/finding';

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
export function checkEdits(construct: string, edited: Config, made: Config, saysSubnets: boolean): Finding[] {
  const ownVpc = hasOwnVpc(edited);
  const findings = [...FIXED, ...(ownVpc ? [] : FIXED_IN_VPC)].flatMap(([field, prop, of]): Finding[] => {
    const [found, expected] = [of(edited), of(made)];
    return found === expected
      ? []
      : [
          {
            rule: 'cluster-config/edited',
            severity: 'error',
            construct,
            field,
            message: `an edit sets '${field}' to ${found === undefined ? 'nothing' : `'${found}'`}, but the manifests were made for '${expected}'`,
            fix: `set it by ${prop} of the Cluster`,
          },
        ];
  });
  if (ownVpc && !hasOwnVpc(made) && !saysSubnets) {
    findings.push({
      rule: 'cluster-config/edited',
      severity: 'error',
      construct,
      field: 'vpc',
      message: 'an edit gives the cluster a VPC of its own, whose subnets are not known',
      fix: "give those of load balancers by 'loadBalancerSubnets' of the Cluster, and the VPC's range by 'vpcCidr'",
    });
  }
  return findings;
}

/** What the rules find in the finished config; warnings are about the cluster as a whole. */
export function checkRules(object: string, cluster: string, config: Config): Finding[] {
  return ClusterConfig.check(config).map((finding) => ({
    ...finding,
    construct: finding.severity === 'error' ? object : cluster,
    message: `${finding.field === undefined ? '' : `${finding.field}: `}${finding.message}`,
  }));
}
