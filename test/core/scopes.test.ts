import { Construct, RootConstruct } from 'constructs';
import { Inherited } from '../../charts/core/inherited';
import { type ClusterFacts, type Requirement, Requirements } from '../../charts/core/requirements';
import { newApp, newCluster, newTenant, podOf, web } from '../support/app';
import { findingsOf } from '../support/findings';

describe('an inherited value', () => {
  const root = new RootConstruct();
  const middle = new Construct(root, 'middle');
  const leaf = new Construct(middle, 'leaf');
  const value = new Inherited<number>('test');
  value.set(root, 0);
  value.set(leaf, 2);

  it('holds for everything below, the nearest first', () => {
    expect([value.nearest(leaf), value.nearest(middle), value.nearest(root)]).toEqual([2, 0, 0]);
  });

  it('belongs to its construct alone', () => {
    expect([value.at(leaf), value.at(middle), value.at(root)]).toEqual([2, undefined, 0]);
  });

  it('is a chain from the root down', () => {
    expect(value.chain(leaf)).toEqual([0, 2]);
    expect(value.chain(new RootConstruct())).toEqual([]);
    expect(value.nearest(new RootConstruct())).toBeUndefined();
  });
});

describe('defaults', () => {
  const least = { image: 'app:1.0.0', user: undefined, resources: undefined };
  const make = (app: object | undefined, tenant: object | undefined, workload: object = {}) => {
    const scope = newTenant({ defaults: tenant }, newCluster(newApp({ defaults: app })));
    return web({ ...least, ...workload }, scope);
  };
  const user = (uid: number) => ({ user: uid });
  const resources = (cpu: string) => ({ resources: { cpu, memory: '1Gi' } });
  const uidOf = (workload: ReturnType<typeof web>) => podOf(workload).spec.securityContext?.runAsUser;

  it('of the app hold for all, those of a tenant before them, the workload’s own before both', () => {
    const app = { ...user(1001), ...resources('1') };
    expect(uidOf(make(app, undefined))).toBe(1001);
    expect(uidOf(make(app, user(1002)))).toBe(1002);
    expect(uidOf(make(app, user(1002), user(1003)))).toBe(1003);
  });

  it('that a nearer level does not name come from above', () => {
    expect(
      podOf(make({ ...user(1001), ...resources('1') }, user(1002))).spec.containers[0].resources?.requests?.cpu,
    ).toBe('1');
  });

  it('that are undefined hide nothing', () => {
    expect(uidOf(make({ ...user(1001), ...resources('1') }, { user: undefined }, { user: undefined }))).toBe(1001);
  });

  it('win as a whole: parts of an object are not mixed', () => {
    const app = { ...user(1), resources: { cpu: '1', memory: '1Gi', cpuLimit: 'none' } };
    const { limits } = podOf(make(app, resources('2'))).spec.containers[0].resources!;
    expect(limits?.cpu).toBe('8');
  });

  it('of labels and annotations merge by key', () => {
    const level = (name: string) => ({
      labels: { shared: name, [name]: 'yes' },
      annotations: { shared: name, [name]: 'yes' },
    });
    const workload = make({ ...user(1), ...resources('1'), ...level('app') }, level('tenant'), level('own'));
    const expected = { shared: 'own', app: 'yes', tenant: 'yes', own: 'yes' };
    for (const metadata of [podOf(workload).metadata, workload.deployment.toJson().metadata]) {
      expect(metadata.labels).toMatchObject(expected);
      expect(metadata.annotations).toMatchObject(expected);
    }
  });

  it('are never part of a selector', () => {
    const workload = make({ ...user(1), ...resources('1'), labels: { tier: 'x' } }, undefined);
    expect(workload.deployment.toJson().spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'web' } });
    expect(workload.service.toJson().spec.selector).toEqual({ 'app.kubernetes.io/name': 'web' });
  });

  it('with an unknown key are refused where they are set', () => {
    expect(findingsOf(() => newApp({ defaults: { image: 'x' } as object }))).toEqual([
      expect.objectContaining({ rule: 'props/unknown', construct: '(app)', field: 'defaults.image' }),
    ]);
  });

  it.each([
    ['user', 0],
    ['resources', { cpu: '1' }],
    ['security', { privileged: {} }],
    ['placement', { spread: 'hosts' }],
    ['shutdown', { sleep: 'soon' }],
    ['priority', 'high'],
    ['imagePullPolicy', 'always'],
    ['labels', { tier: 'a b' }],
    ['annotations', { note: 1 }],
    ['disruption', { maxUnavailable: 0 }],
    ['rollout', { strategy: 'blue' }],
    ['probes', { lively: 1 }],
    ['scraper', { ns: 'x' }],
  ])('with an invalid %s are refused where they are set, in the app and in a tenant', (key, value) => {
    const defaults = { [key]: value };
    const at = (construct: string) => [
      expect.objectContaining({ construct, field: expect.stringMatching(new RegExp(`^defaults\\.${key}\\b`)) }),
    ];
    expect(findingsOf(() => newApp({ defaults }))).toEqual(at('(app)'));
    const cluster = newCluster();
    expect(findingsOf(() => newTenant({ defaults }, cluster))).toEqual(at('prod/shop'));
  });
});

