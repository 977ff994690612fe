import { parseCidr } from '../../kube/cidr';
import { describe } from '../../kube/describe';
import { clusterRule, count, hasSubnets, isIPv6, isOnOutposts, isPrivate, strings } from './accessors';
import { isNonEmptyString, isSet } from './unvalidated';

/** The texts of a list of ranges that are none. */
const notRanges = (list: readonly (string | null)[] | null | undefined, path: string) =>
  strings(list, path).filter(([text]) => parseCidr(text) === undefined);

/** The VPC and who reaches the control plane in it. */
export const VPC_RULES = [
  clusterRule('A12a', 'eksctl', 'the API server has an endpoint', (config, report) => {
    const endpoints = config.vpc?.clusterEndpoints;
    // a private cluster and one on Outposts decide for themselves
    if (
      endpoints?.publicAccess === false &&
      endpoints.privateAccess !== true &&
      !isPrivate(config) &&
      !isOnOutposts(config)
    ) {
      report.error(
        'vpc.clusterEndpoints',
        `nobody reaches the API server: publicAccess is false, privateAccess ${isSet(endpoints.privateAccess) ? 'too' : 'as well by default'}`,
        "write 'privateAccess: true'",
      );
    }
  }),
  clusterRule('A12b', 'eksctl', 'extraCIDRs and publicAccessCIDRs are ranges of addresses', ({ vpc }, report) => {
    for (const [text, path] of [
      ...notRanges(vpc?.extraCIDRs, 'vpc.extraCIDRs'),
      ...notRanges(vpc?.publicAccessCIDRs, 'vpc.publicAccessCIDRs'),
    ]) {
      const single = parseCidr(`${text}/32`) ? `${text}/32` : '203.0.113.0/24';
      report.error(path, `'${text}' is no range of addresses`, `write for example '${single}'`);
    }
  }),
  clusterRule('A12c', 'eksctl', 'extraIPv6CIDRs are ranges, and of an IPv6 cluster only', (config, report) => {
    const list = config.vpc?.extraIPv6CIDRs;
    if (count(list) > 0 && !isIPv6(config)) {
      report.error(
        'vpc.extraIPv6CIDRs',
        `the cluster is IPv4, and ${describe(list)} is IPv6`,
        "delete 'extraIPv6CIDRs'",
      );
      return;
    }
    for (const [text, path] of notRanges(list, 'vpc.extraIPv6CIDRs')) {
      report.error(path, `'${text}' is no range of addresses`, "write for example '2001:db8:1::/56'");
    }
  }),
  clusterRule(
    'A12d',
    'eksctl',
    'securityGroup and controlPlaneSecurityGroupIDs exclude each other',
    ({ vpc }, report) => {
      if (isNonEmptyString(vpc?.securityGroup) && count(vpc.controlPlaneSecurityGroupIDs) > 0) {
        report.error(
          'vpc.securityGroup',
          `'${vpc.securityGroup}' stands beside controlPlaneSecurityGroupIDs`,
          "delete 'securityGroup', and name it in 'controlPlaneSecurityGroupIDs'",
        );
      }
    },
  ),
  clusterRule(
    'A12e',
    'eksctl',
    'ipv6Cidr and ipv6Pool stand together, in a new VPC of an IPv6 cluster',
    (config, report) => {
      const { ipv6Cidr, ipv6Pool, id } = config.vpc ?? {};
      if (!isNonEmptyString(ipv6Cidr) && !isNonEmptyString(ipv6Pool)) {
        return;
      }
      if (!isIPv6(config)) {
        report.error(
          `vpc.${isNonEmptyString(ipv6Cidr) ? 'ipv6Cidr' : 'ipv6Pool'}`,
          `the cluster is IPv4, and '${isNonEmptyString(ipv6Cidr) ? ipv6Cidr : ipv6Pool}' is for IPv6`,
          "delete it, or write kubernetesNetworkConfig.ipFamily: 'IPv6'",
        );
      } else if (!isNonEmptyString(ipv6Cidr) || !isNonEmptyString(ipv6Pool)) {
        const [there, missing] = isNonEmptyString(ipv6Cidr) ? ['ipv6Cidr', 'ipv6Pool'] : ['ipv6Pool', 'ipv6Cidr'];
        report.error(`vpc.${missing}`, `'${there}' needs '${missing}'`, `write '${missing}', or delete '${there}'`);
      } else if (isNonEmptyString(id)) {
        report.error('vpc.ipv6Cidr', `the VPC ${id} has its own range`, "delete 'ipv6Cidr' and 'ipv6Pool'");
      }
    },
  ),
  clusterRule(
    'A12f',
    'eksctl',
    'an IPv6 cluster has no NAT, no local zones and no autoAllocateIPv6',
    (config, report) => {
      if (!isIPv6(config)) {
        return;
      }
      if (config.vpc?.autoAllocateIPv6 === true) {
        report.error('vpc.autoAllocateIPv6', 'IPv6 addresses are allocated already', "delete 'autoAllocateIPv6'");
      }
      if (isSet(config.vpc?.nat)) {
        report.error(
          'vpc.nat',
          `eksctl decides the NAT of an IPv6 cluster, not ${describe(config.vpc.nat)}`,
          "delete 'nat'",
        );
      }
      if (count(config.localZones) > 0) {
        report.error('localZones', 'an IPv6 cluster has no local zones', "delete 'localZones'");
      }
    },
  ),
  clusterRule(
    'A12g',
    'eksctl',
    'manageSharedNodeSecurityGroupRules is off only for an own security group',
    ({ vpc }, report) => {
      if (vpc?.manageSharedNodeSecurityGroupRules === false && !isNonEmptyString(vpc.sharedNodeSecurityGroup)) {
        report.error(
          'vpc.manageSharedNodeSecurityGroupRules',
          'the shared security group is made by eksctl, and would have no rules',
          "delete it, or write 'sharedNodeSecurityGroup'",
        );
      }
    },
  ),
  clusterRule(
    'A12h',
    'eksctl',
    'hostnameType is ip-name or resource-name, and of new subnets only',
    (config, report) => {
      const type = config.vpc?.hostnameType;
      if (!isNonEmptyString(type)) {
        return;
      }
      if (hasSubnets(config)) {
        report.error('vpc.hostnameType', 'the subnets exist, and have their own', "delete 'hostnameType'");
      } else if (type !== 'ip-name' && type !== 'resource-name') {
        report.error('vpc.hostnameType', `'${type}' is no type of host names`, "write 'ip-name' or 'resource-name'");
      }
    },
  ),
  clusterRule('A12i', 'eksctl', 'local zones need a new VPC, without a NAT gateway a zone', (config, report) => {
    if (count(config.localZones) === 0) {
      return;
    }
    if (isNonEmptyString(config.vpc?.id)) {
      report.error('localZones', `the VPC ${config.vpc.id} has its own zones`, "delete 'localZones'");
    }
    if (config.vpc?.nat?.gateway === 'HighlyAvailable') {
      report.error('vpc.nat.gateway', "local zones have no NAT gateway, as 'HighlyAvailable' wants", "write 'Single'");
    }
  }),
  clusterRule('A12j', 'eksctl', 'vpc.nat says its gateway', ({ vpc }, report) => {
    if (isSet(vpc?.nat) && !isSet(vpc.nat.gateway)) {
      report.error(
        'vpc.nat.gateway',
        'eksctl crashes on a nat without gateway',
        "write 'HighlyAvailable', 'Single' or 'Disable'",
      );
    }
  }),
  clusterRule('A12k', 'eksctl', 'the ranges of VPC and subnets are ranges of addresses', ({ vpc }, report) => {
    const specs = (['private', 'public'] as const).flatMap((kind) =>
      Object.entries(vpc?.subnets?.[kind] ?? {}).map(
        ([name, spec]) => [spec?.cidr, `vpc.subnets.${kind}.${name}.cidr`] as const,
      ),
    );
    for (const [text, path] of [[vpc?.cidr, 'vpc.cidr'] as const, ...specs]) {
      if (isSet(text) && parseCidr(text) === undefined) {
        report.error(path, `${describe(text)} is no range of addresses`, "write for example '10.42.0.0/16'");
      }
    }
  }),
  clusterRule('C1', 'aws', 'vpc.nat.gateway is HighlyAvailable, Single or Disable', (config, report) => {
    const gateway = config.vpc?.nat?.gateway;
    if (isNonEmptyString(gateway) && !['HighlyAvailable', 'Single', 'Disable'].includes(gateway) && !isIPv6(config)) {
      report.error(
        'vpc.nat.gateway',
        `'${gateway}' is no way to have NAT`,
        "write 'HighlyAvailable', 'Single' or 'Disable'",
      );
    }
  }),
  clusterRule('C2', 'eksctl', 'a VPC that eksctl divides is IPv4, from /16 to /24', (config, report) => {
    const range = parseCidr(config.vpc?.cidr);
    if (range && !hasSubnets(config) && (range.family === 6 || range.bits < 16 || range.bits > 24)) {
      report.error('vpc.cidr', `eksctl divides no VPC of '${config.vpc?.cidr}'`, "write /16 to /24: '10.42.0.0/16'");
    }
  }),
  clusterRule(
    'C3',
    'eksctl',
    'a VPC that eksctl divides has at most 8 zones, local ones included',
    (config, report) => {
      // what AWS would answer where the file names none: the zone of the Outpost, or three
      const zones = isOnOutposts(config) ? 1 : count(config.availabilityZones) || 3;
      if (!hasSubnets(config) && zones + count(config.localZones) > 8) {
        report.error(
          count(config.localZones) > 5 ? 'localZones' : 'availabilityZones',
          `${zones + count(config.localZones)} zones with two subnets each are more than 16 subnets`,
          'keep at most 8 zones in all',
        );
      }
    },
  ),
];
