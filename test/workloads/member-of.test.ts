import { InitContainer, type StatefulService } from 'cdk8s-eks-patterns';
import { appOf, newTenant, podOf, stateful, synth, web, worker } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

type Rule = { ports?: { port?: unknown }[]; from?: object[]; to?: object[] };
const ports = { port: { client: 7000, raft: 7001 }, memberPorts: ['raft'], order: 'Parallel', replicas: 3 };
/** The ports on which a set and another one call each other, by direction. */
const between = (set: StatefulService<string>, other: string) => {
  const spec = set.networkPolicy!.toJson().spec as unknown as { ingress?: Rule[]; egress?: Rule[] };
  const of = (rules: Rule[] = []) =>
    rules
      .filter((rule) => JSON.stringify(rule.from ?? rule.to).includes(`"app.kubernetes.io/name":"${other}"`))
      .flatMap((rule) => (rule.ports ?? []).map(({ port }) => port));
  return { ingress: of(spec.ingress), egress: of(spec.egress) };
};

describe('sets of one cluster', () => {
  test('reach the member ports of each other, whoever says it', () => {
    const tenant = newTenant();
    const masters = stateful(ports, tenant, 'masters');
    const data = stateful({ ...ports, port: { client: 7000, raft: 7002 }, memberOf: [masters] }, tenant, 'data');
    expect(between(masters, 'data')).toEqual({ ingress: [7001], egress: [7002] });
    expect(between(data, 'masters')).toEqual({ ingress: [7002], egress: [7001] });
    synth(appOf(tenant));
  });

  test('may name each other in their variables', () => {
    const tenant = newTenant();
    const masters = stateful(ports, tenant, 'masters');
    const seeds = masters.hosts.map((host) => `${host}:7001`).join();
    stateful({ ...ports, memberOf: [masters], env: { SEEDS: seeds } }, tenant, 'data');
    expect(findingsOf(() => appOf(tenant))).toEqual([]);
  });

  test('reach the ports of clients where members use those', () => {
    const tenant = newTenant();
    const one = stateful({ ...ports, memberPorts: [] }, tenant, 'one');
    const two = stateful({ ...ports, memberPorts: [], memberOf: [one] }, tenant, 'two');
    expect(between(two, 'one')).toEqual({ ingress: [7000, 7001], egress: [7000, 7001] });
  });

  test('are opened one way by a set that calls another, which never calls back', () => {
    const tenant = newTenant();
    const controllers = stateful({ ...ports, memberPorts: [] }, tenant, 'controller');
    const brokers = stateful({ ...ports, connectsTo: [controllers.onMembers()] }, tenant, 'broker');
    expect(between(brokers, 'controller')).toEqual({ ingress: [], egress: [7000, 7001] });
  });

  test('can be called on a member port by a tool', () => {
    const tenant = newTenant();
    const set = stateful(ports, tenant, 'set');
    stateful({ connectsTo: [set.onMembers('raft')] }, tenant, 'tool');
    expect(between(set, 'tool')).toEqual({ ingress: [7001], egress: [] });
  });

  test.each([
    ['a workload without a Service', (set: StatefulService<string>) => worker({}, set.node.scope as never)],
    ['nothing', () => undefined],
  ])('are refused with %s', (_what, other) => {
    const tenant = newTenant();
    const set = stateful(ports, tenant, 'set');
    expect(refusedBy(() => stateful({ memberOf: [other(set)] }, tenant, 'b'))).toEqual(['props/type', 'memberOf[0]']);
    expect(refusedBy(() => stateful({ memberOf: set }, tenant, 'c'))).toEqual(['props/type', 'memberOf']);
  });

  test('may be web services with member ports', () => {
    const tenant = newTenant();
    const seeds = stateful(ports, tenant, 'seeds');
    const nodes = { port: { http: 8080, gossip: 7800 }, memberPorts: ['gossip'], memberOf: [seeds] };
    const app = web(nodes, tenant, 'nodes');
    expect(between(seeds, 'nodes')).toEqual({ ingress: [7001], egress: [7800] });
    stateful({ ...ports, memberOf: [app] }, tenant, 'more');
    expect(refusedBy(() => stateful({ memberOf: [web({}, tenant)] }, tenant, 'b'))).toEqual([
      'props/required',
      'memberPorts',
    ]);
    expect(refusedBy(() => web({ memberOf: [seeds] }, tenant, 'c'))).toEqual(['props/required', 'memberPorts']);
  });

  test('keep ports of clients and of members apart', () => {
    const set = stateful(ports);
    expect(refusedBy(() => set.onMembers('client'))).toEqual(['props/unsupported', '']);
    expect(refusedBy(() => set.on('raft'))).toEqual(['props/unsupported', '']);
    expect(refusedBy(() => stateful().onMembers('raft'))).toEqual(['props/unsupported', '']);
  });
});

