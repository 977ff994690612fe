import { App, Chart } from 'cdk8s';
import { Check } from '../../charts/core/check';
import type { Problem } from '../../charts/core/checks';
import type { ClusterContext } from '../../charts/core/cluster-context';
import type { AnyObject } from '../../charts/core/k8s';
import type { PortModel } from '../../charts/core/ports';
import type { TenantContext } from '../../charts/core/tenant-context';
import { alb } from '../../charts/network/expose/alb';
import { elsewhere } from '../../charts/network/expose/elsewhere';
import { nlb } from '../../charts/network/expose/nlb';
import { nodePort } from '../../charts/network/expose/node-port';
import { targetGroupBinding as targetGroup } from '../../charts/network/expose/target-group-binding';
import { clusterIp, type ExposedService, type ExposeWay } from '../../charts/network/expose/way';
import { refusedBy } from '../support/findings';
import { range } from './support';

const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].map((cidr) => range(cidr));
const http: PortModel = { name: 'http', port: 8080, protocol: 'TCP', appProtocol: undefined };
const admin: PortModel = { name: 'admin', port: 9090, protocol: 'TCP', appProtocol: undefined };
const dns: PortModel = { name: 'dns', port: 53, protocol: 'UDP', appProtocol: undefined };
const readiness = { httpGet: { path: '/readyz', port: 8080 } };
const tenant: TenantContext = {
  namespace: 'shop',
  owner: 'shop',
  isolated: true,
  podSecurity: 'restricted',
  nodes: undefined,
  mesh: undefined,
  needsReadinessGate: () => {},
};
const check = new Check('web');
const construct = new Chart(new App(), 'web');

function service(more: Partial<ExposedService> = {}): ExposedService {
  return {
    construct,
    name: 'web',
    namespace: 'shop',
    ports: [http, admin],
    targets: [more.port ?? http],
    port: http,
    readiness,
    deregistrationDelay: 35,
    tenant,
    cluster: undefined,
    suffix: '',
    members: undefined,
    check,
    addObject: () => {},
    ...more,
  };
}

/** What a way reads of a cluster. */
type Known = Pick<ClusterContext, 'ipFamily' | 'vpcCidr' | 'loadBalancerSubnets'>;

function cluster(more: Partial<Known> = {}, compute: 'node-groups' | 'auto' = 'node-groups'): ClusterContext {
  const known: Known = {
    ipFamily: 'IPv4',
    vpcCidr: '10.0.0.0/16',
    loadBalancerSubnets: { public: ['10.0.0.0/20'], private: ['10.0.128.0/20'] },
    ...more,
  };
  return { ...known, facts: { name: 'prod', compute, region: 'us-west-2' } } as unknown as ClusterContext;
}

/** What a way finds in a complete app. */
function found(way: ExposeWay, exposed: ExposedService): string[] {
  const rules: string[] = [];
  way.checkApp(exposed, ({ rule }: Problem) => rules.push(rule));
  return rules;
}

/** The objects that a way makes, rendered. */
function rendered(way: ExposeWay, exposed: ExposedService): Record<string, AnyObject> {
  const specs = Object.entries(way.objects(exposed)).map(([key, spec]) => [key, [spec].flat()[0]!] as const);
  return Object.fromEntries(specs.map(([key, spec]) => [key, spec.render({ name: spec.name ?? exposed.name })]));
}

const GROUP = 'arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/web/0123456789abcdef';
const WAYS: Readonly<Record<string, ExposeWay>> = {
  clusterIp: clusterIp(),
  nodePort: nodePort(30080),
  alb: alb({ scheme: 'internal', host: 'shop.example.com', port: 'admin' }),
  nlb: nlb({ scheme: 'internal', port: 'admin' }),
  targetGroup: targetGroup({ scheme: 'internal', port: 'admin', arn: GROUP, securityGroup: 'sg-0123456789abcdef0' }),
  elsewhere: elsewhere({ scheme: 'internal', port: 'admin' }),
};

