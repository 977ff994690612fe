import { Expose, NetworkGateway, type NetworkGatewayProps, Probe, type Tenant } from 'cdk8s-eks-patterns';
import {
  appOf,
  type Manifest,
  newAutoCluster,
  newCluster,
  newTenant,
  podOf,
  stateful,
  synth,
  synthErrors,
  web,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';
import { ingress, range } from './support';

const CERTIFICATE = 'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const PRIVATE = ['192.168.96.0/19', '192.168.128.0/19', '192.168.160.0/19'].map((cidr) => range(cidr));
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Manifest;

function balancer(props: Partial<NetworkGatewayProps> = {}, tenant: Tenant = newTenant({}, newCluster())) {
  const listeners = { 5672: 'TCP', 53: 'UDP' } as const;
  return { tenant, gateway: new NetworkGateway(tenant, 'queues', { scheme: 'internal', listeners, ...props }) };
}
const probes = { readiness: Probe.tcp(), liveness: Probe.exec(['true']) };

describe('a NetworkGateway', () => {
  test('has a listener for each port', () => {
    const { gateway, tenant } = balancer();
    const Same = { namespaces: { from: 'Same' } };
    expect(gateway.gateway.toJson().spec).toMatchObject({
      gatewayClassName: 'aws-nlb',
      listeners: [
        { name: 'udp-53', port: 53, protocol: 'UDP', allowedRoutes: Same },
        { name: 'tcp-5672', port: 5672, protocol: 'TCP', allowedRoutes: Same },
      ],
    });
    expect(plain(gateway.configuration.toJson().spec)).toEqual({ scheme: 'internal' });
    const { manifests } = synth(appOf(tenant));
    expect(manifests.filter(({ kind }) => kind === 'GatewayClass')).toMatchObject([
      { metadata: { name: 'aws-nlb' }, spec: { controllerName: 'gateway.k8s.aws/nlb' } },
    ]);
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('ends TLS, and has the settings of any load balancer', () => {
    const { gateway } = balancer({
      listeners: { 5671: 'TLS', 5672: 'TCP' },
      certificate: CERTIFICATE,
      alpnPolicy: 'HTTP2Preferred',
      allowFrom: ['10.0.0.0/8'],
      attributes: { 'load_balancing.cross_zone.enabled': 'true' },
      routesFrom: 'all',
    });
    expect(plain(gateway.configuration.toJson().spec)).toEqual({
      scheme: 'internal',
      sourceRanges: ['10.0.0.0/8'],
      loadBalancerAttributes: [{ key: 'load_balancing.cross_zone.enabled', value: 'true' }],
      listenerConfigurations: [
        {
          protocolPort: 'TLS:5671',
          defaultCertificate: CERTIFICATE,
          sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
          alpnPolicy: 'HTTP2Preferred',
        },
      ],
    });
    expect(gateway.gateway.toJson().spec.listeners.map(({ tls }) => tls?.mode)).toEqual(['Terminate', undefined]);
    const from = gateway.gateway.toJson().spec.listeners.map(({ allowedRoutes }) => allowedRoutes!.namespaces);
    expect(from).toEqual([{ from: 'All' }, { from: 'All' }]);
  });

  test('ends TLS by the certificates that fit the names of its routes', () => {
    const { tenant, gateway } = balancer({
      listeners: { 5671: 'TLS' },
      tlsPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
    });
    const host = ['queues.example.com', '*.queues.example.com'];
    const made = web({ probes, port: 5672, expose: Expose.networkGateway({ gateway, listener: 5671, host }) }, tenant);
    const { tlsRoute, tcpRoute, targetGroupConfiguration } = made.gatewayObjects;
    expect(tcpRoute).toBeUndefined();
    expect(plain(tlsRoute!.toJson())).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
      spec: {
        parentRefs: [{ name: 'queues', sectionName: 'tls-5671' }],
        hostnames: host,
        rules: [{ backendRefs: [{ kind: 'Service', name: 'web', port: 5672, weight: 1 }] }],
      },
    });
    // that of a TLSRoute would be TLS
    expect(targetGroupConfiguration!.toJson().spec.defaultConfiguration!.protocol).toBe('TCP');
    expect(plain(gateway.configuration.toJson().spec).listenerConfigurations).toEqual([
      { protocolPort: 'TLS:5671', sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06', alpnPolicy: 'None' },
    ]);
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('has one route for a listener, with names or without', () => {
    const { tenant, gateway } = balancer({ listeners: { 5671: 'TLS' }, certificate: CERTIFICATE });
    web({ probes, expose: Expose.networkGateway({ gateway, listener: 5671, host: 'a.example.com' }) }, tenant, 'first');
    web({ probes, expose: Expose.networkGateway({ gateway, listener: 5671 }) }, tenant, 'second');
    const found = findingsOf(() => appOf(tenant)).filter(({ rule }) => rule === 'gateway/same-match');
    expect(found.map(({ construct, field }) => [construct, field])).toEqual([['prod/shop/second', 'expose.listener']]);
  });

  test('is refused in Auto Mode', () => {
    const { tenant, gateway } = balancer({}, newTenant({}, newAutoCluster()));
    web({ probes, expose: Expose.networkGateway({ gateway, listener: 5672 }) }, tenant);
    const found = findingsOf(() => appOf(tenant)).filter(({ rule }) => rule === 'gateway/auto-mode');
    expect(found.map(({ construct }) => construct).sort()).toEqual(['prod/shop/queues', 'prod/shop/web']);
  });
});

describe('a listener', () => {
  test('leads to a workload by a TCPRoute, and asks by a connection', () => {
    const { tenant, gateway } = balancer();
    const made = web({ probes, port: 5672, expose: Expose.networkGateway({ gateway, listener: 5672 }) }, tenant);
    const { tcpRoute, udpRoute, targetGroupConfiguration } = made.gatewayObjects;
    expect(plain(tcpRoute!.toJson().spec)).toEqual({
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'queues', sectionName: 'tcp-5672' }],
      rules: [{ backendRefs: [{ group: '', kind: 'Service', name: 'web', port: 5672, weight: 1 }] }],
    });
    expect(udpRoute).toBeUndefined();
    expect(plain(targetGroupConfiguration!.toJson().spec.defaultConfiguration)).toEqual({
      targetType: 'ip',
      protocol: 'TCP',
      healthCheckConfig: { healthCheckProtocol: 'TCP', healthCheckPort: '5672' },
      targetGroupAttributes: [{ key: 'deregistration_delay.timeout_seconds', value: '35' }],
    });
    expect(ingress(made)).toEqual([{ peers: PRIVATE, ports: ['5672/TCP'] }]);
    expect(podOf(made).spec.containers[0]!.lifecycle!.preStop!.sleep!.seconds).toBe(15);
    expect(tenant.namespaceObject.toJson().metadata.labels).toMatchObject({
      'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
    });
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('says of its target group what the annotations of a Service say', () => {
    const { tenant, gateway } = balancer();
    const http = {
      port: { amqp: 5672, admin: 15672 },
      probes: { readiness: Probe.http('/health', { port: 'admin' }), liveness: Probe.tcp() },
    };
    const healthCheck = { interval: '30s', healthy: 3, successCodes: '200' } as const;
    const made = web({ ...http, expose: Expose.networkGateway({ gateway, listener: 5672, healthCheck }) }, tenant);
    const said = web({ ...http, expose: Expose.nlb({ scheme: 'internal', port: 'amqp', healthCheck }) }, tenant, 'nlb');
    const { annotations } = said.loadBalancerService!.toJson().metadata;
    const of = (name: string) => annotations[`service.beta.kubernetes.io/aws-load-balancer-${name}`];
    expect(made.gatewayObjects.targetGroupConfiguration!.toJson().spec.defaultConfiguration!.healthCheckConfig).toEqual(
      {
        healthCheckPath: of('healthcheck-path'),
        healthCheckPort: of('healthcheck-port'),
        healthCheckProtocol: of('healthcheck-protocol')!.toUpperCase(),
        healthCheckInterval: Number(of('healthcheck-interval')),
        healthCheckTimeout: undefined,
        healthyThresholdCount: Number(of('healthcheck-healthy-threshold')),
        unhealthyThresholdCount: undefined,
        matcher: { httpCode: of('healthcheck-success-codes') },
      },
    );
    expect(ingress(made)).toEqual(ingress(said));
  });

  test('of UDP lets in the clients, whose addresses the pods see', () => {
    const { tenant, gateway } = balancer({ allowFrom: ['10.0.0.0/8'] });
    const made = web(
      {
        port: { http: 8080, dns: { port: 53, protocol: 'UDP' } },
        probes: { readiness: Probe.http('/readyz'), liveness: Probe.tcp() },
        expose: Expose.networkGateway({ gateway, listener: 53, port: 'dns' }),
      },
      tenant,
    );
    expect(made.gatewayObjects.udpRoute!.toJson().spec.parentRefs).toMatchObject([{ sectionName: 'udp-53' }]);
    const { protocol } = made.gatewayObjects.targetGroupConfiguration!.toJson().spec.defaultConfiguration!;
    expect(protocol).toBe('UDP');
    expect(ingress(made)).toEqual([
      { peers: PRIVATE, ports: ['53/UDP', '8080/TCP'] },
      { peers: [range('10.0.0.0/8')], ports: ['53/UDP'] },
    ]);
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('leads to a set, from the Gateway of another tenant, beside another listener', () => {
    const cluster = newCluster();
    const [platform, shop] = [newTenant({}, cluster, 'platform'), newTenant({}, cluster)];
    const { gateway } = balancer(
      { listeners: { 5671: 'TLS', 80: 'TCP' }, certificate: CERTIFICATE, routesFrom: [shop] },
      platform,
    );
    const made = stateful(
      {
        port: { amqp: 5672, http: 15672 },
        probes,
        expose: [
          Expose.networkGateway({ gateway, listener: 5671, port: 'amqp' }),
          Expose.networkGateway({ gateway, listener: 80, port: 'http', healthCheck: { interval: '30s' } }),
        ],
      },
      shop,
    );
    expect(made.gatewayObjects.tcpRoute!.toJson().spec.parentRefs).toMatchObject([
      { name: 'queues', namespace: 'platform', sectionName: 'tls-5671' },
    ]);
    expect(plain(made.gatewayObjects.targetGroupConfiguration!.toJson().spec).routeConfigurations).toMatchObject([
      { routeIdentifier: { kind: 'TCPRoute', name: 'store-http', namespace: 'shop' } },
    ]);
    const { manifests } = synth(appOf(shop));
    const routes = manifests.filter(({ kind }) => kind === 'TCPRoute').map(({ metadata }) => metadata.name);
    expect(routes).toEqual(['store', 'store-http']);
    expect(synthErrors(appOf(shop))).toEqual([]);
  });

  test('is for one workload, of a namespace that the Gateway takes', () => {
    const { tenant, gateway } = balancer();
    const expose = Expose.networkGateway({ gateway, listener: 5672 });
    web({ probes, expose }, tenant, 'first');
    web({ probes, expose }, tenant, 'second');
    const found = findingsOf(() => appOf(tenant)).filter(({ rule }) => rule === 'gateway/same-match');
    expect(found.map(({ construct, field }) => [construct, field])).toEqual([['prod/shop/second', 'expose.listener']]);
    expect(found[0]!.message).toContain('prod/shop/first');
    const other = newTenant({}, tenant.node.scope as never, 'other');
    expect(refusedBy(() => web({ probes, expose }, other))).toEqual(['props/forbidden', 'expose.gateway']);
  });

  test('and another of the same port are told apart by their numbers', () => {
    const { tenant, gateway } = balancer({ listeners: { 5672: 'TCP', 80: 'TCP', 443: 'TCP' } });
    const expose = [5672, 80, 443].map((listener) => Expose.networkGateway({ gateway, listener }));
    web({ probes, expose }, tenant);
    const { manifests } = synth(appOf(tenant));
    const routes = manifests.filter(({ kind }) => kind === 'TCPRoute').map(({ metadata }) => metadata.name);
    expect(routes).toEqual(['web', 'web-80', 'web-443']);
  });
});