describe('a Service for some pods', () => {
  const primary = { podLabels: { role: 'primary' } };
  test('selects them by further labels, and has an address', () => {
    const db = stateful({ ...ports, labels: { tier: 'data' } }, newTenant(), 'db');
    const service = db.addService('primary', { ...primary, ports: ['client'] });
    expect(service.service.toJson()).toMatchObject({
      metadata: { name: 'db-primary', namespace: 'shop', labels: { tier: 'data' } },
      spec: {
        type: 'ClusterIP',
        selector: { 'app.kubernetes.io/name': 'db', role: 'primary' },
        ports: [{ name: 'client', port: 7000, targetPort: 7000 }],
      },
    });
    expect(service.address).toBe('db-primary.shop.svc.cluster.local:7000');
    expect(service.url('pg', 'client')).toBe('pg://db-primary.shop.svc.cluster.local:7000');
    expect(service.ports).toEqual({ client: 7000 });
  });

  test.each([
    ['the whole of it', (service: ReturnType<StatefulService<string>['addService']>) => service],
    ['a port', (service: ReturnType<StatefulService<string>['addService']>) => service.on('client')],
  ])('opens the way to %s', (_what, target) => {
    const tenant = newTenant();
    const db = stateful(ports, tenant, 'db');
    const service = db.addService('primary', primary);
    const client = stateful(
      { env: { DB: (): string => service.address }, connectsTo: [target(service)] },
      tenant,
      'client',
    );
    expect(between(db, 'client')).toEqual({ ingress: [7000], egress: [] });
    expect(between(client, 'db')).toEqual({ ingress: [], egress: [7000] });
    expect(findingsOf(() => appOf(tenant))).toEqual([]);
  });

  test('can be waited for', () => {
    const tenant = newTenant();
    const service = stateful(ports, tenant, 'db').addService('primary', primary);
    const app = web({ initContainers: [InitContainer.waitFor(service)] }, tenant);
    expect(podOf(app).spec.initContainers![0]!.args).toEqual(['db-primary.shop.svc.cluster.local', '7000']);
  });

  test('belongs to a WebService too', () => {
    const service = web().addService('canary', { podLabels: { track: 'canary' } });
    expect(service.service.toJson().spec.ports).toMatchObject([{ port: 8080 }]);
    expect([service.url('http'), service.ports]).toEqual(['http://web-canary.shop.svc.cluster.local:8080', {}]);
  });

  test('that a client calls without saying so is an error', () => {
    const tenant = newTenant();
    const service = stateful(ports, tenant, 'db').addService('primary', primary);
    web({ env: { DB: service.address } }, tenant);
    expect(findingsOf(() => appOf(tenant)).map(({ rule }) => rule)).toContain('connections/undeclared');
  });

  test.each([
    ['required', 'podLabels', {}],
    ['required', 'podLabels', { podLabels: {} }],
    ['forbidden', "podLabels['app.kubernetes.io/name']", { podLabels: { 'app.kubernetes.io/name': 'x' } }],
    ['invalid', "podLabels['role']", { podLabels: { role: 'the primary' } }],
    ['unsupported', 'ports', { ...primary, ports: ['raft'] }],
    ['unsupported', 'ports', { ...primary, ports: ['http'] }],
    ['invalid', 'ports', { ...primary, ports: [] }],
    ['type', 'ports', { ...primary, ports: 7000 }],
    ['unknown', 'port', { ...primary, port: ['client'] }],
  ])('is refused: %s %s', (rule, field, props) => {
    expect(refusedBy(() => stateful(ports).addService('primary', props as never))).toEqual([`props/${rule}`, field]);
  });

  test.each([
    ['Primary', 'props/invalid'],
    ['headless', 'props/duplicate'],
    ['twice', 'props/duplicate'],
    ['a'.repeat(60), 'props/invalid'],
  ])('is refused with the id %s', (id, rule) => {
    const db = stateful(ports);
    db.addService('twice', primary);
    expect(refusedBy(() => db.addService(id, primary))).toEqual([rule, '']);
  });
});