test.each([
  ['clusterIp', { traffic: 'service', gate: false, service: { type: 'ClusterIP' }, port: undefined }],
  ['nodePort', { traffic: 'service', gate: false, service: { type: 'NodePort', nodePort: 30080 }, port: undefined }],
  ['alb', { traffic: 'load-balancer', gate: true, service: { type: 'ClusterIP' }, port: 'admin' }],
  ['nlb', { traffic: 'load-balancer', gate: true, service: { type: 'ClusterIP' }, port: 'admin' }],
  ['targetGroup', { traffic: 'load-balancer', gate: true, service: { type: 'ClusterIP' }, port: 'admin' }],
  ['elsewhere', { traffic: 'load-balancer', gate: true, service: { type: 'ClusterIP' }, port: 'admin' }],
])('%s: who sends traffic, the client Service and the port', (name, expected) => {
  const way = WAYS[name]!;
  expect({
    traffic: way.traffic,
    gate: way.readinessGate,
    service: way.clientService,
    port: way.portNames()[0]?.name,
  }).toEqual(expected);
});

test.each([
  ['clusterIp', []],
  ['nodePort', []],
  ['alb', [['ingress', 'Ingress', 'web']]],
  ['nlb', [['loadBalancerService', 'Service', 'web-nlb']]],
  ['targetGroup', [['targetGroupBinding', 'TargetGroupBinding', 'web']]],
  ['elsewhere', []],
])('%s: the objects that it makes', (name, expected) => {
  const made = Object.entries(rendered(WAYS[name]!, service()));
  expect(made.map(([key, object]) => [key, object.kind, object.metadata.name])).toEqual(expected);
});

test.each([
  ['clusterIp', []],
  ['nodePort', []],
  ['alb', ['feature/load-balancer']],
  ['nlb', ['feature/load-balancer']],
  ['targetGroup', ['feature/load-balancer']],
  ['elsewhere', []],
])('%s: what it needs of the cluster', (name, expected) => {
  expect(WAYS[name]!.needs(service()).map(({ id }) => id)).toEqual(expected);
});

describe('who calls the pods', () => {
  const ports = (...numbers: number[]) => numbers.map((port) => ({ port, protocol: 'TCP' }));

  test('nobody but declared connections, inside the cluster', () => {
    expect(clusterIp().ingressPeers(service({ cluster: cluster() }))).toBeUndefined();
  });

  test('the nodes of the VPC, on all ports, for a node port', () => {
    expect(nodePort(undefined).ingressPeers(service({ cluster: cluster() }))).toEqual({
      peers: [range('10.0.0.0/16')],
      ports: ports(8080, 9090),
    });
    expect(nodePort(undefined).ingressPeers(service())?.peers).toEqual(PRIVATE);
  });

  test.each(['alb', 'nlb', 'targetGroup', 'elsewhere'])(
    'the subnets of an %s, on its port and that of the health check',
    (name) => {
      const way = WAYS[name]!;
      expect(way.ingressPeers(service({ cluster: cluster(), port: admin }))).toEqual({
        peers: [range('10.0.128.0/20')],
        ports: ports(9090, 8080),
      });
      expect(way.ingressPeers(service())).toEqual({ peers: PRIVATE, ports: ports(8080) });
      expect(way.ingressPeers(service({ cluster: cluster({ loadBalancerSubnets: undefined }) }))).toBeUndefined();
    },
  );

  test('the public subnets of a load balancer of the internet', () => {
    const way = nlb({ scheme: 'internet-facing' });
    expect(way.ingressPeers(service({ cluster: cluster() }))?.peers).toEqual([range('10.0.0.0/20')]);
  });
});

describe('ports that a way refuses', () => {
  const certificate = 'arn:aws:acm:us-west-2:111122223333:certificate/abc';
  const asks =
    (way: ExposeWay, port: PortModel, probe: object | undefined = readiness) =>
    () =>
      way.checkPort(check, { port, readiness: probe });

  test('an ALB takes TCP ports with a readiness probe by HTTP', () => {
    expect(asks(WAYS.alb!, http)).not.toThrow();
    expect(refusedBy(asks(WAYS.alb!, dns))).toEqual(['props/forbidden', 'expose.port']);
    expect(refusedBy(asks(WAYS.alb!, http, { tcpSocket: { port: 8080 } }))).toEqual([
      'props/forbidden',
      'probes.readiness',
    ]);
  });

  test('an NLB takes any port, with a certificate TCP ports', () => {
    expect(asks(nlb({ scheme: 'internal' }), dns)).not.toThrow();
    expect(refusedBy(asks(nlb({ scheme: 'internal', certificate }), dns))).toEqual(['props/forbidden', 'expose.port']);
  });

  test.each(['clusterIp', 'nodePort'])('%s takes any port, ready however it says', (name) => {
    expect(asks(WAYS[name]!, dns, undefined)).not.toThrow();
  });
});

