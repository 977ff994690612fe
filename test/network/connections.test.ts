import { ApiObject, Chart } from 'cdk8s';
import { Peer, Tenant } from 'cdk8s-eks-patterns';
import * as plus from 'cdk8s-plus-28';
import { appOf, manifests, newTenant, podOf, stateful, synth, synthErrors, web, worker } from '../support/app';
import { refusedBy } from '../support/findings';
import { ended } from '../support/work';
import { egress, ingress, inNamespace, pods, range } from './support';

describe('a connection', () => {
  test('opens both ends, on the ports of the called', () => {
    const shop = newTenant();
    const api = web({ port: { http: 8080, dns: { port: 53, protocol: 'UDP' } } }, shop, 'api');
    const caller = worker({ connectsTo: [api] }, shop);
    expect(egress(caller).slice(1)).toEqual([{ peers: [pods('api')], ports: ['8080/TCP', '53/UDP'] }]);
    expect(ingress(api)).toEqual([{ peers: [pods('worker')], ports: ['8080/TCP', '53/UDP'] }]);
    expect([ingress(caller), egress(api).length]).toEqual([[], 1]);
  });

  test('across namespaces names the other one', () => {
    const shop = newTenant();
    const other = new Tenant(shop.node.scope!, 'other');
    const api = web({}, other, 'api');
    const caller = web({ connectsTo: [api] }, shop);
    expect(egress(caller)[1]).toEqual({ peers: [pods('api', 'other')], ports: ['8080/TCP'] });
    expect(ingress(api)).toEqual([{ peers: [pods('web', 'shop')], ports: ['8080/TCP'] }]);
  });

  test('to some ports opens those alone', () => {
    const shop = newTenant();
    const mq = stateful({ port: { amqp: 5672, http: 15672, prom: 15692 } }, shop, 'mq');
    const caller = web({ connectsTo: [mq.on('http', 'amqp')] }, shop);
    expect(egress(caller)[1]!.ports).toEqual(['15672/TCP', '5672/TCP']);
    expect(ingress(mq)[0]!.ports).toEqual(['15672/TCP', '5672/TCP']);
  });

  test('declared twice is made once, and grows by what is new', () => {
    const shop = newTenant();
    const api = web({ port: { http: 8080, admin: 9090 } }, shop, 'api');
    const caller = web({ connectsTo: [api.on('http'), api.on('http')] }, shop);
    expect(egress(caller).slice(1)).toHaveLength(1);
    caller.connectTo(api);
    expect(
      egress(caller)
        .slice(1)
        .map((r) => r.ports),
    ).toEqual([['8080/TCP'], ['9090/TCP']]);
    expect(ingress(api).map((r) => r.ports)).toEqual([['8080/TCP'], ['9090/TCP']]);
  });

  test('goes both ways when two workloads call each other', () => {
    const shop = newTenant();
    const a = web({}, shop, 'a');
    const b = web({ connectsTo: [a] }, shop, 'b');
    a.connectTo(b);
    a.connectTo(b);
    const to = (name: string) => [{ peers: [pods(name)], ports: ['8080/TCP'] }];
    expect([egress(a).slice(1), ingress(a)]).toEqual([to('b'), to('b')]);
    expect([egress(b).slice(1), ingress(b)]).toEqual([to('a'), to('a')]);
  });

  test('from an isolated workload to an open tenant opens the one end that is closed', () => {
    const shop = newTenant();
    const open = new Tenant(shop.node.scope!, 'open', { network: { open: true, because: 'the test says so' } });
    const api = web({}, open, 'api');
    const caller = web({ connectsTo: [api] }, shop);
    expect(api.networkPolicy).toBeUndefined();
    expect(egress(caller)[1]!.peers).toEqual([pods('api', 'open')]);
  });
});

describe('an address', () => {
  test('needs no connection between workloads that nobody isolates, and none to oneself', () => {
    const open = newTenant({ network: { open: true, because: 'the test says so' } });
    const api = web({}, open, 'api');
    web({ env: { API: api.url() } }, open);
    expect(synthErrors(appOf(open))).toEqual([]);
    const store = stateful({ env: { ME: (s: { hosts: string[] }) => s.hosts.join() } });
    expect(synthErrors(appOf(store))).toEqual([]);
  });

  test('of a member, of the short form, and of a load balancer are seen, too', () => {
    for (const address of ['store-0.store-headless.shop.svc.cluster.local', 'store.shop.svc:7000']) {
      const shop = newTenant();
      stateful({ replicas: 1 }, shop);
      web({ env: { A: `tcp://${address}/x` } }, shop);
      expect(refusedBy(() => appOf(shop))).toEqual(['connections/undeclared', 'connectsTo']);
    }
  });

  test('with its connection is right, with or without a port', () => {
    const shop = newTenant();
    const store = stateful({}, shop);
    web({ env: { A: store.address, B: store.host }, connectsTo: [store] }, shop);
    expect(synthErrors(appOf(shop))).toEqual([]);
  });

  test("of nobody in the app is nobody's business", () => {
    const api = web({ env: { A: 'http://grafana.monitoring.svc.cluster.local:3000' } });
    expect(synthErrors(appOf(api))).toEqual([]);
  });

  test('is looked for in time that grows with the length of the text', () => {
    const api = web({ files: { '/etc/big': `${'x'.repeat(240_000)} x.svc` } });
    expect(ended(() => synthErrors(appOf(api)))).toEqual([]);
  });

  test('may be declared later', () => {
    const shop = newTenant();
    const api = web({}, shop, 'api');
    const caller = web({ env: { API: api.url() } }, shop);
    caller.connectTo(api);
    expect(synthErrors(appOf(shop))).toEqual([]);
  });
});

