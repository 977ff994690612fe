import {
  Authentication,
  Expose,
  Gateway,
  type GatewayProps,
  type GatewayRouteProps,
  Probe,
  RouteMatch,
  Secret,
  type Tenant,
} from 'cdk8s-eks-patterns';
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

const host = 'shop.example.com';
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Manifest;

/** A tenant with a Gateway. */
function edgeOf(props: Partial<GatewayProps> = {}, tenant: Tenant = newTenant({}, newCluster())) {
  return { tenant, edge: new Gateway(tenant, 'edge', { scheme: 'internal', ...props }) };
}
/** A service behind a Gateway. */
function routed(
  more: Partial<GatewayRouteProps<string>> = {},
  props: object = {},
  { tenant, edge } = edgeOf(),
  id = 'web',
) {
  const made = web({ ...props, expose: Expose.gateway({ gateway: edge, host, ...more }) }, tenant, id);
  const { httpRoute, grpcRoute, listenerRuleConfiguration, targetGroupConfiguration } = made.gatewayObjects;
  return {
    made,
    tenant,
    edge,
    http: () => plain(httpRoute!.toJson().spec),
    grpc: () => plain(grpcRoute!.toJson().spec),
    rule: () => plain(listenerRuleConfiguration!.toJson().spec),
    target: () => plain(targetGroupConfiguration!.toJson().spec),
  };
}
const GRPC = {
  port: { grpc: { port: 50051, appProtocol: 'grpc' } },
  probes: { readiness: Probe.grpc(), liveness: Probe.tcp() },
};

