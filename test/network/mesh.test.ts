import { Expose, Mesh, Peer, type Tenant } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import * as plus from 'cdk8s-plus-28';
import { agent, appOf, job, type Manifest, newApp, newCluster, newTenant, stateful, web, worker } from '../support/app';

const because = 'the test says so';
type Mode = 'sidecar' | 'ambient';
const MODES: readonly Mode[] = ['sidecar', 'ambient'];
const tenants = (...modes: readonly (Mode | undefined)[]): Tenant[] => {
  const cluster = newCluster(newApp());
  return modes.map((mode, i) => newTenant(mode ? { mesh: Mesh.istio({ mode }) } : {}, cluster, `t${i}`));
};
const tenant = (mode: Mode, more: object = {}) => newTenant({ mesh: Mesh.istio({ mode, ...more }) });
type Meshed = ReturnType<typeof web> | ReturnType<typeof stateful> | ReturnType<typeof worker> | ReturnType<typeof job>;
const rulesOf = (workload: Meshed) =>
  ((workload.authorizationPolicy!.toJson() as Manifest).spec.rules ?? []).map(({ from, to }: Manifest) => [
    from?.map(({ source }: Manifest) => source),
    to?.flatMap(({ operation }: Manifest) => operation.ports),
  ]);
const openPorts = (workload: Meshed) =>
  Object.entries((workload.peerAuthentication!.toJson() as Manifest).spec.portLevelMtls ?? {}).map(
    ([port, mtls]) => `${port} ${(mtls as Manifest).mode}`,
  );
const peersOfTunnel = (workload: Meshed, side: 'ingress' | 'egress') =>
  ((workload.networkPolicy!.toJson() as Manifest).spec[side] ?? [])
    .filter(({ ports }: Manifest) => ports.some(({ port }: Manifest) => port === 15008))
    .flatMap(({ from, to }: Manifest) => from ?? to);
const named = (namespace: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': namespace } });
const pods = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });

describe.each(MODES)('who may call in Istio (%s)', (mode) => {
  test('is who is declared, by its identity, on the declared ports', () => {
    const shop = tenant(mode);
    const db = stateful(
      { port: { clients: 7000, peers: 7001 }, memberPorts: ['peers'], replicas: 3, quorum: true },
      shop,
    );
    web({ connectsTo: [db] }, shop);
    worker({ connectsTo: [db] }, shop);
    expect(rulesOf(db)).toEqual([
      [[{ principals: ['cluster.local/ns/shop/sa/web'] }], ['7000']],
      [[{ principals: ['cluster.local/ns/shop/sa/worker'] }], ['7000']],
      [[{ principals: ['cluster.local/ns/shop/sa/store'] }], ['7000', '7001']],
    ]);
    expect(openPorts(db)).toEqual([]);
    const { spec } = db.peerAuthentication!.toJson();
    expect(spec).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'store' } },
      mtls: { mode: 'STRICT' },
    });
  });

  test('is nobody where nobody is declared', () => {
    const lone = web({}, tenant(mode));
    expect(lone.authorizationPolicy!.toJson().spec).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      action: 'ALLOW',
    });
  });

  test('is a load balancer by its addresses, with plain text on its port alone', () => {
    const expose = Expose.alb({ scheme: 'internal', host: 'shop.example.com' });
    const shop = tenant(mode);
    const front = web({ expose, port: { http: 8080, admin: 9090 } }, shop);
    worker({ connectsTo: [front.on('admin')] }, shop);
    const byPort = Object.fromEntries((rulesOf(front) as Manifest[]).map((rule) => [rule[1].join(), rule[0]]));
    expect(byPort).toEqual({
      8080: [{ ipBlocks: ['192.168.96.0/19', '192.168.128.0/19', '192.168.160.0/19'] }],
      9090: [{ principals: ['cluster.local/ns/shop/sa/worker'] }],
    });
    expect(openPorts(front)).toEqual(['8080 PERMISSIVE']);
  });

  test('is the control plane, by the addresses of the VPC', () => {
    const hook = web({ acceptsFrom: [Peer.controlPlane()] }, tenant(mode));
    expect(rulesOf(hook)).toEqual([[[{ ipBlocks: ['192.168.0.0/16'] }], ['8080']]]);
    expect(openPorts(hook)).toEqual(['8080 PERMISSIVE']);
  });

  test('is who scrapes metrics, without an identity, on their port', () => {
    const scraped = worker({ metrics: { port: 9100 } }, tenant(mode));
    expect(rulesOf(scraped)).toEqual([[undefined, ['9100']]]);
    expect(openPorts(scraped)).toEqual(['9100 PERMISSIVE']);
  });

  test('is a tenant of the mesh by its namespace, and one outside of it without an identity', () => {
    const [shop, inside, outside] = tenants(mode, 'ambient', undefined);
    const called = web({ acceptsFrom: [inside!] }, shop!);
    expect([rulesOf(called), openPorts(called)]).toEqual([[[[{ namespaces: ['t1'] }], ['8080']]], []]);
    const open = web({ acceptsFrom: [outside!] }, shop!, 'open');
    expect([rulesOf(open), openPorts(open)]).toEqual([[[undefined, ['8080']]], ['8080 PERMISSIVE']]);
  });

  test('is a namespace of others in the mesh, where it is named', () => {
    const gateway = plus.Namespaces.select(newTenant(), 'gateways', { names: ['istio-ingress'] });
    const accepts = { acceptsFrom: [gateway] };
    const known = web(accepts, tenant(mode, { namespaces: ['istio-ingress'] }));
    expect([rulesOf(known), openPorts(known)]).toEqual([[[[{ namespaces: ['istio-ingress'] }], ['8080']]], []]);
    const unknown = web(accepts, tenant(mode));
    expect([rulesOf(unknown), openPorts(unknown)]).toEqual([[[undefined, ['8080']]], ['8080 PERMISSIVE']]);
  });

  test('leaves out ranges, as the network policy does', () => {
    const called = web({ acceptsFrom: [Peer.internet(8080), Peer.cidr('10.0.0.0/8', 8080)] }, tenant(mode));
    expect(rulesOf(called)).toEqual([
      [[{ ipBlocks: ['0.0.0.0/0'], notIpBlocks: expect.arrayContaining(['10.0.0.0/8']) }], ['8080']],
      [[{ ipBlocks: ['10.0.0.0/8'] }], ['8080']],
    ]);
  });

  test('is on any port where ports are a range', () => {
    const batch = job({ completions: 2, parallelism: 2, mesh: { port: 29500, anyPort: true } }, tenant(mode));
    expect(rulesOf(batch)).toEqual([[[{ principals: ['cluster.local/ns/shop/sa/job'] }], undefined]]);
  });

  test('is not said of UDP, which a mesh does not carry', () => {
    const shop = tenant(mode);
    const game = web({ port: { http: 8080, game: { port: 7777, protocol: 'UDP' } } }, shop);
    worker({ connectsTo: [game.on('game')] }, shop);
    expect(rulesOf(game)).toEqual([]);
    expect(peersOfTunnel(game, 'ingress')).toEqual([]);
  });

  test('is everyone by the mesh, with a reason', () => {
    const open = web({}, tenant(mode, { authorization: { open: true, because } }));
    expect([open.authorizationPolicy, open.peerAuthentication?.name]).toEqual([undefined, 'web']);
    const permissive = web({}, tenant(mode, { mtls: { mode: 'permissive', because } }));
    expect([permissive.peerAuthentication, permissive.authorizationPolicy?.name]).toEqual([undefined, 'web']);
  });

  test('is not asked of pods that nobody calls, or that have the address of their node', () => {
    const loose = newTenant({
      mesh: Mesh.istio({ mode }),
      podSecurity: { level: 'privileged', because },
    });
    const silent = worker({}, loose);
    const node = agent({ hostNetwork: { because }, metrics: { port: 9100 } }, loose);
    for (const one of [silent, node]) {
      expect([one.peerAuthentication, one.authorizationPolicy]).toEqual([undefined, undefined]);
    }
    const { annotations = {} } = node.daemonSet.toJson().spec.template.metadata;
    expect(Object.keys(annotations).filter((key) => key.includes('istio'))).toEqual([]);
  });
});

