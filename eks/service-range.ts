import { type AddressRange, formatAddress, overlap, parseRange } from '../kube/cidr';
import type { Cidr } from '../kube/values';

/** What EKS itself chooses from, in its order of preference. */
export const USUAL_SERVICE_RANGES = ['10.100.0.0/16', '172.20.0.0/16'] as const;

/** The range of Services that EKS would choose beside this VPC: the first of its two that does not collide with it. */
export function defaultServiceRange(vpc: AddressRange): Cidr {
  return USUAL_SERVICE_RANGES.find((cidr) => !overlap(parseRange(cidr)!, vpc)) ?? USUAL_SERVICE_RANGES[1];
}

/** EKS takes an IPv6 Service range out of this one and tells it when the cluster exists; nothing else is in it. */
export const SERVICES_IPV6 = 'fc00::/7';

/** The cluster DNS: by the convention of EKS the tenth host of the Service range. */
export function dnsHost(services: AddressRange): Cidr {
  return `${formatAddress(services.first + 10)}/32`;
}

/** The Service `kubernetes`: the first host of the Service range. */
export function apiServerHost(services: AddressRange): Cidr {
  return `${formatAddress(services.first + 1)}/32`;
}

/** The conventional address of NodeLocal DNSCache. There is none for IPv6. */
export const NODE_LOCAL_DNS = '169.254.20.10';
