import type { Cidr } from '../core/values';
import { type AddressRange, formatAddress, overlap, parseRange } from './addresses';

/** What EKS itself chooses from, in its order of preference. */
const USUAL = ['10.100.0.0/16', '172.20.0.0/16'] as const;

/** The range of Services that EKS would choose beside this VPC: the first of its two that does not collide with it. */
export function defaultServiceRange(vpc: AddressRange): Cidr {
  return USUAL.find((cidr) => !overlap(parseRange(cidr)!, vpc)) ?? USUAL[1];
}

/** The address of the cluster DNS: by the convention of EKS the tenth host of the Service range. */
export function dnsAddress(services: AddressRange): string {
  return formatAddress(services.first + 10);
}

/** The address of the Service `kubernetes`: the first host of the Service range. */
export function apiServerAddress(services: AddressRange): string {
  return formatAddress(services.first + 1);
}
