import { Expose, Probe, Tenant, type Workload } from 'cdk8s-eks-patterns';
import type { Construct } from 'constructs';
import { appOf, newAutoCluster, newTenant, podOf, stateful, synth, synthErrors, web } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';
import { ingress, range } from './support';

const ALB = 'alb.ingress.kubernetes.io/';
const at = { scheme: 'internet-facing', host: 'shop.example.com' } as const;
type To = Parameters<typeof Expose.alb>[0]['weights'];

/** A service whose load balancer sends a part of the requests elsewhere. */
function main(weights: To, tenant: Construct, more: object = {}, props: object = {}) {
  return web({ ...props, expose: Expose.alb({ ...at, weights, ...more }) }, tenant, 'web');
}

/** A canary and its main service, of one tenant. */
function canary(props: object = {}, weight = 10, more: object = {}, tenant: Construct = newTenant()) {
  const other = web({ replicas: 1, ...props }, tenant, 'web-canary');
  return { other, web: main([{ to: other, weight }], tenant, more), tenant };
}

const action = (of: ReturnType<typeof web>) =>
  JSON.parse(of.ingress!.toJson().metadata.annotations[`${ALB}actions.web-weights`]!) as unknown;
const groups = (...of: [name: string, port: string, weight: number][]) => ({
  targetGroups: of.map(([serviceName, servicePort, weight]) => ({ serviceName, servicePort, weight })),
});