describe('requirements', () => {
  const because = { because: 'a test' };
  const facts: ClusterFacts = {
    name: 'prod',
    made: false,
    region: 'us-west-2',
    version: '1.35',
    compute: 'node-groups',
    addons: undefined,
    features: undefined,
    architectures: undefined,
    zones: undefined,
  };
  const status = (requirement: Requirement, known: Partial<ClusterFacts> = {}) =>
    requirement.check({ ...facts, ...known }).status;

  it.each([
    ['addon', Requirements.addon('x', because), { addons: new Set(['x']) }, { addons: new Set<string>() }],
    [
      'feature',
      Requirements.feature('ebs', because),
      { features: new Set(['ebs'] as const) },
      { features: new Set<never>() },
    ],
    ['zones', Requirements.zones(3, because), { zones: 3 }, { zones: 2 }],
    [
      'architecture',
      Requirements.architecture('arm64', because),
      { architectures: new Set(['arm64'] as const) },
      { architectures: new Set(['amd64'] as const) },
    ],
  ])('%s: unknown until said, then met or not', (_what, requirement, good, bad) => {
    expect([status(requirement), status(requirement, good), status(requirement, bad)]).toEqual([
      'unknown',
      'met',
      'unmet',
    ]);
  });

  it('a cluster that is made provides add-ons and features', () => {
    expect(status(Requirements.addon('x', because), { made: true })).toBe('provided');
    expect(status(Requirements.feature('ebs', because), { made: true })).toBe('provided');
  });

  it('a cluster that is made cannot provide zones or architectures that it was not given', () => {
    expect(status(Requirements.zones(3, because), { made: true, zones: 2 })).toBe('unmet');
    expect(status(Requirements.architecture('arm64', because), { made: true, architectures: new Set(['amd64']) })).toBe(
      'unmet',
    );
  });

  it('a custom resource is always a step: no add-on tells of it', () => {
    expect(status(Requirements.api('keda.sh/v1alpha1/ScaledObject', because))).toBe('provided');
  });

  it('every refusal says what to do', () => {
    const result = Requirements.addon('x', because).check({ ...facts, addons: new Set() });
    expect(result).toMatchObject({
      status: 'unmet',
      fix: expect.stringContaining('eksctl create addon --cluster prod'),
    });
  });

  it('are kept by construct, in order, deferred ones asked when wanted', () => {
    const construct = new RootConstruct();
    let late = 0;
    Requirements.add(construct, Requirements.addon('a', because));
    Requirements.defer(construct, () => [Requirements.addon(`late-${++late}`, because)]);
    Requirements.add(construct, Requirements.addon('b', because));
    expect(late).toBe(0);
    expect(Requirements.of(construct).map((r) => r.id)).toEqual(['addon/a', 'addon/late-1', 'addon/b']);
    expect(Requirements.of(new RootConstruct())).toEqual([]);
  });
});
