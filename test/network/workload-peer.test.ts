/** Workloads of other apps in the same cluster. */
import { Peer, type WorkloadName } from 'cdk8s-eks-patterns';
import { appOf, newTenant, synth, synthErrors, web, worker } from '../support/app';
import { refusedBy } from '../support/findings';
import { egress, ingress, pods } from './support';

const catalog = (...ports: number[]) => Peer.workload({ namespace: 'store', name: 'catalog' }, ...ports);

describe('Peer.workload', () => {
  test('is called by the labels of its pods, in its namespace', () => {
    expect(egress(worker({ connectsTo: [catalog(8080, 9090)] })).slice(1)).toEqual([
      { peers: [pods('catalog', 'store')], ports: ['8080/TCP', '9090/TCP'] },
    ]);
  });

  test('calls, on the ports that it names', () => {
    const service = web({ acceptsFrom: [catalog(8080)], port: { http: 8080, admin: 9090 } });
    expect(ingress(service)).toEqual([{ peers: [pods('catalog', 'store')], ports: ['8080/TCP'] }]);
  });

  test('of the same namespace, in another app', () => {
    const other = Peer.workload({ namespace: 'shop', name: 'catalog' }, 8080);
    const caller = worker({ connectsTo: [other] });
    expect(egress(caller)[1]!.peers).toEqual([pods('catalog', 'shop')]);
    expect(synthErrors(appOf(caller))).toEqual([]);
  });

  test('has the rule that another app writes for its own workload', () => {
    const own = web({}, newTenant({}, undefined, 'store'), 'catalog');
    const caller = worker({ connectsTo: [own] }, newTenant({}, own.node.root as never));
    expect(egress(worker({ connectsTo: [catalog(8080)] }))[1]).toEqual(egress(caller)[1]);
  });

  test('has the addresses of its Service', () => {
    const peer = catalog(8080, 9090);
    expect([peer.host, peer.port, peer.address]).toEqual([
      'catalog.store.svc.cluster.local',
      8080,
      'catalog.store.svc.cluster.local:8080',
    ]);
    expect([peer.url(), peer.url('grpc')]).toEqual([`http://${peer.address}`, `grpc://${peer.address}`]);
    const own = web({}, newTenant({}, undefined, 'store'), 'catalog');
    expect([own.host, own.url()]).toEqual([peer.host, peer.url()]);
  });

  test('opens its address, and no other port of it', () => {
    const outside = (connectsTo: readonly unknown[], url: string) =>
      synth(appOf(worker({ connectsTo, env: { CATALOG: url } }))).warnings.filter((one) => one.includes(url.slice(7)));
    expect(outside([catalog(8080)], catalog(8080).url())).toEqual([]);
    expect(outside([], catalog(8080).url())).toEqual([expect.stringContaining('[connections/outside]')]);
  });

  test.each<[string, boolean]>([
    ['created before it', true],
    ['created after it', false],
  ])('must not be of the same app, %s', (_what, before) => {
    const shop = newTenant();
    const make = () => web({}, shop, 'catalog');
    const own = () => Peer.workload({ namespace: 'shop', name: 'catalog' }, 8080);
    const program = (props: object) => () => {
      const tenant = newTenant();
      const first = before ? web({}, tenant, 'catalog') : undefined;
      const caller = web(props as Record<string, unknown>, tenant, 'caller');
      return appOf(first ?? web({}, tenant, 'catalog') ?? caller);
    };
    expect(make().name).toBe('catalog');
    expect(refusedBy(program({ connectsTo: [own()] }))).toEqual(['network/own-workload', 'connectsTo[0]']);
    expect(refusedBy(program({ acceptsFrom: [own()] }))).toEqual(['network/own-workload', 'acceptsFrom[0]']);
  });

  test.each<[string, () => unknown, string, string]>([
    ['without a name', () => Peer.workload({ namespace: 'store' } as WorkloadName, 80), 'required', 'workload.name'],
    ['without anything', () => Peer.workload(undefined as never, 80), 'required', 'workload'],
    ['of a namespace in capitals', () => named({ namespace: 'Store' }), 'invalid', 'workload.namespace'],
    ['of a name with a dot', () => named({ name: 'catalog.store' }), 'invalid', 'workload.name'],
    ['of a name that is a number', () => named({ name: 7 as never }), 'type', 'workload.name'],
    ['of an unknown key', () => named({ app: 'x' } as never), 'unknown', 'workload.app'],
    ['without a port', () => catalog(), 'required', 'ports'],
    ['on a port that is none', () => catalog(70_000), 'invalid', 'ports[0]'],
    ['with a port for a scheme', () => catalog(80).url('8080'), 'invalid', ''],
    ['calling a port that there is not', () => web({ acceptsFrom: [catalog(9090)] }), 'unsupported', 'acceptsFrom[0]'],
  ])('%s is refused', (_what, program, rule, field) => {
    expect(refusedBy(program)).toEqual([`props/${rule}`, field]);
  });
});

const named = (more: Partial<WorkloadName>) => Peer.workload({ namespace: 'store', name: 'catalog', ...more }, 80);
