import { ApiObject, Chart } from 'cdk8s';
import { Expose, type k8s, Peer, type Tenant } from 'cdk8s-eks-patterns';
import { reachability } from 'cdk8s-eks-patterns/review';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { newCluster, newTenant, stateful, web, worker } from '../support/app';

expect.extend(Testing.matchers);

/** Web calls the store; the indexer calls a database and the internet; nobody calls the other service. */
function shop(props: Parameters<typeof newTenant>[0] = {}) {
  const app = Testing.app();
  const tenant = newTenant(props, newCluster(app));
  const store = stateful({ port: { client: 7000, raft: 7001 }, memberPorts: ['raft'], replicas: 3 }, tenant, 'store');
  const front = web({ connectsTo: [store], expose: Expose.alb({ host: 'a.example.com', scheme: 'internal' }) }, tenant);
  const indexer = worker({ connectsTo: [Peer.cidr('10.20.0.0/24', 5432), Peer.internet(443)] }, tenant, 'indexer');
  const other = web({}, tenant, 'other');
  return { app, tenant, store, front, indexer, other };
}

/** What a failing expectation says. */
function messageOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation holds');
}

describe('toReach', () => {
  test('holds for declared connections, and for no others', () => {
    const { app, store, front, indexer, other } = shop();
    const reach = Testing.reachability(app);
    expect(reach).toReach(front, store, 7000);
    expect(reach).not.toReach(front, store, 7001);
    expect(reach).not.toReach(front, store, 7000, 'UDP');
    expect(reach).toReach(store, store, 7001);
    expect(reach).not.toReach(other, store, 7000);
    expect(reach).not.toReach(store, front, 8080);
    expect(reach).toReach(indexer, '10.20.0.9', 5432);
    expect(reach).not.toReach(indexer, '10.21.0.9', 5432);
    expect(reach).toReach(indexer, '203.0.113.7', 443);
    expect(reach).not.toReach(front, '203.0.113.7', 443);
    expect(reach).not.toReach('203.0.113.7', front, 8080);
    expect(app).toReach('shop/web', 'shop/store', 7000);
  });

  test('takes manifests of any origin', () => {
    const manifests = Testing.synth(shop().app);
    expect(reachability(manifests)).toReach('shop/web', 'shop/store', 7000);
    expect(reachability(manifests)).not.toReach('shop/other', 'shop/store', 7000);
  });

  test('of a tenant means each of its pods', () => {
    const { app, tenant, store } = shop();
    expect(messageOf(() => expect(app).toReach(tenant, store, 7000))).toContain(
      "Deployment 'shop/indexer' to StatefulSet 'shop/store' on TCP port 7000: expected to pass, but it cannot.",
    );
    expect(messageOf(() => expect(app).not.toReach(tenant, store, 7000))).toContain(
      "StatefulSet 'shop/store' to StatefulSet 'shop/store' on TCP port 7000: expected not to pass, but it passes.",
    );
  });
});

