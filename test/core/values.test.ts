import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { Check } from '../../charts/core/check';
import { parseSeconds } from '../../charts/core/values';
import { selectorLabels, standardLabels } from '../../kube/labels';
import {
  contentHash,
  isDnsLabel,
  isEnvName,
  isLabelValue,
  isPortName,
  isQualifiedName,
  isServiceName,
  isSubdomain,
} from '../../kube/names';
import { nearest } from '../../kube/text';
import { refusal } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

describe('durations', () => {
  it.each([
    ['30s', 30],
    ['15m', 900],
    ['1h', 3600],
    ['2d', 172800],
    ['500ms', 0.5],
    ['1.5m', 90],
    [45, 45],
    [Duration.minutes(2), 120],
    [Duration.millis(1500), 1.5],
  ] as const)('%s', (duration, seconds) => {
    expect(parseSeconds(duration)).toBeCloseTo(seconds, 9);
  });

  it.each([['30'], ['s'], ['1 s'], ['-1s'], ['1w'], [Number.NaN], [Number.POSITIVE_INFINITY]])('%s is none', (text) => {
    expect(parseSeconds(text as '1s')).toBeUndefined();
  });

  it('in milliseconds that are whole seconds are accepted', () => {
    const check = new Check('x');
    for (let n = 1; n <= 600; n++) {
      expect(check.seconds('it', `${n * 1000}ms`)).toBe(n);
    }
  });
});

describe('names', () => {
  it.each([
    [
      'a label of DNS',
      isDnsLabel,
      ['a', '0a', 'a-b', 'a'.repeat(63)],
      ['', 'A', '-a', 'a-', 'a.b', 'a'.repeat(64), 'a\n'],
    ],
    ['a name of a Service', isServiceName, ['a', 'a0'], ['0a', 'a_b', '']],
    ['a dotted name', isSubdomain, ['a', 'a.b-c.d'], ['a..b', '.a', 'a.', 'A.b', 'a'.repeat(254)]],
    [
      'a name of a port',
      isPortName,
      ['http', 'a-1', '1a', 'a'.repeat(15)],
      ['80', 'a--b', '-a', 'a-', 'A', 'a'.repeat(16), ''],
    ],
    ['a variable', isEnvName, ['A', '_a', 'a.b-c'], ['', '1a', 'a b', 'a=b']],
    [
      'a value of a label',
      isLabelValue,
      ['', 'a', 'A_b.c-1', 'a'.repeat(63)],
      ['-a', 'a-', 'a b', 'a/b', 'a'.repeat(64)],
    ],
    ['a qualified name', isQualifiedName, ['a', 'example.com/a', 'A_b.c'], ['', '/a', 'a/', 'a/b/c', 'E.com/a', 'a b']],
  ])('%s', (_what, judge, good, bad) => {
    expect(good.filter((name) => !judge(name))).toEqual([]);
    expect(bad.filter((name) => judge(name))).toEqual([]);
  });

  it('may end in a hash of content', () => {
    fc.assert(fc.property(fc.string(), (text) => isDnsLabel(`a-${contentHash(text)}`)));
    expect(contentHash('a')).not.toBe(contentHash('b'));
  });
});

describe('labels', () => {
  const facts = { name: 'web', component: 'service', partOf: 'shop' };

  it('the selector is the one label that never changes', () => {
    expect(selectorLabels('web')).toEqual({ 'app.kubernetes.io/name': 'web' });
  });

  it('are those that Kubernetes recommends', () => {
    expect(standardLabels({ ...facts, version: '1.2', owner: 'team' })).toEqual({
      'app.kubernetes.io/name': 'web',
      'app.kubernetes.io/instance': 'web',
      'app.kubernetes.io/component': 'service',
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns',
      'app.kubernetes.io/version': '1.2',
      owner: 'team',
    });
  });

  it('leave out a version that is no value of a label', () => {
    for (const version of ['_x', 'x'.repeat(64), undefined]) {
      expect(standardLabels({ ...facts, version })).not.toHaveProperty(['app.kubernetes.io/version']);
    }
  });
});

describe('refusals', () => {
  const check = new Check('prod/shop/web');

  it('name the construct, the problem, the fix and the rule, as sentences', () => {
    expect(refusal(() => check.fail('invalid', 'color', 'color must be blue, but is red', 'paint it'))).toBe(
      'prod/shop/web: color must be blue, but is red. Paint it. [props/invalid]',
    );
    expect(refusedBy(() => check.fail('invalid', 'color', 'color must be blue', 'paint it'))).toEqual([
      'props/invalid',
      'color',
    ]);
  });

  it('suggest the nearest key, or list all', () => {
    const known = { image: true, port: true, replicas: true } as const;
    const fixOf = (field: string, value: object) => findingsOf(() => check.keys(field, value, known))[0]?.fix;
    expect(refusedBy(() => check.keys('props', { replica: 1 }, known))).toEqual(['props/unknown', 'replica']);
    expect(refusedBy(() => check.keys('probes', { zzzzzz: 1 }, known))).toEqual(['props/unknown', 'probes.zzzzzz']);
    expect(fixOf('props', { replica: 1 })).toContain("'replicas'");
    expect(fixOf('props', { IMAGE: 1 })).toContain("'image'");
    expect(fixOf('probes', { zzzzzz: 1 })).toContain("'image', 'port', 'replicas'");
  });

  it.each([['constructor'], ['toString'], ['__proto__']])('see %s, which every object inherits', (key) => {
    const value = Object.fromEntries([[key, 1]]);
    expect(refusedBy(() => check.keys('props', value, { image: true }))).toEqual(['props/unknown', key]);
  });

  it.each([[null], [[]], ['text'], [5], [() => 1]])('of %p where an object is required', (value) => {
    expect(refusedBy(() => check.keys('shutdown', value, { sleep: true }))).toEqual(['props/type', 'shutdown']);
  });

  it('let nothing pass for an absent object', () => {
    expect(() => check.keys('shutdown', undefined, { sleep: true })).not.toThrow();
  });

  it('shorten what they quote', () => {
    const message = refusal(() => check.integer('port', 'x'.repeat(500), 1));
    expect(message.length).toBeLessThan(200);
  });

  it('the nearest of words is close, or none', () => {
    expect(nearest('livness', ['liveness', 'readiness'])).toBe('liveness');
    expect(nearest('xyz', ['liveness', 'readiness'])).toBeUndefined();
    expect(nearest('port', [])).toBeUndefined();
  });

  it.each(['10.0.0.0/16', '0.0.0.0/0', '2001:db8::/64'])('%s is a range', (cidr) => {
    expect(check.cidr('it', cidr)).toBe(cidr);
  });

  it.each([
    '10.0.0.0',
    '10.0.0.256/8',
    '10.0.0.0/33',
    '10.0.0/8',
    'a/8',
    '2001:db8::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/',
  ])('%s is not a range', (cidr) => {
    expect(refusedBy(() => check.cidr('it', cidr))).toEqual(['props/invalid', 'it']);
  });
});
