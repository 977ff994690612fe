import { PatternError, SynthesisError } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { pick, type Random, seeded } from '../review/damage';
import { newCluster, newTenant, PATTERN_NAMES, PATTERNS } from '../support/app';
import { drawn, type Props } from '../support/random/draw';
import { PATTERN_VALUES } from '../support/random/pattern-values';
import { consistent } from '../support/random-program';
import { randomTenant } from '../support/random-tenant';

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);

/** What is written by mistake in place of a value. */
const WRONG: readonly unknown[] = [
  null,
  undefined,
  '',
  ' ',
  'text',
  'a\nb',
  'x'.repeat(300),
  0,
  -1,
  1.5,
  1e21,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  10n,
  true,
  false,
  [],
  [null],
  [undefined],
  [[]],
  [1],
  ['text'],
  {},
  { a: null },
  { '': '' },
  { because: 1 },
  Object.create(null),
  new Date(0),
  new Map([['a', 1]]),
  new Set(['a']),
  /a/,
  Symbol('s'),
  () => undefined,
  () => 'text',
  class A {},
  new Error('e'),
  Promise.resolve(1),
];

/** The props with a wrong value somewhere, and where. */
function damaged(props: Props, random: Random): { readonly props: Props; readonly where: string } {
  const paths = pathsIn(props);
  if (paths.length === 0) {
    return { props, where: '' };
  }
  const path = pick(random, paths);
  const value = pick(random, WRONG);
  return { props: replaced(props, path, value) as Props, where: `${path.join('.')} = ${show(value)}` };
}

/** The paths of plain values: what factories have made is checked by them. */
function pathsIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  return isPlain(value)
    ? Object.keys(value).flatMap((key) => [[...at, key], ...pathsIn((value as Props)[key], [...at, key])])
    : [];
}

const isPlain = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) {
    return by;
  }
  if (Array.isArray(value)) {
    return value.map((entry, i) => (String(i) === key ? replaced(entry, rest, by) : entry));
  }
  return { ...(value as Props), [key]: replaced((value as Props)[key], rest, by) };
}

function show(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `${value.constructor?.name} ${JSON.stringify(value)}`
    : String(value);
}

/** What is thrown that does not say what is wrong and where. */
function bare(make: () => void): string | undefined {
  try {
    make();
  } catch (e) {
    if (!(e instanceof PatternError || e instanceof SynthesisError)) {
      const { stack = String(e) } = e as Error;
      return stack.split('\n').slice(0, 3).join(' ').replace(/\s+/g, ' ');
    }
  }
  return undefined;
}

const seeds = Array.from({ length: RUNS }, (_, i) => 7919 * i + 3);

/** Tells mistakes by what was thrown, each with the first place. */
function report(found: ReadonlyMap<string, string>): string[] {
  return [...found].map(([thrown, where]) => `${where}: ${thrown}`);
}

test('a Tenant with a wrong value is refused in words, or accepted', () => {
  const found = new Map<string, string>();
  let refused = 0;
  for (const seed of seeds) {
    let where = '';
    const thrown = bare(() => {
      const { app } = randomTenant(seed, (props, random) => {
        const result = damaged(props, random);
        where = result.where;
        return result.props;
      });
      refused += app === undefined ? 1 : 0;
      if (app) {
        Testing.synth(app);
      }
    });
    if (thrown !== undefined && !found.has(thrown)) {
      found.set(thrown, `${seed}: ${where}`);
    }
  }
  expect(report(found)).toEqual([]);
  expect(refused).toBeGreaterThan(RUNS / 4);
});

test.each(PATTERN_NAMES)('a %s with a wrong value is refused in words, or accepted', (pattern) => {
  const found = new Map<string, string>();
  for (const seed of seeds) {
    const random = seeded(seed);
    const tenant = newTenant({ quota: 'none' }, newCluster());
    const result = damaged(consistent(drawn(PATTERN_VALUES[pattern], 0.15, random, tenant)), random);
    const thrown = bare(() => {
      (PATTERNS[pattern] as (props: Props, scope: typeof tenant) => unknown)(result.props, tenant);
      Testing.synth(tenant.node.root as never);
    });
    if (thrown !== undefined && !found.has(thrown)) {
      found.set(thrown, `${seed}: ${result.where}`);
    }
  }
  expect(report(found)).toEqual([]);
});
