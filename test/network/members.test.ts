import { Expose, type NlbProps, type StatefulService } from 'cdk8s-eks-patterns';
import { appOf, find, type Manifest, newAutoCluster, newTenant, refusal, stateful, synth, web } from '../support/app';
import { ingress, range } from './support';

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
const HOSTNAME = 'external-dns.alpha.kubernetes.io/hostname';
const told = (service: Manifest, name: string) => service.metadata.annotations[`${PREFIX}${name}`];
const ports = { port: { clients: 9092, outside: 9095 } } as const;
const own = (more: Partial<NlbProps<string>> = {}) =>
  Expose.nlb({ scheme: 'internal', port: 'outside', perMember: true, ...more });

/** A set of three whose members have a load balancer each. */
function made(more: Partial<NlbProps<string>> = {}, props: object = {}, tenant = newTenant()) {
  const set: StatefulService<string> = stateful(
    { ...ports, replicas: 3, memberPorts: [], expose: own(more), ...props },
    tenant,
    'broker',
  );
  const output = synth(appOf(set));
  const services = set.memberServices.map(({ name }) => find(output.manifests, 'Service', name));
  return { set, output, services };
}

test('each member has a load balancer that leads to it alone', () => {
  const { set, services } = made();
  expect(services.map(({ metadata }) => metadata.name)).toEqual(['broker-0-nlb', 'broker-1-nlb', 'broker-2-nlb']);
  expect(services.map(({ spec }) => spec.selector)).toEqual(
    set.members.map((name) => ({
      'app.kubernetes.io/name': 'broker',
      'statefulset.kubernetes.io/pod-name': name,
    })),
  );
  for (const service of services) {
    expect(service.spec).toMatchObject({
      type: 'LoadBalancer',
      loadBalancerClass: 'service.k8s.aws/nlb',
      allocateLoadBalancerNodePorts: false,
      ports: [{ name: 'outside', port: 9095, targetPort: 9095 }],
    });
    expect(told(service, 'healthcheck-path')).toBe('/readyz');
    expect(told(service, 'target-group-attributes')).toBe('deregistration_delay.timeout_seconds=75');
  }
  expect(set.loadBalancerService).toBe(set.memberServices[0]);
});

test('is nothing that the review objects to', () => {
  const warnings = (expose: Expose<string>) => made({}, { expose }).output.warnings;
  expect(warnings(own())).toEqual(warnings(Expose.nlb({ scheme: 'internal', port: 'outside' })));
});

test('follows the numbers of the members', () => {
  const { services } = made({ loadBalancerName: 'kafka' }, { firstOrdinal: 3, replicas: 2 });
  expect(services.map(({ metadata }) => metadata.name)).toEqual(['broker-3-nlb', 'broker-4-nlb']);
  expect(services.map((one) => told(one, 'name'))).toEqual(['kafka-3', 'kafka-4']);
});

test('in Auto Mode has the class of Auto Mode', () => {
  const { services } = made({}, {}, newTenant({}, newAutoCluster()));
  expect(services.map(({ spec }) => spec.loadBalancerClass)).toEqual(Array(3).fill('eks.amazonaws.com/nlb'));
});

test('the quota counts a load balancer for each member, and as many while names change', () => {
  const { output } = made();
  const quotas = output.manifests.filter(({ kind }) => kind === 'ResourceQuota');
  expect(quotas.map(({ spec }) => spec.hard['services.loadbalancers']).filter(Boolean)).toEqual(['6']);
});

test('the policy lets in the subnets of the load balancers on the port, and the namespace asks for readiness gates', () => {
  const { set, output } = made({ subnets: [{ subnet: 'subnet-0123456789abcdef0', cidr: '10.1.0.0/24' }] });
  expect(ingress(set)).toContainEqual({ peers: [range('10.1.0.0/24')], ports: expect.arrayContaining(['9095/TCP']) });
  const { labels } = find(output.manifests, 'Namespace', 'shop').metadata;
  expect(labels['elbv2.k8s.aws/pod-readiness-gate-inject']).toBe('enabled');
});

test('clients with their own addresses are let in on the port of the load balancers alone', () => {
  const { set } = made({ clientIp: 'preserve', allowFrom: ['203.0.113.0/24'] });
  expect(ingress(set)).toContainEqual({ peers: [range('203.0.113.0/24')], ports: ['9095/TCP'] });
});

