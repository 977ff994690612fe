import { hasOwnVpc } from '../../eksctl/rules/accessors';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import type { ClusterConfig as Config } from '../../eksctl/types';
import type { Finding } from '../../kube/finding';

/** What the manifests are made from, and the prop that sets it. */
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
/** The same, for a VPC that eksctl creates. */
const FIXED_IN_VPC: typeof FIXED = [
  ['availabilityZones', "'availabilityZones'", (config) => config.availabilityZones?.join()],
  ['vpc.cidr', "'vpcCidr'", (config) => config.vpc?.cidr],
];

/** Compares the edited ClusterConfig with the one that the manifests were made for. */
export function checkEdits(
  construct: string,
  edited: Config,
  made: Config,
  hasLoadBalancerSubnets: boolean,
): Finding[] {
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
            fix: `set ${prop} of the Cluster instead`,
          },
        ];
  });
  if (ownVpc && !hasOwnVpc(made) && !hasLoadBalancerSubnets) {
    findings.push({
      rule: 'cluster-config/edited',
      severity: 'error',
      construct,
      field: 'vpc',
      message: 'an edit sets an existing VPC, whose subnets are unknown',
      fix: "set 'loadBalancerSubnets' and 'vpcCidr' of the Cluster",
    });
  }
  return findings;
}

/** Types that the table lacks: the review says it with the way out, since `instanceTypes` of the Cluster may have them. */
const BY_REVIEW = 'X110';

/** Findings of eksctl's rules on the finished config; warnings belong to the cluster as a whole. */
export function checkRules(object: string, cluster: string, config: Config): Finding[] {
  const findings = ClusterConfig.check(config).filter(({ rule }) => rule !== BY_REVIEW);
  return findings.map((finding) => ({
    ...finding,
    construct: finding.severity === 'error' ? object : cluster,
    message: `${finding.field === undefined ? '' : `${finding.field}: `}${finding.message}`,
  }));
}