describe('the tunnel of ambient mode', () => {
  test('is open both ways between pods that call each other, and not to the others', () => {
    const [shop] = tenants('ambient');
    const db = stateful({ replicas: 3 }, shop!);
    const front = web({ connectsTo: [db, Peer.cidr('10.0.0.0/8', 443)] }, shop!);
    expect(peersOfTunnel(front, 'egress')).toEqual([pods('store')]);
    expect(peersOfTunnel(front, 'ingress')).toEqual([]);
    expect(peersOfTunnel(db, 'ingress')).toEqual([pods('web'), pods('store')]);
    expect(peersOfTunnel(db, 'egress')).toEqual([pods('store')]);
  });

  test.each([
    ['ambient', 'ambient', true],
    ['ambient', 'sidecar', true],
    ['sidecar', 'ambient', true],
    ['sidecar', 'sidecar', false],
    ['ambient', undefined, false],
  ] as const)('from %s to %s: %s', (from, to, isOpen) => {
    const [caller, called] = tenants(from, to);
    const server = web({}, called!);
    const client = worker({ connectsTo: [server] }, caller!);
    expect(peersOfTunnel(client, 'egress')).toEqual(isOpen ? [{ namespaceSelector: named('t1'), ...pods('web') }] : []);
    expect(peersOfTunnel(server, 'ingress')).toEqual(
      isOpen ? [{ namespaceSelector: named('t0'), ...pods('worker') }] : [],
    );
  });

  test('leaves the port of the program open, for pods that have not joined yet', () => {
    const [shop] = tenants('ambient');
    const db = stateful({}, shop!);
    worker({ connectsTo: [db] }, shop!);
    const ports = db.networkPolicy!.toJson().spec.ingress!.map((rule) => rule.ports!.map(({ port }) => port));
    expect(ports).toEqual([[7000], [15008]]);
  });
});

test.each(MODES)('everything of a mesh in mode %s is reported by nothing', (mode) => {
  const shop = tenant(mode);
  const db = stateful(
    { replicas: 3, quorum: true, port: { clients: 7000, peers: 7001 }, memberPorts: ['peers'] },
    shop,
  );
  const expose = Expose.nlb({ scheme: 'internal' });
  web({ connectsTo: [db], metrics: { port: 9090 }, expose }, shop);
  const mesh = Testing.findings(appOf(shop)).filter(({ message }) => /istio|mesh|15008|15012|15090/i.test(message));
  expect(mesh).toEqual([]);
});