describe('a route', () => {
  test('leads from the listener with TLS to the Service', () => {
    const { http, tenant } = routed();
    expect(http()).toEqual({
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', sectionName: 'https' }],
      hostnames: [host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ group: '', kind: 'Service', name: 'web', port: 8080, weight: 1 }],
        },
      ],
    });
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('leads from the listener without TLS where there is no other', () => {
    const { http } = routed({}, {}, edgeOf({ listeners: { http: 80 } }));
    expect(http().parentRefs[0].sectionName).toBe('http');
  });

  test('names a Gateway of another namespace', () => {
    const cluster = newCluster();
    const [platform, shop] = [newTenant({}, cluster, 'platform'), newTenant({}, cluster)];
    const { edge } = edgeOf({ routesFrom: [shop] }, platform);
    const { http } = routed({}, {}, { tenant: shop, edge });
    expect(http().parentRefs[0]).toMatchObject({ name: 'edge', namespace: 'platform' });
    expect(synthErrors(appOf(shop))).toEqual([]);
  });

  test('is refused where the Gateway takes none of its namespace', () => {
    const cluster = newCluster();
    const { edge } = edgeOf({ routesFrom: ['blog'] }, newTenant({}, cluster, 'platform'));
    expect(refusedBy(() => routed({}, {}, { tenant: newTenant({}, cluster), edge }))).toEqual([
      'props/forbidden',
      'expose.gateway',
    ]);
    const all = edgeOf({ routesFrom: 'all' }, newTenant({}, cluster, 'open'));
    expect(findingsOf(() => routed({}, {}, { tenant: newTenant({}, cluster, 'pages'), edge: all.edge }))).toEqual([]);
  });

  test('names a Gateway that exists', () => {
    const tenant = newTenant({}, newCluster());
    const gateway = Gateway.existing({ name: 'shared', namespace: 'gateways', scheme: 'internet-facing' });
    const made = web({ expose: Expose.gateway({ gateway, host }) }, tenant);
    expect(made.gatewayObjects.httpRoute!.toJson().spec.parentRefs).toMatchObject([
      { name: 'shared', namespace: 'gateways', sectionName: 'https' },
    ]);
    expect(ingress(made)[0]!.peers).toEqual(
      ['192.168.0.0/19', '192.168.32.0/19', '192.168.64.0/19'].map((r) => range(r)),
    );
    const own = Gateway.existing({
      name: 'shared',
      namespace: 'gateways',
      scheme: 'internal',
      subnets: [{ subnet: 'subnet-0123456789abcdef0', cidr: '10.1.0.0/24' }],
    });
    const other = web({ expose: Expose.gateway({ gateway: own, host }) }, tenant, 'other');
    expect(ingress(other)[0]!.peers).toEqual([range('10.1.0.0/24')]);
  });

  test('of another Gateway has its name', () => {
    const { tenant, edge } = edgeOf();
    const inside = new Gateway(tenant, 'inside', { scheme: 'internal' });
    const expose = [edge, inside].map((gateway) => Expose.gateway({ gateway, host }));
    web({ expose }, tenant);
    const { manifests } = synth(appOf(tenant));
    const routes = manifests.filter(({ kind }) => kind === 'HTTPRoute').map(({ metadata }) => metadata.name);
    expect(routes).toEqual(['edge-redirect', 'inside-redirect', 'web', 'web-inside']);
  });

  test('takes requests by path, header, parameter and method', () => {
    const { http } = routed({
      matches: [
        RouteMatch.path('/cart'),
        RouteMatch.exactPath('/health', { method: 'GET' }),
        RouteMatch.pathPattern('^/v[0-9]+/.*$', { query: { beta: '1' } }),
        RouteMatch.anyPath({ headers: { 'x-version': 'a,b\\c' }, headerPatterns: { 'user-agent': '.*Mobile.*' } }),
      ],
    });
    expect(http().rules[0].matches).toEqual([
      { path: { type: 'PathPrefix', value: '/cart' } },
      { path: { type: 'Exact', value: '/health' }, method: 'GET' },
      {
        path: { type: 'RegularExpression', value: '^/v[0-9]+/.*$' },
        queryParams: [{ name: 'beta', type: 'Exact', value: '1' }],
      },
      {
        path: { type: 'PathPrefix', value: '/' },
        headers: [
          // the controller splits at commas and takes backslashes away
          { name: 'x-version', type: 'Exact', value: 'a\\,b\\\\c' },
          { name: 'user-agent', type: 'RegularExpression', value: '.*Mobile.*' },
        ],
      },
    ]);
  });

  test('redirects to another prefix and query', () => {
    const { http, rule, made, tenant } = routed({
      redirects: [
        { matches: [RouteMatch.path('/plain')], path: '/new' },
        {
          matches: [RouteMatch.path('/old')],
          scheme: 'https',
          host: 'new.example.com',
          prefix: '/',
          query: 'a=#{query}',
        },
      ],
    });
    const [, second] = http().rules;
    expect(second.filters).toEqual([
      {
        type: 'RequestRedirect',
        requestRedirect: {
          scheme: 'https',
          hostname: 'new.example.com',
          path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' },
          statusCode: 302,
        },
      },
      {
        type: 'ExtensionRef',
        extensionRef: { group: 'gateway.k8s.aws', kind: 'ListenerRuleConfiguration', name: 'web-redirect-1' },
      },
    ]);
    expect(made.gatewayObjects.listenerRuleConfiguration!.name).toBe('web-redirect-1');
    expect(rule()).toEqual({ actions: [{ type: 'redirect', redirectConfig: { query: 'a=#{query}' } }] });
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('answers by itself, beside a rule of its own and for each way', () => {
    const responses = [
      { matches: [RouteMatch.path('/gone')], status: 410 },
      { matches: [RouteMatch.path('/status')], status: 200, body: '{}', contentType: 'application/json' },
    ] as const;
    const { tenant, edge } = edgeOf();
    const at = { gateway: edge, responses, allowFrom: ['10.0.0.0/8'] } as const;
    const expose = [Expose.gateway({ ...at, host }), Expose.gateway({ ...at, host: 'b.example.com', port: 'admin' })];
    web({ port: { http: 8080, admin: 9090 }, expose }, tenant);
    const { manifests } = synth(appOf(tenant));
    const rules = manifests.filter(({ kind }) => kind === 'ListenerRuleConfiguration');
    const own = { conditions: [{ field: 'source-ip', sourceIPConfig: { values: ['10.0.0.0/8'] } }] };
    const gone = { type: 'fixed-response', fixedResponseConfig: { statusCode: 410, contentType: 'text/plain' } };
    const status = { statusCode: 200, contentType: 'application/json', messageBody: '{}' };
    const told = { type: 'fixed-response', fixedResponseConfig: status };
    expect(Object.fromEntries(rules.map(({ metadata, spec }) => [metadata.name, spec]))).toEqual({
      web: own,
      'web-admin': own,
      'web-response-0': { actions: [gone] },
      'web-response-1': { actions: [told] },
      'web-response-0-admin': { actions: [gone] },
      'web-response-1-admin': { actions: [told] },
    });
    const routes = manifests.filter(({ kind }) => kind === 'HTTPRoute');
    const named = routes
      .filter(({ metadata }) => metadata.name.startsWith('web'))
      .map(({ spec }) =>
        spec.rules.map(({ filters, backendRefs }: Manifest) => [filters[0].extensionRef.name, backendRefs?.length]),
      );
    expect(named).toEqual([
      [
        ['web-response-0', undefined],
        ['web-response-1', undefined],
        ['web', 1],
      ],
      [
        ['web-response-0-admin', undefined],
        ['web-response-1-admin', undefined],
        ['web-admin', 1],
      ],
    ]);
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('rewrites and redirects', () => {
    const { http, tenant } = routed({
      matches: [RouteMatch.path('/api')],
      rewrite: { prefix: '/', host: 'api.internal' },
      redirects: [
        { matches: [RouteMatch.path('/old')], path: '/api', status: 301 },
        { matches: [RouteMatch.exactPath('/help')], scheme: 'https', host: 'help.example.com', port: 8443 },
      ],
    });
    const { rules } = http();
    expect(rules.map(({ filters }: Manifest) => filters)).toEqual([
      [
        {
          type: 'RequestRedirect',
          requestRedirect: { path: { type: 'ReplaceFullPath', replaceFullPath: '/api' }, statusCode: 301 },
        },
      ],
      [
        {
          type: 'RequestRedirect',
          requestRedirect: { scheme: 'https', hostname: 'help.example.com', port: 8443, statusCode: 302 },
        },
      ],
      [
        {
          type: 'URLRewrite',
          urlRewrite: { hostname: 'api.internal', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
        },
      ],
    ]);
    expect(rules.map(({ backendRefs }: Manifest) => backendRefs?.length)).toEqual([undefined, undefined, 1]);
    expect(synthErrors(appOf(tenant))).toEqual([]);
    const whole = routed({ rewrite: { path: '/index.html' } }).http().rules[0].filters[0];
    expect(whole.urlRewrite).toEqual({ path: { type: 'ReplaceFullPath', replaceFullPath: '/index.html' } });
  });

  test('is a GRPCRoute for a port that speaks gRPC', () => {
    const { grpc, target, made, tenant } = routed(
      { matches: [RouteMatch.grpc({ service: 'shop.Catalog', method: 'Get', headers: { tier: 'gold' } })] },
      GRPC,
    );
    expect(made.gatewayObjects.httpRoute).toBeUndefined();
    expect(grpc().rules).toEqual([
      {
        matches: [
          {
            method: { type: 'Exact', service: 'shop.Catalog', method: 'Get' },
            headers: [{ name: 'tier', type: 'Exact', value: 'gold' }],
          },
        ],
        backendRefs: [{ group: '', kind: 'Service', name: 'web', port: 50051, weight: 1 }],
      },
    ]);
    expect(target().defaultConfiguration).toMatchObject({
      protocolVersion: 'GRPC',
      healthCheckConfig: { healthCheckPath: '/grpc.health.v1.Health/Check', matcher: { grpcCode: '0' } },
    });
    expect(synthErrors(appOf(tenant))).toEqual([]);
    expect(routed({}, GRPC).grpc().rules[0]).not.toHaveProperty('matches');
  });

  test('is for one workload alone where nothing tells its requests apart', () => {
    const shared = edgeOf();
    const match = { matches: [RouteMatch.path('/cart')] };
    routed(match, {}, shared, 'cart');
    routed({}, {}, shared, 'shop');
    routed({ ...match, host: 'other.example.com' }, {}, shared, 'other');
    routed({ redirects: [{ ...match, path: '/new' }], matches: [RouteMatch.path('/shop')] }, {}, shared, 'second');
    routed({ responses: [{ ...match, status: 410 }], matches: [RouteMatch.path('/gone')] }, {}, shared, 'third');
    const found = findingsOf(() => appOf(shared.tenant)).filter(({ rule }) => rule === 'gateway/same-match');
    expect(found.map(({ construct, field }) => [construct, field])).toEqual([
      ['prod/shop/second', 'expose.matches'],
      ['prod/shop/third', 'expose.matches'],
    ]);
    expect(found[0]!.message).toContain('prod/shop/cart');
  });

  test('is refused in Auto Mode', () => {
    const tenant = newTenant({}, newAutoCluster());
    const gateway = Gateway.existing({ name: 'edge', namespace: 'shop', scheme: 'internal' });
    web({ expose: Expose.gateway({ gateway, host }) }, tenant);
    const found = findingsOf(() => appOf(tenant)).filter(({ rule }) => rule === 'gateway/auto-mode');
    expect(found.map(({ construct, field }) => [construct, field])).toEqual([['prod/shop/web', 'expose.gateway']]);
  });
});

describe('the target group of a route', () => {
  test('has the pods as targets, and asks what the readiness probe asks', () => {
    const { target } = routed(
      { healthCheck: { interval: '30s', timeout: '10s', healthy: 3, unhealthy: 5, successCodes: '200-299' } },
      {
        port: { http: 8080, admin: 9090 },
        probes: { readiness: Probe.http('/readyz', { port: 'admin' }), liveness: Probe.tcp() },
      },
    );
    expect(target()).toEqual({
      targetReference: { group: '', kind: 'Service', name: 'web' },
      defaultConfiguration: {
        targetType: 'ip',
        protocol: 'HTTP',
        protocolVersion: 'HTTP1',
        healthCheckConfig: {
          healthCheckPath: '/readyz',
          healthCheckPort: '9090',
          healthCheckProtocol: 'HTTP',
          healthCheckInterval: 30,
          healthCheckTimeout: 10,
          healthyThresholdCount: 3,
          unhealthyThresholdCount: 5,
          matcher: { httpCode: '200-299' },
        },
        targetGroupAttributes: [{ key: 'deregistration_delay.timeout_seconds', value: '35' }],
      },
    });
  });

  test('says the same as the annotations of an Ingress', () => {
    const more = { protocol: 'http2', targetGroupAttributes: { 'slow_start.duration_seconds': '60' } } as const;
    const probes = { readiness: Probe.http('/readyz', { scheme: 'HTTPS' }), liveness: Probe.tcp() };
    const { target } = routed(more, { probes });
    const alb = web({ probes, expose: Expose.alb({ host, scheme: 'internal', ...more }) });
    const said = alb.ingress!.toJson().metadata.annotations;
    const of = (name: string) => said[`alb.ingress.kubernetes.io/${name}`];
    const { protocol, protocolVersion, healthCheckConfig, targetGroupAttributes } = target().defaultConfiguration;
    expect([protocol, protocolVersion]).toEqual([of('backend-protocol'), of('backend-protocol-version')]);
    expect(healthCheckConfig).toMatchObject({
      healthCheckPath: of('healthcheck-path'),
      healthCheckProtocol: of('healthcheck-protocol'),
      matcher: { httpCode: of('success-codes') },
    });
    const text = targetGroupAttributes.map(({ key, value }: Manifest) => `${key}=${value}`).join(',');
    expect(text).toBe(of('target-group-attributes'));
  });

  test('is one object for all routes of a Service, which tells those apart that differ', () => {
    const { tenant, edge } = edgeOf();
    const gateway = { gateway: edge, host };
    const made = web({ expose: Expose.gateway(gateway) }, tenant);
    expect(made.gatewayObjects.targetGroupConfiguration!.toJson().spec).not.toHaveProperty('routeConfigurations');
    const two = web(
      {
        port: { http: 8080, admin: 9090 },
        expose: [
          Expose.gateway({ ...gateway, matches: [RouteMatch.path('/two')] }),
          Expose.gateway({
            ...gateway,
            port: 'admin',
            matches: [RouteMatch.path('/admin')],
            healthCheck: { interval: '30s' },
          }),
        ],
      },
      tenant,
      'two',
    );
    const { defaultConfiguration, routeConfigurations } = two.gatewayObjects.targetGroupConfiguration!.toJson().spec;
    expect(defaultConfiguration!.healthCheckConfig!.healthCheckInterval).toBeUndefined();
    expect(routeConfigurations).toMatchObject([
      {
        routeIdentifier: { kind: 'HTTPRoute', namespace: 'shop', name: 'two-admin' },
        targetGroupProps: { healthCheckConfig: { healthCheckInterval: 30 } },
      },
    ]);
    const { manifests } = synth(appOf(tenant));
    const of = (kind: string) => manifests.filter((one) => one.kind === kind).map((one) => one.metadata.name);
    expect(of('TargetGroupConfiguration')).toEqual(['web', 'two']);
    expect(of('HTTPRoute')).toEqual(['edge-redirect', 'web', 'two', 'two-admin']);
  });
});

describe('pods behind a route', () => {
  test('have the policy, the readiness gate and the sleep of those behind a load balancer', () => {
    const { made, tenant } = routed({}, {}, edgeOf({ scheme: 'internet-facing' }));
    expect(ingress(made)).toEqual([
      {
        peers: ['192.168.0.0/19', '192.168.32.0/19', '192.168.64.0/19'].map((cidr) => range(cidr)),
        ports: ['8080/TCP'],
      },
    ]);
    expect(tenant.namespaceObject.toJson().metadata.labels).toMatchObject({
      'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
    });
    expect(podOf(made).spec.containers[0]!.lifecycle!.preStop!.sleep!.seconds).toBe(15);
  });

  test('are those of a set too', () => {
    const { tenant, edge } = edgeOf();
    const expose = Expose.gateway({ gateway: edge, host });
    const probes = { readiness: Probe.http('/readyz'), liveness: Probe.tcp() };
    const made = stateful({ expose, probes, port: 8080 }, tenant);
    expect(made.gatewayObjects.httpRoute!.toJson().spec.rules![0]!.backendRefs).toMatchObject([{ name: 'store' }]);
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('stay behind an Ingress for the time of a move', () => {
    const { tenant, edge } = edgeOf();
    const own = { host, healthCheck: { interval: '30s' } } as const;
    const expose = [Expose.alb({ ...own, scheme: 'internal' }), Expose.gateway({ ...own, gateway: edge })];
    const made = web({ expose }, tenant);
    expect([made.ingress, made.gatewayObjects.httpRoute].map((one) => one!.toJson().kind)).toEqual([
      'Ingress',
      'HTTPRoute',
    ]);
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('let in only the addresses that a route names', () => {
    expect(routed({ allowFrom: ['10.0.0.0/8', '192.0.2.0/24'] }).rule()).toEqual({
      conditions: [{ field: 'source-ip', sourceIPConfig: { values: ['10.0.0.0/8', '192.0.2.0/24'] } }],
    });
  });
});

describe('weights of a route', () => {
  test('are parts of its backends', () => {
    const shared = edgeOf();
    const canary = web({ replicas: 1 }, shared.tenant, 'web-canary');
    const { http, rule, made } = routed({ weights: [{ to: canary, weight: 10 }], stickiness: '1h' }, {}, shared);
    expect(http().rules[0].backendRefs.map(({ name, weight }: Manifest) => [name, weight])).toEqual([
      ['web', 90],
      ['web-canary', 10],
    ]);
    expect(rule()).toEqual({
      actions: [
        {
          type: 'forward',
          forwardConfig: { targetGroupStickinessConfig: { enabled: true, durationSeconds: 3600 } },
        },
      ],
    });
    expect(ingress(canary)).toEqual(ingress(made));
    expect(podOf(canary).spec.containers[0]!.lifecycle!.preStop!.sleep!.seconds).toBe(15);
    expect(canary.service.toJson().metadata).not.toHaveProperty(
      'annotations.alb.ingress.kubernetes.io/healthcheck-path',
    );
    const { manifests } = synth(appOf(shared.tenant));
    const found = manifests.find(
      ({ kind, metadata }) => kind === 'TargetGroupConfiguration' && metadata.name === 'web-canary',
    );
    expect(found).toMatchObject({
      metadata: { namespace: 'shop', labels: { 'app.kubernetes.io/name': 'web-canary' } },
      spec: { targetReference: { name: 'web-canary' }, defaultConfiguration: { targetType: 'ip' } },
    });
    expect(manifests.some(({ kind }) => kind === 'ReferenceGrant')).toBe(false);
  });

  test('and a header lead to one canary', () => {
    const shared = edgeOf();
    const header = { matches: [RouteMatch.anyPath({ headers: { 'x-canary': '1' } })] };
    const canary = routed(header, { replicas: 1 }, shared, 'web-canary');
    routed({ weights: [{ to: canary.made, weight: 10 }], healthCheck: { interval: '30s' } }, {}, shared);
    expect(canary.target().routeConfigurations).toMatchObject([
      { routeIdentifier: { kind: 'HTTPRoute', namespace: 'shop', name: 'web' } },
    ]);
    expect(synthErrors(appOf(shared.tenant))).toEqual([]);
  });

  test('need the consent of another namespace, and give its pods the readiness gate', () => {
    const cluster = newCluster();
    const [shop, pages] = [newTenant({}, cluster), newTenant({}, cluster, 'pages')];
    const other = web({}, pages, 'other');
    const { http, tenant } = routed({ weights: [{ to: other, weight: 5 }] }, {}, edgeOf({}, shop));
    expect(http().rules[0].backendRefs[1]).toMatchObject({ name: 'other', namespace: 'pages', weight: 5 });
    const { manifests } = synth(appOf(tenant));
    expect(manifests.find(({ kind }) => kind === 'ReferenceGrant')).toMatchObject({
      metadata: { name: 'other-from-shop-web', namespace: 'pages' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
        to: [{ group: '', kind: 'Service', name: 'other' }],
      },
    });
    expect(pages.namespaceObject.toJson().metadata.labels).toMatchObject({
      'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
    });
    expect(synthErrors(appOf(tenant))).toEqual([]);
  });

  test('of a workload without pods are reported', () => {
    const shared = edgeOf();
    const parked = web({ replicas: 0 }, shared.tenant, 'parked');
    routed({ weights: [{ to: parked, weight: 10 }] }, {}, shared);
    const rules = findingsOf(() => appOf(shared.tenant)).map(({ rule }) => rule);
    expect(rules).toEqual(['load-balancer/weight-without-pods']);
  });
});

describe('users log in', () => {
  test.each([
    [
      'at a provider of OpenID Connect',
      (tenant: Tenant) =>
        Authentication.oidc({
          issuer: 'https://login.example.com',
          authorizationEndpoint: 'https://login.example.com/authorize',
          tokenEndpoint: 'https://login.example.com/token',
          userInfoEndpoint: 'https://login.example.com/userinfo',
          secret: Secret.existing(tenant, 'oidc', ['clientID', 'clientSecret']),
          onUnauthenticated: 'deny',
          scope: 'openid email',
          sessionCookie: 'shop',
          sessionTimeout: '12h',
        }),
      {
        type: 'authenticate-oidc',
        authenticateOIDCConfig: {
          issuer: 'https://login.example.com',
          authorizationEndpoint: 'https://login.example.com/authorize',
          tokenEndpoint: 'https://login.example.com/token',
          userInfoEndpoint: 'https://login.example.com/userinfo',
          secret: { name: 'oidc' },
          onUnauthenticatedRequest: 'deny',
          scope: 'openid email',
          sessionCookieName: 'shop',
          sessionTimeout: 43_200,
        },
      },
    ],
    [
      'at a user pool',
      () =>
        Authentication.cognito({
          userPoolArn: 'arn:aws:cognito-idp:us-west-2:111122223333:userpool/us-west-2_abc',
          clientId: 'web',
          domain: 'shop',
        }),
      {
        type: 'authenticate-cognito',
        authenticateCognitoConfig: {
          userPoolArn: 'arn:aws:cognito-idp:us-west-2:111122223333:userpool/us-west-2_abc',
          userPoolClientId: 'web',
          userPoolDomain: 'shop',
        },
      },
    ],
    [
      'by tokens',
      () => Authentication.jwt({ jwksEndpoint: 'https://login.example.com/keys', issuer: 'login' }),
      {
        type: 'jwt-validation',
        jwtValidationConfig: { jwksEndpoint: 'https://login.example.com/keys', issuer: 'login' },
      },
    ],
  ])('%s', (_, authentication, action) => {
    const { edge, tenant } = edgeOf();
    const expose = Expose.gateway({ gateway: edge, host: 'shop.example.com', authentication: authentication(tenant) });
    const { gatewayObjects } = web({ expose }, tenant);
    expect(JSON.parse(JSON.stringify(gatewayObjects.listenerRuleConfiguration!.toJson().spec))).toEqual({
      actions: [action],
    });
    expect(gatewayObjects.httpRoute!.toJson().spec.rules![0]!.filters).toEqual([
      {
        type: 'ExtensionRef',
        extensionRef: { group: 'gateway.k8s.aws', kind: 'ListenerRuleConfiguration', name: 'web' },
      },
    ]);
  });
});
