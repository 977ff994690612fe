import { parseCidr } from './cidr';
import { remembered } from './collections';

/** What the API server says of a range of addresses. */
export interface BlockProblem {
  /** 'must be ..., but is ...'. */
  readonly problem: string;
  readonly fix: string;
  /** Whether only Kubernetes 1.36 and later refuse it; earlier ones warn. */
  readonly strict?: true;
}

/** From this version on ranges must be written in one way. */
export const STRICT_SINCE = '1.36';

interface Block {
  readonly family: 4 | 6;
  /** The first address, host bits as they are written. */
  readonly first: bigint;
  readonly bits: number;
}

const SIZES = { 4: 32, 6: 128 } as const;

/** What is wrong with the text of a range; undefined where it is one. */
export const blockProblem = remembered((text): BlockProblem | undefined => {
  const bare = withoutZeros(text);
  const block = blockOf(bare);
  if (!block) {
    return {
      problem: `must be a range of addresses, but is '${text}'`,
      fix: /^\d+(\.\d+){3}$/.test(bare) ? `write '${bare}/32' for one address` : "write a range such as '10.0.0.0/16'",
    };
  }
  if (bare !== text || /^::ffff:/i.test(text)) {
    return {
      problem: `must have no zeros in front, and no IPv4 address in IPv6, but is '${text}'`,
      fix: `write '${bare}'`,
      strict: true,
    };
  }
  return block.first === firstOf(block)
    ? undefined
    : { problem: `has bits beyond its prefix: '${text}'`, fix: 'write the first address of the range', strict: true };
});

/** Whether a range lies in another one, and is smaller; undefined where one of them is not a range. */
export function isStrictlyWithin(inner: string, outer: string): boolean | undefined {
  const [a, b] = [blockOf(withoutZeros(inner)), blockOf(withoutZeros(outer))];
  if (!a || !b) {
    return undefined;
  }
  return a.family === b.family && a.bits > b.bits && firstOf({ ...a, bits: b.bits }) === firstOf(b);
}

/** The first and the last address of a range, as numbers; undefined for a text that is none. */
export function addressSpan(
  text: string,
): { readonly family: 4 | 6; readonly first: bigint; readonly last: bigint } | undefined {
  const block = blockOf(withoutZeros(text));
  if (!block) {
    return undefined;
  }
  const first = firstOf(block);
  return { family: block.family, first, last: first + (1n << BigInt(SIZES[block.family] - block.bits)) - 1n };
}

/** The address of a range without its host bits. */
function firstOf({ family, first, bits }: Block): bigint {
  const rest = BigInt(SIZES[family] - bits);
  return (first >> rest) << rest;
}

const blockOf = remembered((text): Block | undefined => {
  const parsed = parseCidr(text);
  return parsed && { family: parsed.family, first: numberOf(parsed.address, parsed.family), bits: parsed.bits };
});

/** Zeros in front of the numbers of IPv4, which earlier versions take for nothing. */
function withoutZeros(text: string): string {
  return text.includes(':') ? text : text.replace(/(^|[./])0+(?=\d)/g, '$1');
}

function numberOf(address: string, family: 4 | 6): bigint {
  return family === 4 ? joined(address.split('.').map(Number), 8n) : joined(groupsOf(address), 16n);
}

const joined = (parts: readonly number[], bits: bigint): bigint =>
  parts.reduce((sum, part) => (sum << bits) + BigInt(part), 0n);

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [before = '', after] = plain.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [head, tail] = [groups(before), groups(after ?? '')];
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}
