import { KnownRules } from '../../review/known-rules';
import { REASONS } from '../../review/patterns';
import { RULES } from '../../review/rules';
import { parseWaiver, waivedRule, waiverAnnotation } from '../../review/waiver-text';
import { badMap, reviewed } from './support';

const ALLOW = 'cdk8s-eks-patterns.io/allow.own.bad';
const namespace = (annotations: object, name = 'shop') =>
  `---\n${JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations } })}\n`;
const short = (...args: Parameters<typeof reviewed>) =>
  reviewed(...args).map(({ rule, waived }) => (waived ? `${rule} waived` : rule));

describe('the text', () => {
  test.each([
    ['a reason', { reason: 'a reason' }],
    ['a reason until=2027-03-31', { reason: 'a reason', until: '2027-03-31' }],
    ['a reason\nuntil=2027-03-31 ', { reason: 'a reason', until: '2027-03-31' }],
    ['until=2027-03-31', { reason: '', until: '2027-03-31' }],
    ['valid until=soon', { reason: 'valid', invalidDate: 'soon' }],
    ['valid until=2027-02-30', { reason: 'valid', invalidDate: '2027-02-30' }],
    ['valid until=', { reason: 'valid', invalidDate: '' }],
    ['until=2027-03-31 we have time', { reason: 'until=2027-03-31 we have time' }],
    ['  ', { reason: '' }],
  ])('%j', (text, expected) => {
    expect(parseWaiver(text)).toEqual(expected);
  });

  test('the annotation has one slash', () => {
    expect(waiverAnnotation('own/bad')).toBe(ALLOW);
    expect(waivedRule(ALLOW)).toBe('own/bad');
    expect(waivedRule('cdk8s-eks-patterns.io/root-because')).toBeUndefined();
  });
});

describe('an annotation', () => {
  test('waives the rule on its object, with its reason', () => {
    expect(reviewed(badMap({ [ALLOW]: 'it is a test until=2027-03-31' }))).toEqual([
      expect.objectContaining({ rule: 'own/bad', waived: { reason: 'it is a test', until: '2027-03-31' } }),
    ]);
  });

  test('does not waive it on others', () => {
    expect(short(badMap({ [ALLOW]: 'why' }) + badMap({}, 'b') + badMap({}, 'a', 'other'))).toEqual([
      'own/bad waived',
      'own/bad',
      'own/bad',
    ]);
  });

  test('of a Namespace covers its objects', () => {
    expect(short(namespace({ [ALLOW]: 'why' }) + badMap({}, 'b') + badMap({}, 'a', 'other'))).toEqual([
      'own/bad waived',
      'own/bad',
    ]);
  });

  test('of the default Namespace covers objects without one', () => {
    const bare = '---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {bad: "yes"}}}\n';
    expect(short(namespace({ [ALLOW]: 'why' }, 'default') + bare)).toEqual(['own/bad waived']);
  });

  test.each([
    ['Deployment', { template: { metadata: { annotations: { [ALLOW]: 'why' } }, spec: {} } }],
    ['CronJob', { jobTemplate: { spec: { template: { metadata: { annotations: { [ALLOW]: 'why' } }, spec: {} } } } }],
  ])('may be on the pods of a %s, where charts let users write', (kind, spec) => {
    const apiVersion = kind === 'CronJob' ? 'batch/v1' : 'apps/v1';
    const metadata = { name: 'a', namespace: 'shop', labels: { bad: 'yes' } };
    expect(short(JSON.stringify({ apiVersion, kind, metadata, spec }))).toEqual(['own/bad waived']);
  });

  test('on one object of a pattern covers all of them', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns', 'app.kubernetes.io/name': 'web' };
    const object = (kind: string, name: string, own: object, annotations = {}) =>
      `---\n${JSON.stringify({ apiVersion: 'v1', kind, metadata: { name, namespace: 'shop', labels: { ...own, bad: 'yes' }, annotations } })}\n`;
    const set =
      object('ConfigMap', 'web-env', labels) +
      object('Service', 'web', labels, { [ALLOW]: 'why' }) +
      object('Service', 'api', { ...labels, 'app.kubernetes.io/name': 'api' });
    expect(short(set)).toEqual(['own/bad waived', 'own/bad waived', 'own/bad']);
  });
});

