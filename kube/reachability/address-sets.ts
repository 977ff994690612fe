import type { IPBlock } from '../../imports/kubernetes';
import { addressSpan } from '../ip-block';
import { type Certainty, MAYBE, NO, YES } from './certainty';

/** The first and the last address of a range. IPv6 addresses follow those of IPv4 on one line. */
type Span = readonly [first: bigint, last: bigint];
/** Ranges in order that do not touch each other. */
export type AddressSet = readonly Span[];

const IPV6 = 1n << 32n;

/** The addresses of ranges such as '10.0.0.0/16', or of single addresses. What is neither has none. */
export function addressesOf(texts: readonly string[]): AddressSet {
  return united(texts.flatMap(spanOf));
}

/** The addresses of blocks of a policy, without their exceptions. A block without a range, which the API server refuses, has none. */
export function addressesIn(blocks: readonly Partial<IPBlock>[]): AddressSet {
  return united(blocks.flatMap(({ cidr, except = [] }) => (cidr ? without(spanOf(cidr), addressesOf(except)) : [])));
}

/** Whether an address that is one of `some` is one of `all`. */
export function hold(all: AddressSet, some: AddressSet): Certainty {
  if (some.length > 0 && some.every(([first, last]) => all.some((span) => span[0] <= first && last <= span[1]))) {
    return YES;
  }
  return some.some(([first, last]) => all.some((span) => span[0] <= last && first <= span[1])) ? MAYBE : NO;
}

function spanOf(text: string): Span[] {
  const isRange = text.includes('/');
  const span = addressSpan(isRange ? text : `${text}/${text.includes(':') ? 128 : 32}`);
  const start = span?.family === 6 ? IPV6 : 0n;
  return span ? [[start + span.first, start + span.last]] : [];
}

function without(spans: readonly Span[], holes: AddressSet): Span[] {
  return holes.reduce<Span[]>(
    (left, [first, last]) =>
      left.flatMap((span): Span[] => {
        if (last < span[0] || span[1] < first) {
          return [span];
        }
        const before: Span = [span[0], first - 1n];
        const after: Span = [last + 1n, span[1]];
        return [before, after].filter(([from, to]) => from <= to);
      }),
    [...spans],
  );
}

function united(spans: readonly Span[]): AddressSet {
  const sorted = [...spans].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const result: Span[] = [];
  for (const [first, last] of sorted) {
    const previous = result.at(-1);
    if (!previous || first > previous[1] + 1n) {
      result.push([first, last]);
    } else if (last > previous[1]) {
      result[result.length - 1] = [previous[0], last];
    }
  }
  return result;
}
