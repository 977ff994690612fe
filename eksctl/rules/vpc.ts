import { PRIVATE_BLOCKS, parseCidr, within } from '../../kube/cidr';
import { describe } from '../../kube/describe';
import { keyPath } from '../../kube/text';
import { clusterRule, count, hasSubnets, isIPv6, isOnOutposts, isPrivate, strings } from './accessors';
import { isNonEmptyString, isSet } from './unvalidated';

/** The invalid CIDR blocks of a list. */
const invalidRanges = (list: readonly (string | null)[] | null | undefined, path: string) =>
  strings(list, path).filter(([text]) => parseCidr(text) === undefined);

/** The quota of EKS for ranges that may come to the public endpoint. */
const MOST_RANGES = 40;

/** The VPC, and access to the control plane. */
export const VPC_RULES = [
  clusterRule('A12a', 'eksctl', 'the API server has a public or private endpoint', (config, report) => {
    const endpoints = config.vpc?.clusterEndpoints;
    // a private cluster and Outposts have their own rules
    if (
      endpoints?.publicAccess === false &&
      endpoints.privateAccess !== true &&
      !isPrivate(config) &&
      !isOnOutposts(config)
    ) {
      report.error(
        'vpc.clusterEndpoints',
        `must have publicAccess or privateAccess, but both are false${isSet(endpoints.privateAccess) ? '' : ', privateAccess by default'}`,
        'write `privateAccess: true`',
      );
    }
  }),
  clusterRule('A12b', 'eksctl', 'extraCIDRs and publicAccessCIDRs are CIDR blocks', ({ vpc }, report) => {
    for (const [text, path] of [
      ...invalidRanges(vpc?.extraCIDRs, 'vpc.extraCIDRs'),
      ...invalidRanges(vpc?.publicAccessCIDRs, 'vpc.publicAccessCIDRs'),
    ]) {
      const single = parseCidr(`${text}/32`) ? `${text}/32` : '203.0.113.0/24';
      report.error(path, `invalid CIDR block '${text}'`, `write for example '${single}'`);
    }
  }),
  clusterRule('X114', 'aws', 'publicAccessCIDRs are at most 40', ({ vpc }, report) => {
    const given = count(vpc?.publicAccessCIDRs);
    if (given > MOST_RANGES) {
      report.error(
        'vpc.publicAccessCIDRs',
        `must have at most ${MOST_RANGES} entries, the quota of EKS, but has ${given}`,
        'combine ranges, or go through one address, such as that of a VPN',
      );
    }
  }),
  clusterRule('X115', 'aws', 'publicAccessCIDRs are addresses of the internet', ({ vpc }, report) => {
    for (const [text, path] of strings(vpc?.publicAccessCIDRs, 'vpc.publicAccessCIDRs')) {
      if (within(text, PRIVATE_BLOCKS)) {
        report.error(
          path,
          `must be addresses of the internet, but '${text}' is private: nobody comes to the public endpoint from there`,
          'write the public address of your network, or leave it out: the VPC has the private endpoint',
        );
      }
    }
  }),
  clusterRule('A12c', 'eksctl', 'extraIPv6CIDRs are CIDR blocks, and only set in an IPv6 cluster', (config, report) => {
    const list = config.vpc?.extraIPv6CIDRs;
    if (count(list) > 0 && !isIPv6(config)) {
      report.error(
        'vpc.extraIPv6CIDRs',
        `not allowed in an IPv4 cluster, but is ${describe(list)}`,
        "delete 'extraIPv6CIDRs'",
      );
      return;
    }
    for (const [text, path] of invalidRanges(list, 'vpc.extraIPv6CIDRs')) {
      report.error(path, `invalid CIDR block '${text}'`, "write for example '2001:db8:1::/56'");
    }
  }),
  clusterRule(
    'A12d',
    'eksctl',
    'securityGroup and controlPlaneSecurityGroupIDs are mutually exclusive',
    ({ vpc }, report) => {
      if (isNonEmptyString(vpc?.securityGroup) && count(vpc.controlPlaneSecurityGroupIDs) > 0) {
        report.error(
          'vpc.securityGroup',
          `cannot be combined with controlPlaneSecurityGroupIDs, but is '${vpc.securityGroup}'`,
          "move it to 'controlPlaneSecurityGroupIDs'",
        );
      }
    },
  ),
  clusterRule(
    'A12e',
    'eksctl',
    'ipv6Cidr and ipv6Pool are both set, or neither, and require a new VPC of an IPv6 cluster',
    (config, report) => {
      const { ipv6Cidr, ipv6Pool, id } = config.vpc ?? {};
      if (!isNonEmptyString(ipv6Cidr) && !isNonEmptyString(ipv6Pool)) {
        return;
      }
      if (!isIPv6(config)) {
        report.error(
          `vpc.${isNonEmptyString(ipv6Cidr) ? 'ipv6Cidr' : 'ipv6Pool'}`,
          `not allowed in an IPv4 cluster, but is '${isNonEmptyString(ipv6Cidr) ? ipv6Cidr : ipv6Pool}'`,
          "delete it, or write kubernetesNetworkConfig.ipFamily: 'IPv6'",
        );
      } else if (!isNonEmptyString(ipv6Cidr) || !isNonEmptyString(ipv6Pool)) {
        const [there, missing] = isNonEmptyString(ipv6Cidr) ? ['ipv6Cidr', 'ipv6Pool'] : ['ipv6Pool', 'ipv6Cidr'];
        report.error(`vpc.${missing}`, `required with '${there}'`, `set '${missing}', or delete '${there}'`);
      } else if (isNonEmptyString(id)) {
        report.error('vpc.ipv6Cidr', `not allowed with the existing VPC '${id}'`, "delete 'ipv6Cidr' and 'ipv6Pool'");
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
        report.error('vpc.autoAllocateIPv6', 'not allowed in an IPv6 cluster', "delete 'autoAllocateIPv6'");
      }
      if (isSet(config.vpc?.nat)) {
        report.error('vpc.nat', `not allowed in an IPv6 cluster, but is ${describe(config.vpc.nat)}`, "delete 'nat'");
      }
      if (count(config.localZones) > 0) {
        report.error('localZones', 'not supported in an IPv6 cluster', "delete 'localZones'");
      }
    },
  ),
  clusterRule(
    'A12g',
    'eksctl',
    'manageSharedNodeSecurityGroupRules is false only with sharedNodeSecurityGroup',
    ({ vpc }, report) => {
      if (vpc?.manageSharedNodeSecurityGroupRules === false && !isNonEmptyString(vpc.sharedNodeSecurityGroup)) {
        report.error(
          'vpc.manageSharedNodeSecurityGroupRules',
          "must not be false without 'sharedNodeSecurityGroup'",
          "delete it, or set 'sharedNodeSecurityGroup'",
        );
      }
    },
  ),
  clusterRule(
    'A12h',
    'eksctl',
    'hostnameType is ip-name or resource-name, and requires new subnets',
    (config, report) => {
      const type = config.vpc?.hostnameType;
      if (!isNonEmptyString(type)) {
        return;
      }
      if (hasSubnets(config)) {
        report.error('vpc.hostnameType', 'not allowed with existing subnets', "delete 'hostnameType'");
      } else if (type !== 'ip-name' && type !== 'resource-name') {
        report.error('vpc.hostnameType', `unknown hostname type '${type}'`, "write 'ip-name' or 'resource-name'");
      }
    },
  ),
  clusterRule(
    'A12i',
    'eksctl',
    'local zones require a new VPC without highly available NAT gateways',
    (config, report) => {
      if (count(config.localZones) === 0) {
        return;
      }
      if (isNonEmptyString(config.vpc?.id)) {
        report.error('localZones', `not allowed with the existing VPC '${config.vpc.id}'`, "delete 'localZones'");
      }
      if (config.vpc?.nat?.gateway === 'HighlyAvailable') {
        report.error('vpc.nat.gateway', "must not be 'HighlyAvailable' with local zones", "write 'Single'");
      }
    },
  ),
  clusterRule('A12j', 'eksctl', 'vpc.nat has a gateway', ({ vpc }, report) => {
    if (isSet(vpc?.nat) && !isSet(vpc.nat.gateway)) {
      report.error('vpc.nat.gateway', 'required', "write 'HighlyAvailable', 'Single' or 'Disable'");
    }
  }),
  clusterRule('A12k', 'eksctl', 'cidr of the VPC and its subnets are CIDR blocks', ({ vpc }, report) => {
    const specs = (['private', 'public'] as const).flatMap((kind) =>
      Object.entries(vpc?.subnets?.[kind] ?? {}).map(
        ([name, spec]) => [spec?.cidr, `${keyPath(`vpc.subnets.${kind}`, name)}.cidr`] as const,
      ),
    );
    for (const [text, path] of [[vpc?.cidr, 'vpc.cidr'] as const, ...specs]) {
      if (isSet(text) && parseCidr(text) === undefined) {
        report.error(path, `invalid CIDR block ${describe(text)}`, "write for example '10.42.0.0/16'");
      }
    }
  }),
  clusterRule('C1', 'aws', 'vpc.nat.gateway is HighlyAvailable, Single or Disable', (config, report) => {
    const gateway = config.vpc?.nat?.gateway;
    if (isNonEmptyString(gateway) && !['HighlyAvailable', 'Single', 'Disable'].includes(gateway) && !isIPv6(config)) {
      report.error(
        'vpc.nat.gateway',
        `unknown NAT gateway mode '${gateway}'`,
        "write 'HighlyAvailable', 'Single' or 'Disable'",
      );
    }
  }),
  clusterRule('C2', 'eksctl', 'the cidr of a new VPC is an IPv4 block of /16 to /24', (config, report) => {
    const range = parseCidr(config.vpc?.cidr);
    if (range && !hasSubnets(config) && (range.family === 6 || range.bits < 16 || range.bits > 24)) {
      report.error(
        'vpc.cidr',
        `must be an IPv4 block of /16 to /24, but is '${config.vpc?.cidr}'`,
        "write for example '10.42.0.0/16'",
      );
    }
  }),
  clusterRule('C3', 'eksctl', 'a new VPC has at most 8 zones, including local zones', (config, report) => {
    // without zones in the file, AWS selects the zone of the Outpost, or three
    const zones = isOnOutposts(config) ? 1 : count(config.availabilityZones) || 3;
    if (!hasSubnets(config) && zones + count(config.localZones) > 8) {
      report.error(
        count(config.localZones) > 5 ? 'localZones' : 'availabilityZones',
        `must have at most 8 zones, including local zones, but has ${zones + count(config.localZones)}`,
        'remove some zones',
      );
    }
  }),
];