describe('what is not of this app', () => {
  test('is a range, the internet, or a peer of cdk8s-plus, on ports', () => {
    const shop = newTenant();
    const selected = plus.Pods.select(shop, 'selected', { labels: { app: 'grafana' } });
    const caller = web(
      {
        connectsTo: [
          Peer.cidr('10.20.0.0/16', 5432, { port: 53, protocol: 'UDP' }),
          Peer.cidr('2001:db8::/64', 443),
          Peer.internet(443),
          Peer.of(selected, 3000),
        ],
      },
      shop,
    );
    const [database, six, internet, grafana] = egress(caller).slice(1);
    expect(database).toEqual({ peers: [range('10.20.0.0/16')], ports: ['5432/TCP', '53/UDP'] });
    expect(six).toEqual({ peers: [range('2001:db8::/64')], ports: ['443/TCP'] });
    expect(internet!.peers[0]!.ipBlock!.cidr).toBe('0.0.0.0/0');
    expect(internet!.peers[0]!.ipBlock!.except).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16']),
    );
    expect(grafana).toEqual({ peers: [{ podSelector: { matchLabels: { app: 'grafana' } } }], ports: ['3000/TCP'] });
  });

  test('may call what accepts it: a tenant, a workload, pods, namespaces, a range', () => {
    const shop = newTenant();
    const other = new Tenant(shop.node.scope!, 'other');
    const peer = worker({}, other);
    const near = worker({}, shop, 'near');
    const api = web(
      {
        acceptsFrom: [
          other,
          peer,
          near,
          plus.Pods.select(shop, 'p', { labels: { a: 'b' } }),
          plus.Pods.all(shop, 'all', { namespaces: plus.Namespaces.select(shop, 'm', { names: ['mesh'] }) }),
          plus.NetworkPolicyIpBlock.ipv4(shop, 'ip', '10.0.0.0/8', ['10.1.0.0/16']),
        ],
      },
      shop,
    );
    const named = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['mesh'] }] };
    expect(ingress(api).map((r) => r.peers[0])).toEqual([
      inNamespace('other'),
      pods('worker', 'other'),
      pods('near'),
      { podSelector: { matchLabels: { a: 'b' } } },
      { podSelector: {}, namespaceSelector: named },
      range('10.0.0.0/8', '10.1.0.0/16'),
    ]);
    expect(ingress(api).every((r) => r.ports.join() === '8080/TCP')).toBe(true);
    expect(egress(peer)).toHaveLength(1);
  });
});

describe('cdk8s-plus as a neighbour', () => {
  test('a policy of its own selects ours, by the label that never changes', () => {
    const shop = newTenant();
    const [a, b] = [web({}, shop, 'a'), web({}, shop, 'b')];
    new plus.NetworkPolicy(shop, 'plus', { selector: a, ingress: { rules: [{ peer: b }, { peer: shop }] } });
    const policy = manifests(appOf(shop)).find((m) => m.metadata.name.startsWith('prod-shop-plus'));
    expect(policy!.spec.podSelector).toEqual(pods('a').podSelector);
    expect(policy!.spec.ingress.map((r: { from: unknown[] }) => r.from[0])).toMatchObject([
      { podSelector: pods('b').podSelector },
      { podSelector: {} },
    ]);
  });

  test('a binding of its own binds ours, mounts the token and opens the API server', () => {
    const shop = newTenant();
    const a = web({}, shop, 'a');
    expect(podOf(a).spec.automountServiceAccountToken).toBe(false);
    const role = new plus.Role(shop, 'role');
    role.allowRead(plus.ApiResource.CONFIG_MAPS);
    role.bind(a);
    const binding = synth(appOf(shop)).manifests.find((m) => m.kind === 'RoleBinding');
    expect(binding!.subjects).toMatchObject([{ kind: 'ServiceAccount', name: 'a', namespace: 'shop' }]);
    expect(podOf(a).spec.automountServiceAccountToken).toBe(true);
    expect(egress(a)[1]).toEqual({ peers: [range('10.100.0.1/32')], ports: ['443/TCP'] });
  });

  test('a plain object of cdk8s lives beside ours', () => {
    const shop = newTenant();
    web({}, shop);
    const chart = new Chart(appOf(shop), 'z-plain', { namespace: 'shop' });
    new ApiObject(chart, 'Config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'plain' } });
    expect(manifests(appOf(shop)).some((m) => m.metadata.name === 'plain')).toBe(true);
  });
});
