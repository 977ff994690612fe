import type { Cidr } from './values';

/** A range of IPv4 addresses: its first address as a number, and the bits of its prefix. */
export interface AddressRange {
  readonly first: number;
  readonly bits: number;
}

/** The range of a text such as '10.0.0.0/16', host bits cleared; undefined when the text is none. */
export function parseRange(cidr: unknown): AddressRange | undefined {
  const match = typeof cidr === 'string' ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr) : null;
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = match ? match.slice(1).map(Number) : [];
  if ([a, b, c, d].some((octet) => octet > 255) || bits > 32) {
    return undefined;
  }
  // arithmetic instead of bit operators, which are signed and would turn 192.0.0.0 negative
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % sizeOf(bits)), bits };
}

/** How many addresses a prefix leaves. */
export function sizeOf(bits: number): number {
  return 2 ** (32 - bits);
}

export function formatAddress(address: number): string {
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(address / unit) % 256).join('.');
}

export function formatRange(range: AddressRange): Cidr {
  return `${formatAddress(range.first)}/${range.bits}`;
}

/** Whether two ranges share an address. */
export function overlap(a: AddressRange, b: AddressRange): boolean {
  return a.first < b.first + sizeOf(b.bits) && b.first < a.first + sizeOf(a.bits);
}

/** Whether every address of the inner range lies in the outer one. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return inner.bits >= outer.bits && overlap(outer, inner);
}