describe('weights of an Application Load Balancer', () => {
  test('are an action of its Ingress, of which the service itself has what remains', () => {
    const made = canary({}, 10);
    expect(action(made.web)).toEqual({
      type: 'forward',
      forwardConfig: groups(['web', 'http', 90], ['web-canary', 'http', 10]),
    });
    const [rule] = made.web.ingress!.toJson().spec.rules;
    expect(rule!.http!.paths.map(({ backend }) => backend)).toEqual([
      { service: { name: 'web-weights', port: { name: 'use-annotation' } } },
    ]);
    expect(synthErrors(appOf(made.web))).toEqual([]);
  });

  test('can send everything elsewhere, or nothing', () => {
    for (const weight of [0, 100]) {
      const made = canary({}, weight);
      expect(action(made.web)).toMatchObject({
        forwardConfig: groups(['web', 'http', 100 - weight], ['web-canary', 'http', weight]),
      });
      expect(synthErrors(appOf(made.web))).toEqual([]);
    }
  });

  test('keep a client with one version', () => {
    expect(action(canary({}, 10, { stickiness: '1h' }).web)).toMatchObject({
      forwardConfig: { targetGroupStickinessConfig: { enabled: true, durationSeconds: 3600 } },
    });
  });

  test('let the load balancer in, on the port of the traffic and that of the health check', () => {
    const probes = { readiness: Probe.http('/readyz', { port: 'admin' }), liveness: Probe.tcp() };
    const { other, web: one } = canary({ port: { http: 8080, admin: 9090 }, probes });
    expect(ingress(other)).toEqual([{ peers: ingress(one)[0]!.peers, ports: ['8080/TCP', '9090/TCP'] }]);
    expect(ingress(one)[0]!.peers).toEqual([
      range('192.168.0.0/19'),
      range('192.168.32.0/19'),
      range('192.168.64.0/19'),
    ]);
  });

  test('give the other pods the sleep of those behind a load balancer', () => {
    const stop = (one: Workload) => {
      const { containers, terminationGracePeriodSeconds } = podOf(one).spec;
      return [containers[0]!.lifecycle?.preStop?.sleep?.seconds, terminationGracePeriodSeconds];
    };
    const { other, web: one } = canary();
    expect(stop(other)).toEqual(stop(one));
    expect(stop(other)).toEqual([15, 40]);
    expect(stop(web())).toEqual([5, 30]);
  });

  test.each([
    ['nothing where the health check is the same', {}, {}],
    ['its path', { probes: { readiness: Probe.http('/ok'), liveness: Probe.tcp() } }, { 'healthcheck-path': '/ok' }],
    [
      'its own port',
      {
        port: { http: 80, admin: 9090 },
        probes: { readiness: Probe.http('/readyz', { port: 'admin' }), liveness: Probe.tcp() },
      },
      { 'healthcheck-port': '9090' },
    ],
    [
      'its time to drain',
      { shutdown: { drain: '40s' } },
      { 'target-group-attributes': 'deregistration_delay.timeout_seconds=55' },
    ],
  ])('write on the other Service %s', (_what, props, annotations) => {
    const { other, web: one } = canary(props);
    expect(other.service.toJson().metadata.annotations).toEqual(
      Object.keys(annotations).length === 0
        ? undefined
        : Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${ALB}${key}`, value])),
    );
    expect(synthErrors(appOf(one))).toEqual([]);
    expect(appOf(one).findings.map(({ rule }) => rule)).not.toContain('target-groups/deregistration-delay');
  });

  test('write the port of the traffic where the Ingress has another one', () => {
    const tenant = newTenant();
    const other = web({}, tenant, 'web-canary');
    const probes = { readiness: Probe.http('/readyz', { port: 'admin' }), liveness: Probe.tcp() };
    main([{ to: other, weight: 10 }], tenant, {}, { port: { http: 80, admin: 9090 }, probes });
    expect(other.service.toJson().metadata.annotations).toEqual({ [`${ALB}healthcheck-port`]: 'traffic-port' });
  });

  test('take a port by name, a StatefulService, and a service that has a load balancer of its own', () => {
    const tenant = newTenant();
    const probes = { readiness: Probe.http('/readyz'), liveness: Probe.tcp() };
    const green = web(
      { port: { http: 8080, beta: 8081 }, expose: Expose.alb({ ...at, host: 'green.example.com' }) },
      tenant,
      'green',
    );
    const store = stateful({ probes }, tenant, 'store');
    const one = main(
      [
        { to: green.on('beta'), weight: 20 },
        { to: store, weight: 30 },
      ],
      tenant,
    );
    expect(action(one)).toMatchObject({
      forwardConfig: groups(['web', 'http', 50], ['green', 'beta', 20], ['store', 'tcp', 30]),
    });
    expect(synthErrors(appOf(one))).toEqual([]);
    expect(ingress(green).flatMap(({ ports }) => ports)).toContain('8081/TCP');
  });

  test('work in Auto Mode', () => {
    const tenant = new Tenant(newAutoCluster(), 'shop');
    expect(synthErrors(appOf(canary({}, 10, {}, tenant).web))).toEqual([]);
  });

  test('leave no word of a rule about targets', () => {
    const { web: one } = canary();
    synth(appOf(one));
    const about = /^(ingress|target-groups|load-balancers?|references|network)\//;
    expect(
      appOf(one)
        .findings.map(({ rule }) => rule)
        .filter((rule) => about.test(rule)),
    ).toEqual([]);
  });

  test('for a workload without pods are refused, since clients would get 503', () => {
    const rules = (made: { web: Workload }) =>
      findingsOf(() => appOf(made.web)).map(({ rule, field }) => [rule, field]);
    expect(rules(canary({ replicas: 0 }, 10))).toEqual([['load-balancer/weight-without-pods', 'expose.weights[0]']]);
    expect(rules(canary({ replicas: 0 }, 0))).toEqual([]);
    const parked = (weight: number) => {
      const tenant = newTenant();
      return { web: main([{ to: web({}, tenant, 'green'), weight }], tenant, {}, { replicas: 0 }) };
    };
    expect(rules(parked(90))).toEqual([['load-balancer/weight-without-pods', 'expose.weights']]);
    expect(rules(parked(100))).toEqual([]);
  });

  const to = (tenant: Construct) => web({}, tenant, 'green');
  const WRONG: readonly [what: string, weights: (tenant: Construct) => unknown, rule: string, field: string][] = [
    ['no list', (t) => ({ to: to(t), weight: 1 }), 'props/type', 'expose.weights'],
    ['an empty list', () => [], 'props/invalid', 'expose.weights'],
    ['six target groups', (t) => Array(5).fill({ to: to(t), weight: 1 }), 'props/invalid', 'expose.weights'],
    ['nothing in the list', () => [undefined], 'props/type', 'expose.weights[0]'],
    ['an unknown key', (t) => [{ to: to(t), percent: 1 }], 'props/unknown', 'expose.weights[0].percent'],
    ['no weight', (t) => [{ to: to(t) }], 'props/type', 'expose.weights[0].weight'],
    ['a negative weight', (t) => [{ to: to(t), weight: -1 }], 'props/invalid', 'expose.weights[0].weight'],
    ['more than all', (t) => [{ to: to(t), weight: 101 }], 'props/invalid', 'expose.weights[0].weight'],
    ['a fraction', (t) => [{ to: to(t), weight: 0.5 }], 'props/invalid', 'expose.weights[0].weight'],
    [
      'a sum above 100',
      (t) => [
        { to: to(t), weight: 60 },
        { to: to(newTenant()), weight: 50 },
      ],
      'props/invalid',
      'expose.weights',
    ],
    ['no workload', () => [{ to: 'green', weight: 1 }], 'props/type', 'expose.weights[0].to'],
    ['a workload of another app', () => [{ to: to(newTenant()), weight: 1 }], 'props/type', 'expose.weights[0].to'],
    [
      'a workload of another tenant',
      (t) => [{ to: to(newTenant({}, t.node.scope!, 'other')), weight: 1 }],
      'props/forbidden',
      'expose.weights[0].to',
    ],
    [
      'several ports',
      (t) => [{ to: web({ port: { a: 1, b: 2 } }, t, 'green').on('a', 'b'), weight: 1 }],
      'props/unsupported',
      'expose.weights[0].to',
    ],
    [
      'a Service for some of the pods',
      (t) => [{ to: web({}, t, 'green').addService('v2', { podLabels: { v: '2' } }), weight: 1 }],
      'props/type',
      'expose.weights[0].to',
    ],
    [
      'no HTTP probe',
      (t) => [
        { to: stateful({ probes: { readiness: Probe.tcp(), liveness: Probe.exec(['true']) } }, t, 'green'), weight: 1 },
      ],
      'props/forbidden',
      'expose.weights[0].to',
    ],
  ];
  test.each(WRONG)('with %s are refused', (_what, weights, rule, field) => {
    const tenant = newTenant();
    const given = weights(tenant) as To;
    expect(refusedBy(() => main(given, tenant))).toEqual([rule, field]);
  });

  test('for one workload twice are refused', () => {
    const tenant = newTenant();
    const green = to(tenant);
    const twice = [green, green].map((one) => ({ to: one, weight: 1 }));
    expect(refusedBy(() => main(twice, tenant))).toEqual(['props/duplicate', 'expose.weights[1].to']);
  });

  test.each([
    ['without weights', { weights: undefined, stickiness: '1h' }, 'props/forbidden'],
    ['of no time', { stickiness: 0 }, 'props/invalid'],
    ['of more than a week', { stickiness: '8d' }, 'props/invalid'],
  ])('a stickiness %s is refused', (_what, more, rule) => {
    expect(refusedBy(() => canary({}, 10, more))).toEqual([rule, 'expose.stickiness']);
  });
});