describe('the message of a failure', () => {
  test('says which sides are closed, by which policies, and the prop that opens them', () => {
    const { app, store, other } = shop();
    expect(messageOf(() => expect(app).toReach(other, store, 7000))).toBe(
      `Deployment 'shop/other' to StatefulSet 'shop/store' on TCP port 7000: expected to pass, but it cannot.
  way out of Deployment 'shop/other': closed by NetworkPolicy 'shop/default-deny', NetworkPolicy 'shop/other', and opened by no policy
  way in to StatefulSet 'shop/store': closed by NetworkPolicy 'shop/default-deny', NetworkPolicy 'shop/store', and opened by no policy
Write connectsTo: [store] in the props of 'prod/shop/other'; it opens both sides on the ports of clients.`,
    );
  });

  test('tells the two sides apart', () => {
    const { app, tenant, store } = shop();
    raw(tenant, 'out', {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'other' } },
      policyTypes: ['Egress'],
      egress: [{}],
    });
    const said = messageOf(() => expect(app).toReach('shop/other', store, 7000));
    expect(said).toContain("way out of Deployment 'shop/other': opened by NetworkPolicy 'shop/out'");
    expect(said).toContain("way in to StatefulSet 'shop/store': closed by");
  });

  test('names the ports of a workload that lacks the wanted one', () => {
    const { app, front, store } = shop();
    expect(messageOf(() => expect(app).toReach(front, store, 5432))).toContain(
      "'prod/shop/store' has no TCP port 5432; its ports are 7000/TCP (client), 7001/TCP (raft). Declare it in port",
    );
  });

  test('names the ports on which a declared connection is open, where another one is wanted', () => {
    const { app, front, store } = shop();
    expect(messageOf(() => expect(app).toReach(front, store, 7001))).toContain(
      "'prod/shop/web' reaches it on TCP 7000 alone. Write store.on(...) with the name of the port in connectsTo, or store.onMembers(...)",
    );
  });

  test('of the pods of one workload names the call that opens them', () => {
    const { app, front } = shop();
    expect(messageOf(() => expect(app).toReach(front, front, 8080))).toContain('Write web.connectTo(web).');
    front.connectTo(front);
    expect(app).toReach(front, front, 8080);
  });

  test.each([
    ['addresses that are called', 'indexer', '10.30.0.9', "connectsTo: [Peer.cidr('10.30.0.9/32', 8080)]"],
    ['addresses that call', '203.0.113.0/24', 'front', "acceptsFrom: [Peer.cidr('203.0.113.0/24', 8080)]"],
  ] as const)('names the prop for %s', (_what, from, to, fix) => {
    const made = shop();
    const end = (name: string) => made[name as 'front' | 'indexer'] ?? name;
    expect(messageOf(() => expect(made.app).toReach(end(from), end(to), 8080))).toContain(fix);
  });

  test('names the prop for callers that are not of the library, and the rule where nothing is', () => {
    const { app, tenant, store } = shop();
    const alone = new ApiObject(tenant, 'Raw', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'raw', labels: { app: 'raw' } },
      spec: { containers: [{ name: 'a', image: 'a' }] },
    });
    // reviewed apart, since a raw pod breaks rules that do not matter here
    const reach = reachability([...Testing.synth(shop().app), alone.toJson()]);
    expect(messageOf(() => expect(reach).toReach('shop/raw', 'shop/web', 80))).toContain(
      'Add a NetworkPolicy with egress',
    );
    expect(store).toBeDefined();
    expect(app).toBeDefined();
  });

  test('under .not says what opens it, and where to look', () => {
    const { app, store, front } = shop();
    expect(messageOf(() => expect(app).not.toReach(front, store, 7000))).toBe(
      `Deployment 'shop/web' to StatefulSet 'shop/store' on TCP port 7000: expected not to pass, but it passes.
  way out of Deployment 'shop/web': opened by NetworkPolicy 'shop/web'
  way in to StatefulSet 'shop/store': opened by NetworkPolicy 'shop/store'
Look at connectsTo of 'prod/shop/web', and at acceptsFrom and expose of 'prod/shop/store'.`,
    );
  });

  test('under .not names the tenant that is open', () => {
    const { app, store, other } = shop({ network: { open: true, because: 'the test says so' } });
    const said = messageOf(() => expect(app).not.toReach(other, store, 7000));
    expect(said).toContain('open, since no NetworkPolicy selects its pods');
    expect(said).toContain('leave network out of the props of the tenant');
  });

  test('what depends on an address is neither reached nor closed', () => {
    const { app, front } = shop();
    const [sure, not] = [
      () => expect(app).toReach('192.168.0.0/16', front, 8080),
      () => expect(app).not.toReach('192.168.0.0/16', front, 8080),
    ];
    expect(messageOf(sure)).toContain('it may pass');
    expect(messageOf(sure)).toContain('No prop decides it.');
    expect(messageOf(not)).toContain('it may pass');
  });
});

describe('what cannot be asked is refused', () => {
  const { app, front, store } = shop();
  const reach = Testing.reachability(app);
  test.each<[string, () => void, RegExp]>([
    [
      'a port that is none',
      () => expect(reach).toReach(front, store, 0),
      /port must be an integer from 1 to 65535, but is 0/,
    ],
    [
      'a protocol that is none',
      () => expect(reach).toReach(front, store, 1, 'ICMP' as never),
      /protocol must be one of TCP, UDP, SCTP/,
    ],
    [
      'an unknown name',
      () => expect(reach).not.toReach('shop/wbe', store, 1),
      /no pods are of an object 'shop\/wbe'.*shop\/web/,
    ],
    [
      'a construct without pods',
      () => expect(reach).not.toReach(new Chart(app, 'empty'), store, 1),
      /'empty' makes no pods/,
    ],
    ['something else', () => expect(reach).toReach(7 as never, store, 1), /toReach takes a construct.*but got 7/],
    ['no app', () => expect(7).toReach(front, store, 1), /expect\(\) must get an app.*but got 7/],
  ])('%s', (_what, expectation, message) => {
    expect(expectation).toThrow(message);
  });
});

test('pods of an IPv6 cluster have IPv6 addresses', () => {
  const app = Testing.app();
  const tenant = newTenant({}, newCluster(app, { config: { kubernetesNetworkConfig: { ipFamily: 'IPv6' } } } as never));
  const all = { ipBlock: { cidr: '::/0' } };
  const caller = worker({}, tenant, 'caller');
  const called = web({}, tenant);
  raw(tenant, 'out', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [all] }] });
  raw(tenant, 'in', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [all] }] });
  expect(app).toReach(caller, called, 8080);
});

function raw(tenant: Tenant, name: string, spec: k8s.NetworkPolicySpec): void {
  new ApiObject(tenant, name, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name }, spec });
}
