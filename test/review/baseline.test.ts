import type { Finding } from '../../kube/finding';
import { baselineText, parseBaseline, withBaseline } from '../../review/baseline';
import { fingerprint } from '../../review/fingerprint';
import { badMap, reviewed } from './support';

const finding: Finding = {
  rule: 'own/bad',
  severity: 'error',
  object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
  field: 'spec.template.spec.containers[0].image',
  container: 'web',
  file: { path: 'a.yaml', index: 0, line: 3 },
  construct: 'prod/shop/web/Deployment',
  message: "'prod/shop/web/Deployment' has 3 pods",
};

describe('a fingerprint', () => {
  test.each<[string, Partial<Finding>]>([
    ['the line', { file: { path: 'a.yaml', index: 4, line: 300 } }],
    ['the file', { file: { path: 'other/b.yaml' } }],
    ['the construct', { construct: 'new/Deployment', message: "'new/Deployment' has 3 pods" }],
    ['a number', { message: "'prod/shop/web/Deployment' has 14 pods" }],
    ['the index of the container', { field: 'spec.template.spec.containers[2].image' }],
    ['the severity', { severity: 'warning' }],
    ['the version of the API', { object: { ...finding.object!, apiVersion: 'apps/v1beta1' } }],
    ['the fix', { fix: 'do it' }],
  ])('does not depend on %s', (_, change) => {
    expect(fingerprint({ ...finding, ...change })).toBe(fingerprint(finding));
  });

  test.each<[string, Partial<Finding>]>([
    ['the rule', { rule: 'own/worse' }],
    ['the name', { object: { ...finding.object!, name: 'api' } }],
    ['the namespace', { object: { ...finding.object!, namespace: 'bank' } }],
    ['the field', { field: 'spec.template.spec.containers[0].name' }],
    ['the container', { container: 'proxy' }],
    ['the sentence', { message: 'has no pods' }],
  ])('depends on %s', (_, change) => {
    expect(fingerprint({ ...finding, ...change })).not.toBe(fingerprint(finding));
  });

  test('stays the same between versions: baselines are committed', () => {
    expect(fingerprint(finding)).toMatchInlineSnapshot(`"e102222980ddd3acb6c5e24803cfc953"`);
  });
});

describe('a baseline', () => {
  const before = reviewed(badMap() + badMap({}, 'b'));

  test('keeps what it has, and marks it', () => {
    const baseline = parseBaseline(baselineText(before));
    const after = reviewed(`# moved\n\n${badMap({}, 'c')}${badMap({}, 'b')}${badMap()}`);
    expect(withBaseline(after, baseline).map(({ object, baselined }) => [object?.name, baselined])).toEqual([
      ['c', undefined],
      ['b', true],
      ['a', true],
    ]);
  });

  test('has two equal findings twice, so that a third is new', () => {
    const baseline = parseBaseline(baselineText([finding, finding]));
    expect(withBaseline([finding, finding, finding], baseline).map(({ baselined }) => baselined)).toEqual([
      true,
      true,
      undefined,
    ]);
  });

  test('does not depend on the order of the findings, and leaves waived ones out', () => {
    expect(baselineText([...before].reverse())).toBe(baselineText(before));
    expect(parseBaseline(baselineText([{ ...finding, waived: { reason: 'why' } }])).size).toBe(0);
  });

  test.each(['', '{', '[]', 'null', '{"version": 2, "findings": {}}', '{"version": 1}'])('%j is refused', (text) => {
    expect(() => parseBaseline(text)).toThrow(/^the baseline must be/);
  });
});
