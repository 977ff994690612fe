import { type EksApp, KubeObject, Tenant } from 'cdk8s-eks-patterns';
import { isController } from '../../charts/core/waive';
import {
  appOf,
  find,
  IMAGE,
  manifests,
  newApp,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  synth,
  synthErrors,
  web,
} from '../support/app';
import { refusedBy } from '../support/findings';

const RULE = 'references/missing';
const ALLOW = 'cdk8s-eks-patterns.io/allow.references.missing';
/** Refers to a ConfigMap that does not exist. */
const broken = {
  customize: {
    deployment: (deployment: { spec: { template: { spec: { volumes?: object[] } } } }) => {
      const { spec } = deployment.spec.template;
      spec.volumes = [...(spec.volumes ?? []), { name: 'x', configMap: { name: 'nowhere' } }];
    },
  },
};
const rulesOf = ({ findings }: EksApp) =>
  findings.filter(({ rule }) => rule.startsWith('references/')).map(({ rule, waived }) => [rule, waived?.reason]);
/** Without those about the ClusterConfig. */
const warningsOf = (app: EksApp) => synth(app).warnings.filter((text) => !text.startsWith('prod: vpc.'));

describe('waive', () => {
  test('of a workload: it is synthesized, the finding stays listed, nothing is printed', () => {
    const app = appOf(web({ ...broken, waive: { [RULE]: 'made by hand' } }));
    expect(warningsOf(app)).toEqual([]);
    expect(rulesOf(app)).toEqual([[RULE, 'made by hand']]);
  });

  test('of the tenant and the app likewise', () => {
    for (const [own, above] of [
      [{ waive: { [RULE]: 'why' } }, {}],
      [{}, { waive: { [RULE]: 'why' } }],
    ]) {
      const app = newApp(above);
      web(broken, newTenant(own, newCluster(app)));
      expect(synthErrors(app)).toEqual([]);
      expect(rulesOf(app)).toEqual([[RULE, 'why']]);
    }
  });

  test('of another workload does not help', () => {
    const tenant = newTenant();
    web(broken, tenant);
    web({ waive: { [RULE]: 'why' } }, tenant, 'other');
    expect(synthErrors(appOf(tenant))).toHaveLength(1);
  });

  test.each(PATTERN_NAMES)('of a %s is written on its controller alone', (name) => {
    const workload = PATTERNS[name]({ waive: { [RULE]: 'why until=2999-01-31' } });
    const written = manifests(appOf(workload)).filter(({ metadata }) => metadata.annotations?.[ALLOW] !== undefined);
    expect(written.map(({ metadata }) => metadata.annotations[ALLOW])).toEqual(['why until=2999-01-31']);
    expect(isController(written[0]?.kind)).toBe(true);
  });

  test('of a tenant is written on its Namespace', () => {
    const tenant = newTenant({ waive: { [RULE]: 'why' } });
    expect(find(manifests(appOf(tenant)), 'Namespace').metadata.annotations).toEqual({ [ALLOW]: 'why' });
  });

  test('that covers nothing is one warning', () => {
    const app = appOf(web({ waive: { [RULE]: 'why' } }));
    expect(warningsOf(app)).toEqual([expect.stringContaining('[waivers/unused]')]);
  });

  test('that has expired still holds, with a warning: a program must not begin to fail overnight', () => {
    const app = appOf(web({ ...broken, waive: { [RULE]: 'why until=2020-01-31' } }));
    expect(warningsOf(app)).toEqual([expect.stringContaining('[waivers/expired]')]);
  });

  test.each([
    ['an unknown rule', { 'references/mising': 'why' }, 'props/unknown', "waive['references/mising']"],
    ['a topic', { references: 'why' }, 'props/unknown', "waive['references']"],
    ['no reason', { [RULE]: '' }, 'props/type', `waive['${RULE}'].because`],
    ['no reason but a date', { [RULE]: 'until=2999-01-31' }, 'props/type', `waive['${RULE}'].because`],
    ['no date', { [RULE]: 'why until=soon' }, 'props/invalid', `waive['${RULE}']`],
    ['a list', [RULE], 'props/type', 'waive'],
  ])('with %s is refused', (_, waive, rule, field) => {
    expect(refusedBy(() => web({ waive }))).toEqual([rule, field]);
    expect(refusedBy(() => newTenant({ waive: waive as never }))).toEqual([rule, field]);
    expect(refusedBy(() => newApp({ waive: waive as never }))).toEqual([rule, field]);
  });
});

describe('the annotation', () => {
  test('on an object that no pattern made', () => {
    const app = newApp();
    const tenant = new Tenant(newCluster(app), 'shop');
    new KubeObject(tenant, 'Pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', annotations: { [ALLOW]: 'made by hand' } },
      spec: { containers: [{ name: 'a', image: IMAGE, envFrom: [{ configMapRef: { name: 'nowhere' } }] }] },
    });
    expect(synthErrors(app).filter((message) => message.includes(RULE))).toEqual([]);
    expect(rulesOf(app)).toContainEqual([RULE, 'made by hand']);
  });
});

describe('review.levels', () => {
  test.each([
    [{ [RULE]: 'warning' }, 1],
    [{ references: 'advice' }, 0],
    [{ references: 'off' }, 0],
  ] as const)('%j', (levels, warnings) => {
    const app = newApp({ review: { levels } });
    web(broken, newTenant({}, newCluster(app)));
    expect(warningsOf(app)).toHaveLength(warnings);
  });

  test('of a rule that does not exist is a warning', () => {
    expect(warningsOf(newApp({ review: { levels: { nothing: 'off' } } }))).toEqual([
      expect.stringContaining('[review/unknown-rule]'),
    ]);
  });

  test.each([
    [{ levels: { references: 'loud' } }, 'props/unsupported', "review.levels['references']"],
    [{ levels: 3 }, 'props/type', 'review.levels'],
    [{ failOn: 'advice' }, 'props/unsupported', 'review.failOn'],
    [{ level: {} }, 'props/unknown', 'review.level'],
  ])('%j is refused', (review, rule, field) => {
    expect(refusedBy(() => newApp({ review: review as never }))).toEqual([rule, field]);
  });
});

test('review.failOn: a warning fails the synthesis, unless it is waived', () => {
  const failing = { failOn: 'warning', levels: { X32: 'off', references: 'warning' } } as const;
  const app = (waive: object) => {
    const own = newApp({ review: failing, ...waive });
    web(broken, newTenant({}, newCluster(own)));
    return own;
  };
  expect(synthErrors(app({}))).toEqual([expect.stringContaining(`[${RULE}]`)]);
  expect(synthErrors(app({ waive: { [RULE]: 'why' } }))).toEqual([]);
});
