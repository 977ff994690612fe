import { Gateway, type GatewayProps, type Tenant } from 'cdk8s-eks-patterns';
import { appOf, type Manifest, newAutoCluster, newCluster, newTenant, synth, synthErrors } from '../support/app';
import { findingsOf } from '../support/findings';

const CERTIFICATE = 'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const WEB_ACL = 'arn:aws:wafv2:us-west-2:111122223333:regional/webacl/shop/12345678-1234-1234-1234-123456789012';

/** A Gateway in a tenant of a cluster, and what is written of it. */
function made(props: Partial<GatewayProps> = {}, tenant: Tenant = newTenant({}, newCluster())) {
  const edge = new Gateway(tenant, 'edge', { scheme: 'internal', ...props });
  return {
    edge,
    tenant,
    listeners: () => edge.gateway.toJson().spec.listeners,
    spec: () => JSON.parse(JSON.stringify(edge.configuration.toJson().spec)) as Manifest,
  };
}

describe('a Gateway', () => {
  test('listens with and without TLS, and redirects', () => {
    const { edge, listeners } = made();
    const Same = { namespaces: { from: 'Same' } };
    expect(listeners()).toEqual([
      { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: Same },
      { name: 'https', port: 443, protocol: 'HTTPS', allowedRoutes: Same },
    ]);
    expect(edge.redirect!.toJson()).toMatchObject({
      metadata: { name: 'edge-redirect', namespace: 'shop' },
      spec: {
        parentRefs: [{ kind: 'Gateway', name: 'edge', sectionName: 'http' }],
        rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
      },
    });
    const [rule] = edge.redirect!.toJson().spec.rules!;
    expect(rule).not.toHaveProperty('backendRefs');
    expect(rule!.filters![0]!.requestRedirect).not.toHaveProperty('port');
  });

  test('listens where it is told to', () => {
    const { edge, listeners, spec } = made({ listeners: { http: 8080, https: 8443 } });
    expect(listeners().map(({ port }) => port)).toEqual([8080, 8443]);
    expect(edge.redirect!.toJson().spec.rules![0]!.filters![0]!.requestRedirect!.port).toBe(8443);
    expect(spec().listenerConfigurations).toEqual([
      { protocolPort: 'HTTPS:8443', sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', alpnPolicy: 'None' },
    ]);
    const plain = made({ listeners: { http: 80 } });
    expect([plain.edge.redirect, plain.spec().listenerConfigurations]).toEqual([undefined, undefined]);
    expect(plain.listeners().map(({ name }) => name)).toEqual(['http']);
    expect(made({ listeners: { https: 443 } }).edge.redirect).toBeUndefined();
  });

  test('says of its load balancer what an Ingress says by annotations', () => {
    const { spec, edge } = made({
      scheme: 'internet-facing',
      certificate: [CERTIFICATE, `${CERTIFICATE}2`],
      tlsPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
      webAcl: WEB_ACL,
      shieldAdvanced: true,
      allowFrom: ['203.0.113.0/24'],
      prefixLists: ['pl-0123456789abcdef0'],
      securityGroups: ['sg-0123456789abcdef0'],
      subnets: [{ subnet: 'subnet-0123456789abcdef0', cidr: '10.1.0.0/24' }],
      attributes: { 'idle_timeout.timeout_seconds': '300' },
      listenerAttributes: { 'routing.http.response.server.enabled': 'false' },
      tags: { team: 'shop' },
      loadBalancerName: 'edge',
    });
    expect(spec()).toEqual({
      scheme: 'internet-facing',
      loadBalancerName: 'edge',
      loadBalancerSubnets: [{ identifier: 'subnet-0123456789abcdef0' }],
      securityGroups: ['sg-0123456789abcdef0'],
      manageBackendSecurityGroupRules: true,
      securityGroupPrefixes: ['pl-0123456789abcdef0'],
      sourceRanges: ['203.0.113.0/24'],
      loadBalancerAttributes: [{ key: 'idle_timeout.timeout_seconds', value: '300' }],
      tags: { team: 'shop' },
      wafV2: { webACL: WEB_ACL },
      shieldConfiguration: { enabled: true },
      listenerConfigurations: [
        {
          protocolPort: 'HTTPS:443',
          alpnPolicy: 'None',
          defaultCertificate: CERTIFICATE,
          certificates: [`${CERTIFICATE}2`],
          sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
          listenerAttributes: [{ key: 'routing.http.response.server.enabled', value: 'false' }],
        },
      ],
    });
    expect(edge.gateway.toJson().spec.infrastructure).toEqual({
      parametersRef: { group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration', name: 'edge' },
    });
  });

  test('has attributes of its listener without TLS too', () => {
    const { spec } = made({
      listeners: { http: 80 },
      listenerAttributes: { 'routing.http.response.server.enabled': 'false' },
    });
    expect(spec().listenerConfigurations).toEqual([
      {
        protocolPort: 'HTTP:80',
        alpnPolicy: 'None',
        listenerAttributes: [{ key: 'routing.http.response.server.enabled', value: 'false' }],
      },
    ]);
  });

  test('has addresses of both families in a cluster of IPv6', () => {
    const cluster = newCluster(undefined, { config: { kubernetesNetworkConfig: { ipFamily: 'IPv6' } } } as never);
    expect(made({}, newTenant({}, cluster)).spec().ipAddressType).toBe('dualstack');
    expect(made().spec()).not.toHaveProperty('ipAddressType');
  });

  test('takes routes of the tenants that it names, on the listener with TLS alone', () => {
    const cluster = newCluster();
    const [shop, pages] = [newTenant({}, cluster), newTenant({}, cluster, 'pages')];
    const from = (routesFrom: GatewayProps['routesFrom']) =>
      new Gateway(shop, `edge-${edges++}`, { scheme: 'internal', routesFrom }).gateway
        .toJson()
        .spec.listeners.map(({ allowedRoutes }) => allowedRoutes!.namespaces);
    let edges = 0;
    const In = (...values: string[]) => ({
      from: 'Selector',
      selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] },
    });
    expect(from([pages])).toEqual([{ from: 'Same' }, In('shop', 'pages')]);
    expect(from(['pages', 'blog', 'shop'])).toEqual([{ from: 'Same' }, In('shop', 'pages', 'blog')]);
    expect(from('all')).toEqual([{ from: 'Same' }, { from: 'All' }]);
    expect(from(undefined)).toEqual([{ from: 'Same' }, { from: 'Same' }]);
  });

  test('makes the cluster have its class, the definitions and the controller', () => {
    const { tenant } = made();
    new Gateway(tenant, 'second', { scheme: 'internal' });
    const { manifests, files } = synth(appOf(tenant));
    expect(manifests.filter(({ kind }) => kind === 'GatewayClass')).toMatchObject([
      { metadata: { name: 'aws-alb' }, spec: { controllerName: 'gateway.k8s.aws/alb' } },
    ]);
    const steps = files['cluster/prod.md']!;
    expect(steps).toContain('gateway-api/releases/download');
    expect(steps.indexOf('gateway-api/releases/download')).toBeLessThan(
      steps.indexOf('helm upgrade --install aws-load-balancer-controller'),
    );
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('is refused in Auto Mode, with the reason', () => {
    const { tenant } = made({}, newTenant({}, newAutoCluster()));
    const found = findingsOf(() => appOf(tenant)).filter(({ rule }) => rule === 'gateway/auto-mode');
    expect(found).toMatchObject([{ severity: 'error', construct: 'prod/shop/edge' }]);
    expect(found[0]!.message).toContain('Auto Mode');
  });
});
