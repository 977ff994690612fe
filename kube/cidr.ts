import { isIPv4, isIPv6 } from 'node:net';
import { contains, overlap, parseRange } from './addresses';

/** A range of addresses of either family. */
export interface Range {
  readonly family: 4 | 6;
  readonly bits: number;
}

/** Parses as Go does: digits only behind the slash, no zone, no leading zeros in the address. */
export function parseCidr(text: unknown): Range | undefined {
  const match = typeof text === 'string' ? /^([^/%]+)\/(\d{1,6})$/.exec(text) : null;
  const [, address = '', digits = ''] = match ?? [];
  const bits = Number(digits);
  if (isIPv4(address)) {
    return bits <= 32 ? { family: 4, bits } : undefined;
  }
  return isIPv6(address) && bits <= 128 ? { family: 6, bits } : undefined;
}

/** Whether two texts are ranges of IPv4 that share an address. */
export function collide(a: unknown, b: unknown): boolean {
  const [x, y] = [parseRange(a), parseRange(b)];
  return x !== undefined && y !== undefined && overlap(x, y);
}

/** Whether a range of IPv4 lies within one of the blocks. */
export function within(cidr: unknown, blocks: readonly string[]): boolean {
  const range = parseRange(cidr);
  return range !== undefined && blocks.some((block) => contains(parseRange(block)!, range));
}

/** The blocks that are private by RFC 1918. */
export const PRIVATE_BLOCKS: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