describe('a waiver is a finding of its own', () => {
  test.each([
    ['without a reason', { [ALLOW]: '' }, ['own/bad', 'waivers/no-reason']],
    ['with a date alone', { [ALLOW]: 'until=2027-03-31' }, ['own/bad', 'waivers/no-reason']],
    ['with another date', { [ALLOW]: 'why until=soon' }, ['own/bad', 'waivers/invalid-date']],
    ['of a topic', { 'cdk8s-eks-patterns.io/allow.own': 'why' }, ['own/bad', 'review/unknown-rule']],
    ['of no rule', { 'cdk8s-eks-patterns.io/allow.own.bed': 'why' }, ['own/bad', 'review/unknown-rule']],
    ['of no rule, empty', { 'cdk8s-eks-patterns.io/allow.': 'why' }, ['own/bad', 'review/unknown-rule']],
  ])('%s', (_, annotations, rules) => {
    expect(short(badMap(annotations))).toEqual(rules);
  });

  test('expired: the day after its date', () => {
    const yaml = badMap({ [ALLOW]: 'why until=2027-03-31' });
    expect(short(yaml, { today: '2027-03-31' })).toEqual(['own/bad waived']);
    expect(short(yaml, { today: '2027-04-01' })).toEqual(['own/bad', 'waivers/expired']);
    expect(short(yaml, { today: '2027-04-01', expiredHold: true })).toEqual(['own/bad waived', 'waivers/expired']);
  });

  const unused = `${badMap({ [ALLOW]: 'why' }).replace('yes', 'no')}`;

  test('unused', () => {
    expect(reviewed(unused)).toMatchObject([
      { rule: 'waivers/unused', object: { name: 'a' }, field: `metadata.annotations['${ALLOW}']` },
    ]);
  });

  test('but not where the rule was not asked', () => {
    expect(short(unused, { levels: { own: 'off' } })).toEqual([]);
    const ofCluster = {
      id: 'own/bad',
      title: '',
      severity: 'error',
      needs: 'cluster',
      check: () => undefined,
    } as const;
    expect(short(unused, {}, [ofCluster])).toEqual([]);
  });
});

describe('a declared waiver', () => {
  const waivers = [{ construct: 'prod/shop', rule: 'own/bad', text: 'why' }];

  test('that covers nothing is a finding with its construct', () => {
    expect(reviewed('', { waivers })).toMatchObject([
      { rule: 'waivers/unused', construct: 'prod/shop', field: "waive['own/bad']" },
    ]);
  });
});

describe('the reason of a prop', () => {
  test('is about rules that exist', () => {
    const known = new KnownRules(RULES);
    const unknown = Object.values(REASONS)
      .flat()
      .filter((id) => known.topics.has(id.slice(0, id.indexOf('/'))) && !known.has(id));
    expect(unknown).toEqual([]);
  });

  const root = { id: 'security/run-as-root', title: '', severity: 'warning' } as const;
  const report = (found: boolean) => ({
    ...root,
    check: ({ inventory }: never, tell: (...args: unknown[]) => void) => {
      for (const object of found ? (inventory as { objects: unknown[] }).objects : []) {
        tell(object, { message: 'root', fix: 'x' });
      }
    },
  });
  const yaml = badMap({ 'cdk8s-eks-patterns.io/root-because': 'the image needs it' });

  test('counts as a waiver, and may cover nothing', () => {
    expect(reviewed(yaml, {}, [report(true) as never])).toMatchObject([{ waived: { reason: 'the image needs it' } }]);
    expect(reviewed(yaml, {}, [report(false) as never])).toEqual([]);
  });
});