describe('names', () => {
  test('are those of the members in the domain, for which the cluster gets external-dns', () => {
    const { services, output } = made({ perMember: { domain: 'kafka.example.com' } });
    expect(services.map(({ metadata }) => metadata.annotations[HOSTNAME])).toEqual([
      'broker-0.kafka.example.com',
      'broker-1.kafka.example.com',
      'broker-2.kafka.example.com',
    ]);
    const addons = output.clusterConfig!.addons.map(({ name }: { name: string }) => name);
    expect(addons).toContain('external-dns');
  });

  test('are not asked for without a domain', () => {
    const { services, output } = made();
    expect(services.map(({ metadata }) => metadata.annotations[HOSTNAME])).toEqual([undefined, undefined, undefined]);
    expect(output.clusterConfig!.addons.map(({ name }: { name: string }) => name)).not.toContain('external-dns');
  });
});

describe('addresses that stay', () => {
  const elasticIps = [['eipalloc-0000000a'], ['eipalloc-0000000b'], ['eipalloc-0000000c']];

  test('are those of each member, whom the nodes of all zones reach', () => {
    const { services } = made({ scheme: 'internet-facing', perMember: { elasticIps } });
    expect(services.map((one) => told(one, 'eip-allocations'))).toEqual([
      'eipalloc-0000000a',
      'eipalloc-0000000b',
      'eipalloc-0000000c',
    ]);
    expect(services.map((one) => told(one, 'attributes'))).toEqual(
      Array(3).fill('load_balancing.cross_zone.enabled=true'),
    );
  });

  test('reach their own zone only where that is said', () => {
    const { services } = made({ scheme: 'internet-facing', perMember: { elasticIps }, crossZone: false });
    expect(told(services[0]!, 'attributes')).toBe('load_balancing.cross_zone.enabled=false');
  });

  test('may be those of the subnets', () => {
    const privateAddresses = [['10.0.0.10'], ['10.0.0.11'], ['10.0.0.12']];
    const { services } = made({ perMember: { privateAddresses } });
    expect(services.map((one) => told(one, 'private-ipv4-addresses'))).toEqual(privateAddresses.flat());
  });

  test('without them DNS finds the zone', () => {
    expect(told(made().services[0]!, 'attributes')).toBeUndefined();
  });
});

test('stands beside a load balancer of all members', () => {
  const { set, output, services } = made({}, { expose: [Expose.nlb({ scheme: 'internal', port: 'outside' }), own()] });
  expect(set.loadBalancerService!.name).toBe('broker-nlb');
  expect(services.map(({ metadata }) => metadata.name)).toEqual([
    'broker-0-nlb-members',
    'broker-1-nlb-members',
    'broker-2-nlb-members',
  ]);
  expect(find(output.manifests, 'Service', 'broker-nlb').spec.selector).toEqual({ 'app.kubernetes.io/name': 'broker' });
});

test('an edit reaches the Service of every member', () => {
  const { services } = made(
    {},
    {
      customize: {
        loadBalancerService: (s: Manifest) => {
          s.metadata.annotations.edited = s.metadata.name;
        },
      },
    },
  );
  expect(services.map(({ metadata }) => metadata.annotations.edited)).toEqual([
    'broker-0-nlb',
    'broker-1-nlb',
    'broker-2-nlb',
  ]);
});

describe('is refused', () => {
  test('for pods without names of their own', () => {
    expect(refusal(() => web({ port: ports.port, expose: own() }))).toContain('only a StatefulService has');
  });

  test('where it is the second way, which the message names', () => {
    const both = [Expose.alb({ scheme: 'internal', host: 'shop.example.com' }), own()];
    expect(refusal(() => web({ port: ports.port, expose: both }))).toContain('expose[1].perMember');
  });

  test.each([
    ['a name that the number makes too long', { loadBalancerName: 'a'.repeat(31) }, 'expose.loadBalancerName'],
    ['addresses for fewer members', { perMember: { privateAddresses: [['10.0.0.10']] } }, 'has 1 for 3'],
    ['a domain that is too long', { perMember: { domain: `${'a.'.repeat(124)}org` } }, 'expose.perMember.domain'],
  ])('with %s', (_what, more, said) => {
    expect(refusal(() => made(more))).toContain(said);
  });
});
