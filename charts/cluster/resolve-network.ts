import {
  apiServerHost,
  defaultServiceRange,
  dnsHost,
  SERVICES_IPV6,
  USUAL_SERVICE_RANGES,
} from '../../eks/service-range';
import { DEFAULT_VPC_CIDR, type SubnetLayout, VPC_BITS } from '../../eks/subnets';
import { type AddressRange, formatRange, overlap, PRIVATE_BLOCKS, parseRange, within } from '../../kube/cidr';
import { describe } from '../../kube/describe';
import type { Cidr } from '../../kube/values';
import type { Check } from '../core/check';
import type { ClusterContext } from '../core/cluster-context';
import type { ClusterBaseProps } from './props';
import { checkItems, ruleOf } from './rule-of';

/** The address ranges of a cluster. */
export interface ResolvedNetwork {
  readonly vpc: AddressRange;
  readonly vpcCidr: Cidr;
  /** IPv4, also in an IPv6 cluster. */
  readonly serviceRange: Cidr;
  readonly dns: readonly Cidr[];
  readonly apiServer: readonly Cidr[];
  /** The given `loadBalancerSubnets`. */
  readonly subnets: SubnetLayout | undefined;
}

export type IpFamily = ClusterContext['ipFamily'];

/** EKS accepts a VPC of /16 to /28; eksctl, which makes one here, needs room for its subnets. */
const EXISTING_VPC_BITS = { min: 16, max: 28 };

/** @param isKnown whether a VPC without a range has the default of eksctl */
export function resolveNetwork(
  check: Check,
  props: ClusterBaseProps,
  made: boolean,
  family: IpFamily,
  isKnown = true,
): ResolvedNetwork {
  const vpc = resolveRange(check, 'vpcCidr', props.vpcCidr ?? DEFAULT_VPC_CIDR);
  const { min, max } = made ? VPC_BITS : EXISTING_VPC_BITS;
  if (vpc.bits < min || vpc.bits > max) {
    check.fail(
      'invalid',
      'vpcCidr',
      `vpcCidr must be from /${min} to /${max}, but is '${formatRange(vpc)}'`,
      'write a range of that size',
    );
  }
  const services = resolveServiceRange(check, props.serviceIPv4CIDR ?? defaultServiceRange(vpc), vpc);
  // EKS chooses the range of Services by that of the VPC
  const isOpen = !isKnown && props.vpcCidr === undefined && props.serviceIPv4CIDR === undefined;
  const ranges = isOpen ? USUAL_SERVICE_RANGES.map((range) => parseRange(range)!) : [services];
  return {
    vpc,
    vpcCidr: formatRange(vpc),
    serviceRange: formatRange(services),
    dns: family === 'IPv6' ? [SERVICES_IPV6] : ranges.map(dnsHost),
    apiServer: family === 'IPv6' ? [SERVICES_IPV6] : ranges.map(apiServerHost),
    subnets: resolveSubnets(check, props.loadBalancerSubnets, family),
  };
}

function resolveServiceRange(check: Check, cidr: Cidr, vpc: AddressRange): AddressRange {
  const field = 'serviceIPv4CIDR';
  const range = resolveRange(check, field, cidr);
  if (range.bits < 12 || range.bits > 24 || !within(cidr, PRIVATE_BLOCKS)) {
    check.fail(
      'invalid',
      field,
      `${field} must be a private range from /12 to /24, but is '${cidr}'`,
      "write for example '10.100.0.0/16'",
    );
  }
  if (overlap(range, vpc)) {
    check.fail(
      'forbidden',
      field,
      `${field} must be outside the VPC ${formatRange(vpc)}, but is '${cidr}'`,
      'use a range that does not overlap the VPC',
    );
  }
  return range;
}

function resolveSubnets(
  check: Check,
  given: ClusterBaseProps['loadBalancerSubnets'],
  family: IpFamily,
): SubnetLayout | undefined {
  if (given === undefined) {
    return undefined;
  }
  const field = 'loadBalancerSubnets';
  check.keys(field, given, { public: true, private: true });
  if (given.public === undefined && given.private === undefined) {
    check.fail(
      'invalid',
      field,
      `${field} must have public or private subnets, but is ${describe(given)}`,
      "write for example { public: ['10.0.0.0/20', '10.0.16.0/20'] }",
    );
  }
  return {
    public: resolveCidrs(check, `${field}.public`, given.public, family) ?? [],
    private: resolveCidrs(check, `${field}.private`, given.private, family) ?? [],
  };
}

/** A list of ranges; an empty one is refused, since it could mean all or none. */
export function resolveCidrs(
  check: Check,
  field: string,
  cidrs: readonly Cidr[] | undefined,
  family: IpFamily = 'IPv4',
): Cidr[] | undefined {
  if (cidrs === undefined) {
    return undefined;
  }
  checkItems(check, field, cidrs, 'range', "write for example ['203.0.113.0/24'], or leave it out");
  return cidrs.map((cidr: Cidr, i) => {
    const place = `${field}[${i}]`;
    return family === 'IPv6' ? ipv6Range(check, place, cidr) : formatRange(resolveRange(check, place, cidr));
  });
}

function ipv6Range(check: Check, field: string, cidr: Cidr): Cidr {
  const range = check.cidr(field, cidr);
  if (!range.includes(':')) {
    check.fail(
      'invalid',
      field,
      `${field} must be an IPv6 range, since pods have IPv6 addresses, but is '${cidr}'`,
      "write for example '2001:db8::/64'",
    );
  }
  return range;
}

function resolveRange(check: Check, field: string, cidr: Cidr): AddressRange {
  const range = parseRange(cidr);
  if (!range) {
    check.fail(
      ruleOf(cidr),
      field,
      `${field} must be an IPv4 range in CIDR notation, but is ${describe(cidr)}`,
      "write for example '10.42.0.0/16'",
    );
  }
  if (formatRange(range) !== cidr) {
    check.fail(
      'invalid',
      field,
      `${field} must begin with the first address of its range, but is '${cidr}'`,
      `write '${formatRange(range)}'`,
    );
  }
  return range;
}