test('props are checked by the workload that takes the way, not by the factory', () => {
  expect(refusedBy(() => nodePort(80).check(check))).toEqual(['props/invalid', 'expose.nodePort']);
  expect(refusedBy(() => alb({ scheme: 'internal', host: 'shop' }).check(check))).toEqual([
    'props/invalid',
    'expose.host',
  ]);
  expect(refusedBy(() => nlb({ scheme: 'public' as 'internal' }).check(check))).toEqual([
    'props/unsupported',
    'expose.scheme',
  ]);
});

describe('in a complete app', () => {
  const unknown = cluster({ loadBalancerSubnets: undefined, vpcCidr: undefined, ipFamily: 'IPv6' });

  test.each([
    ['clusterIp', 0],
    ['nodePort', 1],
    ['alb', 1],
    ['nlb', 1],
    ['targetGroup', 1],
    ['elsewhere', 1],
  ])('%s in an isolated tenant needs ranges that the cluster knows', (name, errors) => {
    expect(found(WAYS[name]!, service({ cluster: unknown }))).toHaveLength(errors);
    expect(found(WAYS[name]!, service({ cluster: cluster() }))).toEqual([]);
    const open = { ...tenant, isolated: false };
    expect(found(WAYS[name]!, service({ cluster: unknown, tenant: open }))).toEqual([]);
  });

  test.each([
    ['clusterIp', 0],
    ['nodePort', 0],
    ['alb', 1],
    ['nlb', 1],
    ['targetGroup', 1],
    ['elsewhere', 1],
  ])('%s without a tenant: %i warning on readiness gates', (name, warnings) => {
    expect(found(WAYS[name]!, service({ tenant: undefined }))).toHaveLength(warnings);
  });
});

describe('both address families, where pods have IPv6', () => {
  const family = (name: string, context: ClusterContext) => {
    const [object] = Object.values(rendered(WAYS[name]!, service({ cluster: context })));
    const entry = Object.entries(object!.metadata.annotations ?? {}).find(([key]) => key.endsWith('ip-address-type'));
    return entry?.[1];
  };
  test.each([
    ['alb', 'node-groups', 'dualstack'],
    // Auto Mode has it in the IngressClassParams
    ['alb', 'auto', undefined],
    ['nlb', 'node-groups', 'dualstack'],
    ['nlb', 'auto', 'dualstack'],
  ] as const)('%s, %s: %s', (name, compute, expected) => {
    expect(family(name, cluster({ ipFamily: 'IPv6' }, compute))).toBe(expected);
    expect(family(name, cluster({}, compute))).toBeUndefined();
  });

  test.each(['alb', 'nlb'])('an %s lets go of a pod when the pod is out of service', (name) => {
    const [object] = Object.values(rendered(WAYS[name]!, service({ deregistrationDelay: 90 })));
    expect(Object.values(object!.metadata.annotations!)).toContain('deregistration_delay.timeout_seconds=90');
  });
});

describe('a target group of elsewhere', () => {
  const bindingOf = (props: object = {}, exposed = service({ port: admin })) =>
    rendered(targetGroup({ scheme: 'internal', arn: GROUP, ...props }), exposed).targetGroupBinding;

  test('is bound to the port of the client Service', () => {
    expect(bindingOf()).toEqual({
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata: { name: 'web' },
      spec: {
        serviceRef: { name: 'web', port: 'admin' },
        targetGroupARN: GROUP,
        targetType: 'ip',
        networking: undefined,
      },
    });
  });

  test('in Auto Mode by its own kind', () => {
    expect(bindingOf({}, service({ cluster: cluster({}, 'auto') }))!.apiVersion).toBe('eks.amazonaws.com/v1');
  });

  test('lets in a security group, on the port of the health check too', () => {
    expect(bindingOf({ securityGroup: 'sg-0123456789abcdef0' })).toMatchObject({
      spec: {
        networking: {
          ingress: [
            {
              from: [{ securityGroup: { groupID: 'sg-0123456789abcdef0' } }],
              ports: [
                { port: 9090, protocol: 'TCP' },
                { port: 8080, protocol: 'TCP' },
              ],
            },
          ],
        },
      },
    });
  });

  test.each([
    ['us-west-2', []],
    ['eu-west-1', ['load-balancer/target-group-region']],
  ])('in %s, for a cluster in us-west-2', (region, expected) => {
    const way = targetGroup({ scheme: 'internal', arn: GROUP.replace('us-west-2', region) });
    expect(found(way, service({ cluster: cluster() }))).toEqual(expected);
    expect(found(way, service())).toEqual([]);
  });
});
