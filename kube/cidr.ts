import * as net from 'node:net';
import { remembered } from './collections';
import type { Cidr } from './values';

/** A range of addresses of either family, as far as its text says. */
export interface ParsedCidr {
  readonly family: 4 | 6;
  readonly address: string;
  readonly bits: number;
}

/** A range of IPv4 addresses: its first address as a number, and the bits of its prefix. */
export interface AddressRange {
  readonly first: number;
  readonly bits: number;
}

/** The private ranges of RFC 1918. */
export const PRIVATE_BLOCKS: readonly Cidr[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
/** The private ranges and the one of carrier-grade NAT (RFC 6598), of which a VPC is made; in order. */
export const VPC_BLOCKS: readonly Cidr[] = [...PRIVATE_BLOCKS, '100.64.0.0/10'].sort();

const OCTET = /^(?:0|[1-9]\d{0,2})$/;

/** As net.isIPv4, whose regular expression takes longer to compile than most programs have addresses for. */
export function isIPv4(text: string): boolean {
  if (text.charAt(text.length - 1) > '9') {
    return false;
  }
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => OCTET.test(octet) && Number(octet) <= 255);
}

/** As net.isIPv6, which is asked where there is a colon. */
export function isIPv6(text: string): boolean {
  return text.includes(':') && net.isIPv6(text);
}

/** Whether a text is an address of either family. */
export function isIP(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

/** Parses as Go does: digits only behind the slash, no zone, no leading zeros in the address. */
export function parseCidr(text: unknown): ParsedCidr | undefined {
  return typeof text === 'string' ? parseText(text) : undefined;
}

const parseText = remembered((text): ParsedCidr | undefined => {
  const match = /^([^/%]+)\/(\d{1,6})$/.exec(text);
  const [, address = '', digits = ''] = match ?? [];
  const bits = Number(digits);
  if (isIPv4(address)) {
    return bits <= 32 ? { family: 4, address, bits } : undefined;
  }
  return isIPv6(address) && bits <= 128 ? { family: 6, address, bits } : undefined;
});

/** The range of a text such as '10.0.0.0/16', host bits cleared; undefined for anything that is not a range of IPv4. */
export function parseRange(text: unknown): AddressRange | undefined {
  return typeof text === 'string' ? rangeOf(text) : undefined;
}

const rangeOf = remembered((text): AddressRange | undefined => {
  const parsed = parseText(text);
  if (parsed?.family !== 4) {
    return undefined;
  }
  // arithmetic instead of bit operators, which are signed and would turn 192.0.0.0 negative
  const address = parsed.address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { first: address - (address % sizeOf(parsed.bits)), bits: parsed.bits };
});

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

/** Whether two texts are ranges of IPv4 that share an address. */
export function collide(a: unknown, b: unknown): boolean {
  const [x, y] = [parseRange(a), parseRange(b)];
  return x !== undefined && y !== undefined && overlap(x, y);
}

/** Whether a range of IPv4 lies within one of the blocks. */
export function within(range: unknown, blocks: readonly Cidr[]): boolean {
  const inner = parseRange(range);
  return inner !== undefined && blocks.some((block) => contains(parseRange(block)!, inner));
}
