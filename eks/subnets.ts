import { type AddressRange, formatRange, sizeOf } from '../kube/cidr';
import type { Cidr } from '../kube/values';

/** The subnets of a cluster by kind, one of each for every zone, in the order of the zones. */
export interface SubnetLayout {
  readonly public: readonly Cidr[];
  readonly private: readonly Cidr[];
}

/** The range of the VPC that eksctl makes where the file says none. */
export const DEFAULT_VPC_CIDR: Cidr = '192.168.0.0/16';

/** The prefixes of a VPC that eksctl divides, and the zones that fit. */
export const VPC_BITS = { min: 16, max: 24 } as const;
export const MAX_ZONES = 8;

/**
 * How eksctl divides the VPC that it makes (`pkg/vpc/vpc.go`): into 8 equal parts for up to 4 zones, into 16 for up to 8;
 * the first parts are the public subnets in the order of the zones, the private ones follow, what is left stays unused.
 */
export function subnetLayout(vpc: AddressRange, zones: number): SubnetLayout {
  const bits = vpc.bits + (zones * 2 <= 8 ? 3 : 4);
  const part = (index: number) => formatRange({ first: vpc.first + index * sizeOf(bits), bits });
  const parts = (from: number) => Array.from({ length: zones }, (_, i) => part(from + i));
  return { public: parts(0), private: parts(zones) };
}
