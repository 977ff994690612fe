import { Expose, Probe, PropsError } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import type { Construct } from 'constructs';
import {
  appOf,
  existingCluster,
  find,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  stateful,
  synth,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';
import { egress, ingress, inNamespace, pods, range } from './support';

/** The rules that a tenant's app breaks. */
const rulesOf = (tenant: Construct): string[] => findingsOf(() => appOf(tenant)).map(({ rule }) => rule);

const kubeDns = { ...inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };
const read = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
const s3 = { allow: [{ actions: ['s3:GetObject'], resources: ['*'] }] };

describe('what default-deny takes away', () => {
  test.each(PATTERN_NAMES)('%s: nothing is open but names', (pattern) => {
    const workload = PATTERNS[pattern]();
    const { podSelector, policyTypes } = workload.networkPolicy!.toJson().spec!;
    expect(podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': workload.name } });
    expect(policyTypes).toEqual(['Ingress', 'Egress']);
    expect(ingress(workload)).toEqual([]);
    expect(egress(workload)).toEqual([{ peers: [kubeDns, range('169.254.20.10/32')], ports: ['53/UDP', '53/TCP'] }]);
  });

  test('the tenant denies what no workload declares, in both directions', () => {
    const shop = newTenant();
    const { spec } = Testing.find(Testing.synth(shop), 'NetworkPolicy', 'default-deny');
    expect(spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('an open tenant makes no policy, neither its own nor of its workloads', () => {
    const shop = newTenant({ network: { open: true, because: 'the test says so' } });
    const api = web({}, shop, 'api');
    web({ connectsTo: [api], env: { A: 'http://store.shop.svc.cluster.local' } }, shop);
    stateful({}, shop);
    expect(Testing.synth(shop).filter((m) => m.kind === 'NetworkPolicy')).toEqual([]);
  });
});

describe('names', () => {
  test('in Auto Mode CoreDNS is no pod: its address, which is the tenth of the range', () => {
    const rule = (serviceIPv4CIDR?: string) =>
      egress(
        web({}, newTenant({}, newAutoCluster(newApp(), (serviceIPv4CIDR ? { serviceIPv4CIDR } : {}) as never))),
      )[0];
    expect(rule()).toEqual({ peers: [range('10.100.0.10/32')], ports: ['53/UDP', '53/TCP'] });
    expect(rule('172.30.0.0/16')!.peers).toEqual([range('172.30.0.10/32')]);
  });
});

describe('AWS', () => {
  const rules = (scope: ReturnType<typeof newCluster>, props: object = { aws: s3 }) =>
    egress(worker({ ...props }, newTenant({}, scope))).slice(1);

  test('the agent of pod identities and the endpoints are open to who has permissions', () => {
    expect(rules(newCluster())).toEqual([
      { peers: [range('169.254.170.23/32')], ports: ['80/TCP'] },
      { peers: [range('0.0.0.0/0')], ports: ['443/TCP'] },
    ]);
    expect(rules(newCluster(), {})).toEqual([]);
  });

  test('the IPv6 address of the agent only where the app does not make the cluster', () => {
    expect(rules(existingCluster())[0]!.peers).toEqual([range('169.254.170.23/32'), range('fd00:ec2::23/128')]);
    const alone = newTenant({}, newApp());
    expect(egress(worker({ aws: s3 }, alone))[1]!.peers).toContainEqual(range('fd00:ec2::23/128'));
  });
});

describe('the Kubernetes API', () => {
  test('its service address is open to who has a token, the first of the range', () => {
    const rules = egress(worker({ apiAccess: read })).slice(1);
    expect(rules).toEqual([{ peers: [range('10.100.0.1/32')], ports: ['443/TCP'] }]);
    const other = newCluster(newApp(), { serviceIPv4CIDR: '172.30.0.0/16' } as never);
    expect(egress(worker({ apiAccess: read }, newTenant({}, other)))[1]!.peers).toEqual([range('172.30.0.1/32')]);
  });

  test('without a cluster nobody knows the address', () => {
    expect(egress(worker({ apiAccess: read }, newTenant({}, newApp())))[1]!.peers).toEqual([range('0.0.0.0/0')]);
  });

  test('a token is mounted with it, and not without', () => {
    expect(podOf(worker({ apiAccess: read })).spec.automountServiceAccountToken).toBe(true);
    expect(podOf(worker()).spec.automountServiceAccountToken).toBe(false);
  });
});

describe('an IPv6 cluster', () => {
  const ipv6 = (props: object = {}, scope = newCluster) =>
    scope(newApp(), { config: { kubernetesNetworkConfig: { ipFamily: 'IPv6' }, ...props } } as never);
  const alb = { expose: Expose.alb({ host: 'shop.example.com', scheme: 'internet-facing' }) };

  test('gives back what it takes away in its own family: older agents fail on ranges of the other', () => {
    const rules = egress(worker({ aws: s3, apiAccess: read }, newTenant({}, ipv6())));
    expect(rules).toEqual([
      { peers: [kubeDns], ports: ['53/UDP', '53/TCP'] },
      { peers: [range('fd00:ec2::23/128')], ports: ['80/TCP'] },
      { peers: [range('::/0')], ports: ['443/TCP'] },
      { peers: [range('fc00::/7')], ports: ['443/TCP'] },
    ]);
  });

  test('in Auto Mode has its DNS somewhere in the range of Services', () => {
    expect(egress(web({}, newTenant({}, ipv6({}, newAutoCluster))))[0]!.peers).toEqual([range('fc00::/7')]);
  });

  test('needs the IPv6 ranges of its load balancers', () => {
    const errors = (subnets?: object) => {
      const tenant = newTenant(
        {},
        newCluster(newApp(), { config: { kubernetesNetworkConfig: { ipFamily: 'IPv6' } }, ...subnets } as never),
      );
      web(alb, tenant);
      return rulesOf(tenant);
    };
    expect(errors()).toEqual(['network/load-balancer-subnets']);
    expect(errors({ loadBalancerSubnets: { public: ['2001:db8::/64'] } })).toEqual([]);
    expect(() => errors({ loadBalancerSubnets: { public: ['10.0.0.0/20'] } })).toThrow(PropsError);
  });

  test('has load balancers of both families, since pods have IPv6 addresses only', () => {
    const annotations = (scope: ReturnType<typeof newCluster>) =>
      web(alb, newTenant({}, scope)).ingress!.toJson().metadata.annotations!;
    const key = 'alb.ingress.kubernetes.io/ip-address-type';
    expect(annotations(ipv6())[key]).toBe('dualstack');
    expect(annotations(newCluster())).not.toHaveProperty(key);
    // there the class says it
    const auto = ipv6({}, newAutoCluster);
    expect(annotations(auto)).not.toHaveProperty(key);
    expect(auto.ingressClassParams!.toJson().spec).toEqual({ ipAddressType: 'dualstack' });
    const nlb = web(
      { expose: Expose.nlb({ scheme: 'internal' }) },
      newTenant({}, ipv6()),
    ).loadBalancerService!.toJson();
    expect(nlb.metadata.annotations).toMatchObject({
      'service.beta.kubernetes.io/aws-load-balancer-ip-address-type': 'dualstack',
    });
  });

  test('has node ports only in a range that is known', () => {
    const errors = (vpc?: object) => {
      const tenant = newTenant({}, ipv6(vpc && { vpc }));
      web({ expose: Expose.nodePort() }, tenant);
      return rulesOf(tenant);
    };
    expect(errors()).toContain('network/node-port-range');
    expect(errors({ ipv6Cidr: '2001:db8:1234::/56', ipv6Pool: 'pool' })).not.toContain('network/node-port-range');
  });
});

describe('load balancers', () => {
  const open = (scheme: 'internet-facing' | 'internal', scope: Parameters<typeof newTenant>[1], props: object = {}) =>
    ingress(web({ expose: Expose.alb({ host: 'shop.example.com', scheme }), ...props }, newTenant({}, scope)));

  test('call from their subnets as eksctl lays them out, not from the whole VPC, where every pod lives too', () => {
    const cluster = () => newCluster(newApp(), { vpcCidr: '10.42.0.0/16' } as never);
    expect(open('internet-facing', cluster())).toEqual([
      { peers: ['10.42.0.0/19', '10.42.32.0/19', '10.42.64.0/19'].map((r) => range(r)), ports: ['8080/TCP'] },
    ]);
    expect(open('internal', cluster())).toEqual([
      { peers: ['10.42.96.0/19', '10.42.128.0/19', '10.42.160.0/19'].map((r) => range(r)), ports: ['8080/TCP'] },
    ]);
  });

  test('call from the subnets that are set on an existing cluster', () => {
    const known = existingCluster(newApp(), { loadBalancerSubnets: { public: ['10.0.0.0/24'] } });
    expect(open('internet-facing', known)[0]!.peers).toEqual([range('10.0.0.0/24')]);
  });

  test.each(['internet-facing', 'internal'] as const)('of an existing cluster, %s, need its subnets', (scheme) => {
    const app = newApp();
    open(scheme, existingCluster(app));
    const side = scheme === 'internal' ? 'private' : 'public';
    expect(findingsOf(() => app)).toEqual([
      expect.objectContaining({
        rule: 'network/load-balancer-subnets',
        construct: 'prod/shop/web',
        field: 'expose',
        fix: expect.stringContaining(`loadBalancerSubnets: { ${side}:`),
      }),
    ]);
  });

  test('also ask the readiness probe, where it has a port of its own', () => {
    const probes = { readiness: Probe.http('/readyz', { port: 'admin' }), liveness: Probe.tcp() };
    const [rule] = open('internal', newCluster(), { port: { http: 8080, admin: 9090 }, probes });
    expect(rule!.ports).toEqual(['8080/TCP', '9090/TCP']);
  });

  test('reach the port that is exposed, and no other', () => {
    const expose = Expose.nlb({ scheme: 'internal', port: 'tls' });
    const tcp = { readiness: Probe.exec(['true']), liveness: Probe.tcp() };
    const [rule] = ingress(web({ expose, port: { http: 8080, tls: 8443 }, probes: tcp }));
    expect(rule!.ports).toEqual(['8443/TCP']);
  });

  test('without a cluster call from private ranges', () => {
    expect(open('internet-facing', newApp())[0]!.peers).toEqual(
      ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].map((r) => range(r)),
    );
  });
});

describe('node ports', () => {
  test('let in the nodes, which call from addresses of the VPC', () => {
    const open = (scope: Parameters<typeof newTenant>[1]) =>
      ingress(web({ expose: Expose.nodePort() }, newTenant({}, scope)));
    expect(open(newCluster())).toEqual([{ peers: [range('192.168.0.0/16')], ports: ['8080/TCP'] }]);
    expect(open(newApp())[0]!.peers).toContainEqual(range('10.0.0.0/8'));
  });
});

describe('the scraper', () => {
  test('reaches the metrics port from its namespace', () => {
    expect(ingress(web({ metrics: {} }))).toEqual([{ peers: [inNamespace('monitoring')], ports: ['8080/TCP'] }]);
    expect(ingress(worker({ metrics: { port: 9090 } }))).toEqual([
      { peers: [inNamespace('monitoring')], ports: ['9090/TCP'] },
    ]);
  });

  test('is who the tenant or the app says', () => {
    const podLabels = { app: 'prometheus' };
    const shop = newTenant({ defaults: { scraper: { namespace: 'observability', podLabels } } });
    expect(ingress(web({ metrics: { port: 9102 } }, shop))).toEqual([
      { peers: [{ ...inNamespace('observability'), podSelector: { matchLabels: podLabels } }], ports: ['9102/TCP'] },
    ]);
  });
});

describe('members', () => {
  const two = { port: { client: 7000, raft: 7001 }, memberPorts: ['raft'] };

  test('reach each other on every port, both ways; clients never reach the ports of members', () => {
    const shop = newTenant();
    const store = stateful({ ...two, replicas: 3 }, shop);
    web({ connectsTo: [store] }, shop);
    const members = { peers: [pods('store')], ports: ['7000/TCP', '7001/TCP'] };
    expect(egress(store).slice(1)).toEqual([members]);
    expect(ingress(store)).toEqual([{ peers: [pods('web')], ports: ['7000/TCP'] }, members]);
    expect(refusedBy(() => store.on('raft'))).toEqual(['props/unsupported', '']);
  });

  test('a single member has nobody to talk to', () => {
    const store = stateful({ ...two, replicas: 1 });
    expect([egress(store).length, ingress(store)]).toEqual([1, []]);
  });
});

test('in Auto Mode policies are switched on, and load balancers are of its own classes', () => {
  const app = newApp();
  const shop = newTenant({}, newAutoCluster(app));
  web({ expose: Expose.alb({ host: 'shop.example.com', scheme: 'internal' }) }, shop);
  const front = web({ expose: Expose.nlb({ scheme: 'internal' }) }, shop, 'front');
  const { manifests: all } = synth(app);
  expect(find(all, 'ConfigMap', 'amazon-vpc-cni')).toMatchObject({
    metadata: { namespace: 'kube-system' },
    data: { 'enable-network-policy-controller': 'true' },
  });
  expect(find(all, 'IngressClass', 'alb').spec.controller).toBe('eks.amazonaws.com/alb');
  expect(front.loadBalancerService!.toJson().spec.loadBalancerClass).toBe('eks.amazonaws.com/nlb');
  expect(find(all, 'Namespace', 'shop').metadata.labels['eks.amazonaws.com/pod-readiness-gate-inject']).toBe('enabled');
});
