/** The control plane of the cluster as a client, and the addresses of a VPC that nobody named. */
import { type Cluster, Expose, Peer } from 'cdk8s-eks-patterns';
import {
  agent,
  appOf,
  existingCluster,
  find,
  manifests,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  privilegedTenant,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const ingressOf = (construct: Parameters<typeof appOf>[0], name = 'web') =>
  find(manifests(appOf(construct)), 'NetworkPolicy', name).spec.ingress;
const block = (cidr: string) => ({ ipBlock: { cidr } });
const VPC_RANGES = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].map(block);
const IPV6 = () => newCluster(newApp(), { config: { kubernetesNetworkConfig: { ipFamily: 'IPv6' } } });
const opened = (cluster: Cluster | undefined, props: object = {}, ...ports: number[]) =>
  web({ acceptsFrom: [Peer.controlPlane(...ports)], ...props }, newTenant({}, cluster ?? newApp()));

describe('Peer.controlPlane', () => {
  test('may call all ports of clients', () => {
    expect(ingressOf(opened(newCluster(), { port: { https: 9443, http: 8080 } }))).toEqual([
      {
        from: [block('192.168.0.0/16')],
        ports: [
          { port: 9443, protocol: 'TCP' },
          { port: 8080, protocol: 'TCP' },
        ],
      },
    ]);
  });

  test('or those that are named', () => {
    const service = opened(newCluster(), { port: { https: 9443, http: 8080 } }, 9443);
    expect(ingressOf(service)).toEqual([{ from: [block('192.168.0.0/16')], ports: [{ port: 9443, protocol: 'TCP' }] }]);
  });

  test.each<[string, () => Cluster | undefined, readonly object[]]>([
    ['of its own range', () => newCluster(newApp(), { vpcCidr: '10.42.0.0/16' }), [block('10.42.0.0/16')]],
    ['in Auto Mode', () => newAutoCluster(), [block('192.168.0.0/16')]],
    ['that exists', () => existingCluster(newApp(), { vpcCidr: '10.43.0.0/16' }), [block('10.43.0.0/16')]],
    ['that exists, of which nobody said the range', () => existingCluster(), VPC_RANGES],
    ['that is not in the app', () => undefined, VPC_RANGES],
  ])('of a cluster %s', (_what, cluster, from) => {
    expect(ingressOf(opened(cluster()))[0].from).toEqual(from);
  });

  test('of a cluster that is created later', () => {
    const app = newApp();
    const service = opened(undefined as never, {}, 8080);
    expect(ingressOf(service)[0].from).toEqual(VPC_RANGES);
    const own = web({ acceptsFrom: [Peer.controlPlane()] }, newTenant({}, app));
    newCluster(app, { vpcCidr: '10.42.0.0/16' });
    expect(ingressOf(own)[0].from).toEqual([block('10.42.0.0/16')]);
  });

  test('in an IPv6 cluster, whose range only AWS knows', () => {
    const found = findingsOf(() => appOf(opened(IPV6()))).filter(({ rule }) => rule.startsWith('network/'));
    expect(found).toMatchObject([
      { rule: 'network/control-plane-range', severity: 'error', field: 'acceptsFrom', construct: 'prod/shop/web' },
    ]);
    expect(found[0]!.fix).toContain('ipv6Cidr');
  });

  test('needs no range without policies', () => {
    const tenant = newTenant({ network: { open: true, because: 'test' } }, IPV6());
    const found = findingsOf(() => appOf(web({ acceptsFrom: [Peer.controlPlane()] }, tenant)));
    expect(found.filter(({ rule }) => rule.startsWith('network/'))).toEqual([]);
  });

  test.each<[string, () => unknown, string, string]>([
    ['in connectsTo', () => worker({ connectsTo: [Peer.controlPlane()] }), 'props/forbidden', 'connectsTo[0]'],
    ['on a port that is none', () => Peer.controlPlane(0), 'props/invalid', 'ports[0]'],
    [
      'on a port that the workload does not have',
      () => web({ acceptsFrom: [Peer.controlPlane(9443)] }),
      'props/unsupported',
      'acceptsFrom[0]',
    ],
    ['without ports', () => worker({ acceptsFrom: [Peer.controlPlane()] }), 'props/forbidden', 'acceptsFrom'],
  ])('is refused %s', (_what, program, rule, field) => {
    expect(refusedBy(program)).toEqual([rule, field]);
  });
});

describe('an existing cluster of which nobody said the range of the VPC', () => {
  test('calls node ports from any address that a VPC can have', () => {
    const service = web({ expose: Expose.nodePort() }, newTenant({}, existingCluster()));
    expect(ingressOf(service)[0].from).toEqual(VPC_RANGES);
    const rules = findingsOf(() => appOf(service)).map(({ rule }) => rule);
    expect(rules).not.toContain('network/node-port-range');
  });

  test('has agents at any address that a VPC can have', () => {
    const tenant = privilegedTenant(existingCluster());
    const local = agent({ port: 9100, reach: 'node-ip' }, tenant);
    worker({ connectsTo: [local] }, tenant);
    const { egress } = find(manifests(appOf(local)), 'NetworkPolicy', 'worker').spec;
    expect(egress.at(-1).to).toEqual(VPC_RANGES);
  });

  const egressOf = (cluster: Cluster, props: Readonly<Record<string, unknown>>) => {
    const own = worker(props, newTenant({}, cluster));
    return find(manifests(appOf(own)), 'NetworkPolicy', 'worker').spec.egress;
  };
  const apiAccess = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
  const HOSTS = (last: number) => [`10.100.0.${last}/32`, `172.20.0.${last}/32`].map(block);

  test('has its API in either range of Services that EKS chooses', () => {
    expect(egressOf(existingCluster(), { apiAccess }).at(-1).to).toEqual(HOSTS(1));
    const known = (more: object) => egressOf(existingCluster(newApp(), more), { apiAccess }).at(-1).to;
    expect(known({ vpcCidr: '10.100.0.0/16' })).toEqual([block('172.20.0.1/32')]);
    expect(known({ vpcCidr: '10.0.0.0/16' })).toEqual([block('10.100.0.1/32')]);
    expect(known({ vpcCidr: '192.168.0.0/16' })).toEqual([block('10.100.0.1/32')]);
    expect(known({ serviceIPv4CIDR: '10.96.0.0/16' })).toEqual([block('10.96.0.1/32')]);
  });

  test('has its DNS there, in Auto Mode', () => {
    expect(egressOf(existingCluster(newApp(), { compute: 'auto' }), {})[0].to).toEqual(HOSTS(10));
  });

  test('and the range that is said otherwise', () => {
    const service = web(
      { expose: Expose.nodePort() },
      newTenant({}, existingCluster(newApp(), { vpcCidr: '10.1.0.0/16' })),
    );
    expect(ingressOf(service)[0].from).toEqual([block('10.1.0.0/16')]);
  });
});
