/** Names outside of the cluster, which nodes of EKS Auto Mode alone let pods connect to. */
import { Peer } from 'cdk8s-eks-patterns';
import {
  appOf,
  existingCluster,
  find,
  type Manifest,
  manifests,
  newApp,
  newAutoCluster,
  newTenant,
  synth,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';
import { egress } from './support';

const auto = () => newTenant({}, newAutoCluster());
const api = Peer.domain('api.example.com', 443);
const policyOf = (construct: Parameters<typeof appOf>[0]): Manifest =>
  find(manifests(appOf(construct)), 'ApplicationNetworkPolicy', 'worker-domains');
const kindsOf = (construct: Parameters<typeof appOf>[0]) => manifests(appOf(construct)).map(({ kind }) => kind);

describe('Peer.domain', () => {
  test('is a policy beside the NetworkPolicy, which stays as it is', () => {
    const without = egress(worker({}, auto()));
    const caller = worker({ connectsTo: [api, Peer.domain('*.s3.us-west-2.amazonaws.com', 443, 80)] }, auto());
    expect(egress(caller)).toEqual(without);
    expect(policyOf(caller)).toMatchObject({
      apiVersion: 'networking.k8s.aws/v1alpha1',
      metadata: { name: 'worker-domains', namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'worker' } },
        policyTypes: ['Egress'],
        egress: [
          { to: [{ domainNames: ['api.example.com'] }], ports: [{ port: 443, protocol: 'TCP' }] },
          {
            to: [{ domainNames: ['*.s3.us-west-2.amazonaws.com'] }],
            ports: [
              { port: 443, protocol: 'TCP' },
              { port: 80, protocol: 'TCP' },
            ],
          },
        ],
      },
    });
  });

  test('has another name than the NetworkPolicy', () => {
    const caller = worker({ connectsTo: [api] }, auto());
    expect(caller.applicationNetworkPolicy!.name).not.toBe(caller.networkPolicy!.name);
  });

  test('declared later, and twice, is written once', () => {
    const caller = worker({}, auto());
    expect(caller.applicationNetworkPolicy).toBeUndefined();
    caller.connectTo(api);
    caller.connectTo(api, Peer.domain('api.example.com', 443, 8443));
    expect(policyOf(caller).spec.egress.map((rule: Manifest) => rule.ports)).toEqual([
      [{ port: 443, protocol: 'TCP' }],
      [{ port: 8443, protocol: 'TCP' }],
    ]);
  });

  test('in an open tenant is nothing, as no policy closes the way', () => {
    const open = newTenant({ network: { open: true, because: 'the test says so' } });
    expect(kindsOf(worker({ connectsTo: [api] }, open))).not.toContain('ApplicationNetworkPolicy');
  });

  test('can be customized', () => {
    const customize = {
      applicationNetworkPolicy: (policy: Manifest) => {
        policy.spec.egress.push({ to: [{ domainNames: ['example.org'] }] });
      },
    };
    expect(policyOf(worker({ connectsTo: [api], customize }, auto())).spec.egress).toHaveLength(2);
  });

  test.each<[string, () => Parameters<typeof newTenant>[1]]>([
    ['node groups', () => undefined],
    ['node groups, and exists', () => existingCluster()],
  ])('on a cluster that has %s is an error, of the workload', (_what, cluster) => {
    const found = findingsOf(() => appOf(worker({ connectsTo: [api] }, newTenant({}, cluster()))));
    expect(found).toMatchObject([
      {
        rule: 'requirements/unmet',
        construct: 'prod/shop/worker',
        message: expect.stringContaining('api.example.com'),
      },
    ]);
  });

  test('in Auto Mode, and in an app without its cluster, is right', () => {
    const existing = () => newTenant({}, existingCluster(newApp(), { compute: 'auto' }));
    for (const tenant of [auto, existing, () => newTenant({}, newApp())]) {
      expect(findingsOf(() => appOf(worker({ connectsTo: [api] }, tenant())))).toEqual([]);
    }
  });

  test('opens the address of that name, and leaves the others judged', () => {
    const closed = (url: string, peer = api) => {
      const caller = worker({ connectsTo: [peer], env: { API: url } }, auto());
      return synth(appOf(caller)).warnings.filter((one) => one.includes('[connections/outside]')).length;
    };
    expect(closed('https://api.example.com/v1')).toBe(0);
    expect(closed('https://api.example.com:8443/v1')).toBe(1);
    expect(closed('https://example.com/v1')).toBe(1);
    expect(closed('https://www.example.org/v1', Peer.domain('*.example.org', 443))).toBe(0);
    expect(closed('https://example.org/v1', Peer.domain('*.example.org', 443))).toBe(1);
    const tenant = auto();
    const store = web({}, tenant, 'store');
    worker({ connectsTo: [api], env: { STORE: store.url() } }, tenant);
    expect(refusedBy(() => appOf(tenant))).toEqual(['connections/undeclared', 'connectsTo']);
  });

  test.each<[string, () => unknown, string, string]>([
    ['a URL', () => Peer.domain('https://api.example.com', 443), 'invalid', 'domain'],
    ['a name without a dot', () => Peer.domain('localhost', 443), 'invalid', 'domain'],
    ['capitals', () => Peer.domain('API.example.com', 443), 'invalid', 'domain'],
    ['a star in the middle', () => Peer.domain('api.*.com', 443), 'invalid', 'domain'],
    ['an address', () => Peer.domain('10.0.0.1', 443), 'invalid', 'domain'],
    ['nothing', () => Peer.domain(undefined as never, 443), 'required', 'domain'],
    ['a number', () => Peer.domain(7 as never, 443), 'type', 'domain'],
    ['a Service', () => Peer.domain('catalog.store.svc', 80), 'forbidden', 'domain'],
    ['a Service by its long name', () => Peer.domain('catalog.store.svc.cluster.local', 80), 'forbidden', 'domain'],
    ['no port', () => Peer.domain('api.example.com'), 'required', 'ports'],
    ['a client', () => web({ acceptsFrom: [Peer.domain('api.example.com', 8080)] }), 'forbidden', 'acceptsFrom[0]'],
  ])('of %s is refused', (_what, program, rule, field) => {
    expect(refusedBy(program)).toEqual([`props/${rule}`, field]);
  });
});
