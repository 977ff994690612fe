import { Scalar } from 'yaml';
import type { ConfigError } from '../../../eksctl/schema/config-error';
import { parseClusterConfig } from '../../../eksctl/schema/parse';

const HEAD = 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: prod, region: us-west-2 }\n';
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

function errorOf(text: string): ConfigError {
  try {
    parseClusterConfig(text);
  } catch (e) {
    return e as ConfigError;
  }
  throw new Error('no error');
}

describe('the message of many findings', () => {
  const error = errorOf(`${HEAD}${lines(2000, (i) => `unknown${i}: 1`)}\nlocalZones: 3\naddons: [~]\n`);

  test('shows 100 of one kind, all of the others, and how many there are', () => {
    expect(error.findings).toHaveLength(2002);
    const [first, ...rest] = error.message.split('\n');
    expect(first).toMatch(/^2,002 errors /);
    expect(rest).toHaveLength(103);
    expect(rest.filter((line) => line.includes('unknown'))).toHaveLength(100);
    expect(rest.at(-3)).toContain('localZones');
    expect(rest.at(-2)).toContain('addons[0]');
    expect(rest.at(-1)).toMatch(/ 1,900 more$/);
  });

  test('has no list of known keys in its lines', () => {
    expect(Math.max(...error.message.split('\n').map((line) => line.length))).toBeLessThan(160);
  });

  test('is bounded also for many kinds', () => {
    const { message } = errorOf(`${HEAD}vpc:\n${lines(500, (i) => `  cidr: [${'a'.repeat(i % 7)}, b]\n  x${i}: 1`)}`);
    expect(message.split('\n').length).toBeLessThan(303);
  });

  test('shows a long key in part', () => {
    expect(errorOf(`${HEAD}? ${'x'.repeat(5000)}\n: 1\n`).findings[0]!.message.length).toBeLessThan(200);
  });
});

describe('aliases', () => {
  const withAliases = (count: number): string =>
    `${HEAD}nodeGroups:\n${lines(count, (i) => `  - { name: &n${i} g${i}, instanceName: *n${i} }`)}\n`;

  test('refer to the last anchor before them', () => {
    const text = `${HEAD}nodeGroups:\n  - { name: &n a, instanceName: *n }\n  - { name: &n b, instanceName: *n }\n`;
    expect(parseClusterConfig(text).nodeGroups).toEqual([
      { name: 'a', instanceName: 'a' },
      { name: 'b', instanceName: 'b' },
    ]);
  });

  test('are resolved once: twice as many look at twice as many anchors', () => {
    const few = anchorReads(() => parseClusterConfig(withAliases(100)));
    const many = anchorReads(() => parseClusterConfig(withAliases(200)));
    expect(few).toBeGreaterThan(100);
    expect(many / few).toBeLessThan(2.5);
  });

  test('of one anchor may be many', () => {
    const text = `${HEAD}nodeGroups: [{ name: &name a }]\nlocalZones: [${Array(500).fill('*name').join(', ')}]\n`;
    expect(parseClusterConfig(text).localZones).toHaveLength(500);
  });

  test('that would expand exponentially are refused', () => {
    const levels = lines(30, (i) => `  l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}]`);
    const text = `${HEAD}nodeGroups:\n- name: a\n  kubeletExtraConfig:\n    l0: &l0 [x]\n${levels.replace(/^/gm, '  ')}\n`;
    expect(errorOf(text).findings.map(({ rule }) => rule)).toEqual(['L1']);
  });
});

/** How often the anchor of a scalar is read. */
function anchorReads(run: () => void): number {
  let reads = 0;
  const anchors = new WeakMap<object, string | undefined>();
  Object.defineProperty(Scalar.prototype, 'anchor', {
    configurable: true,
    get(this: object) {
      reads++;
      return anchors.get(this);
    },
    set(this: object, anchor: string | undefined) {
      anchors.set(this, anchor);
    },
  });
  try {
    run();
  } finally {
    Reflect.deleteProperty(Scalar.prototype, 'anchor');
  }
  return reads;
}
