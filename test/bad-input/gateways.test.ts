import { Authentication, Expose, Gateway, NetworkGateway, Probe, PropsError, RouteMatch } from 'cdk8s-eks-patterns';
import { newTenant, web } from '../support/app';
import { judge, propsOf } from './support';

const host = 'shop.example.com';
const CERTIFICATE = 'arn:aws:acm:us-west-2:111122223333:certificate/a';
const edge = (more: object = {}) =>
  Gateway.existing({ name: 'edge', namespace: 'edge', scheme: 'internal', ...more } as never);
// what the compiler would refuse
const route = (more: object = {}) => ({ expose: Expose.gateway({ gateway: edge(), host, ...more } as never) });
const matching = (match: unknown) => route({ matches: [match] });
const redirecting = (more: object) => route({ redirects: [{ matches: [RouteMatch.path('/old')], ...more }] });
const answering = (more: object) => route({ responses: [{ matches: [RouteMatch.path('/old')], ...more }] });
const GRPC = { probes: { readiness: Probe.grpc(), liveness: Probe.tcp() } };
const jwt = Authentication.jwt({ jwksEndpoint: 'https://login.example.com/keys', issuer: 'login' });

describe('a route of a Gateway', () => {
  judge(
    propsOf('WebService', [
      ['an unknown key', route({ timeouts: { request: '30s' } }), 'props/unknown', 'expose.timeouts'],
      ['no Gateway', route({ gateway: undefined }), 'props/required', 'expose.gateway'],
      ['a Gateway by name', route({ gateway: 'edge' }), 'props/type', 'expose.gateway'],
      ['an object for a Gateway', route({ gateway: { name: 'edge' } }), 'props/type', 'expose.gateway'],
      ['no host', route({ host: undefined }), 'props/required', 'expose.host'],
      ['a bad host in the list', route({ host: [host, 'B'] }), 'props/invalid', 'expose.host[1]'],
      ['an unknown port', route({ port: 'admin' }), 'props/unsupported', 'expose.port'],
      ['a range without a length', route({ allowFrom: ['10.0.0.0'] }), 'props/invalid', 'expose.allowFrom[0]'],
      ['an unknown protocol', route({ protocol: 'h2c' }), 'props/unsupported', 'expose.protocol'],
      [
        'a time of the deregistration',
        route({ targetGroupAttributes: { 'deregistration_delay.timeout_seconds': '1' } }),
        'props/forbidden',
        "expose.targetGroupAttributes['deregistration_delay.timeout_seconds']",
      ],
      [
        'an interval of an hour',
        route({ healthCheck: { interval: '1h' } }),
        'props/invalid',
        'expose.healthCheck.interval',
      ],
      [
        'a UDP port',
        { port: { http: 8080, dns: { port: 53, protocol: 'UDP' } }, ...route({ port: 'dns' }) },
        'props/forbidden',
        'expose.port',
      ],
      ['gRPC with an HTTP probe', route({ protocol: 'grpc' }), 'props/forbidden', 'probes.readiness'],
      [
        'gRPC without TLS',
        { ...route({ protocol: 'grpc', gateway: edge({ listeners: { http: 80 } }) }), ...GRPC },
        'props/forbidden',
        'expose.gateway',
      ],
      [
        'HTTP/2 without TLS',
        route({ protocol: 'http2', gateway: edge({ listeners: { http: 80 } }) }),
        'props/forbidden',
        'expose.gateway',
      ],
      [
        'a login without TLS',
        route({ authentication: jwt, gateway: edge({ listeners: { http: 80 } }) }),
        'props/forbidden',
        'expose.authentication',
      ],
      ['a login as an object', route({ authentication: {} }), 'props/type', 'expose.authentication'],
      ['stickiness without weights', route({ stickiness: '1h' }), 'props/forbidden', 'expose.stickiness'],
      ['no weights', route({ weights: [] }), 'props/invalid', 'expose.weights'],
      ['no matches', route({ matches: [] }), 'props/invalid', 'expose.matches'],
      ['a path for a match', matching('/cart'), 'props/type', 'expose.matches[0]'],
      ['a relative path', matching(RouteMatch.path('cart')), 'props/invalid', 'expose.matches[0]'],
      ['a path with a wildcard', matching(RouteMatch.exactPath('/cart/*')), 'props/invalid', 'expose.matches[0]'],
      ['an empty pattern', matching(RouteMatch.pathPattern('')), 'props/invalid', 'expose.matches[0]'],
      ['a number for a path', matching(RouteMatch.path(1 as never)), 'props/type', 'expose.matches[0]'],
      [
        'an unknown condition',
        matching(RouteMatch.path('/', { cookies: {} } as never)),
        'props/unknown',
        'expose.matches[0].cookies',
      ],
      [
        'a header with a wildcard',
        matching(RouteMatch.anyPath({ headers: { a: '*' } })),
        'props/invalid',
        'expose.matches[0].headers.a',
      ],
      [
        'the header of the host',
        matching(RouteMatch.anyPath({ headers: { Host: 'a' } })),
        'props/forbidden',
        'expose.matches[0].headers.Host',
      ],
      [
        'a header with a space',
        matching(RouteMatch.anyPath({ headerPatterns: { 'a b': '.*' } })),
        'props/invalid',
        "expose.matches[0].headerPatterns['a b']",
      ],
      [
        'a number for a parameter',
        matching(RouteMatch.anyPath({ query: { a: 1 as never } })),
        'props/type',
        'expose.matches[0].query.a',
      ],
      [
        'an unknown method',
        matching(RouteMatch.anyPath({ method: 'get' as never })),
        'props/unsupported',
        'expose.matches[0].method',
      ],
      [
        'a call of gRPC for HTTP',
        matching(RouteMatch.grpc({ service: 'Catalog' })),
        'props/forbidden',
        'expose.matches[0]',
      ],
      [
        'a path for gRPC',
        { ...route({ protocol: 'grpc', matches: [RouteMatch.path('/')] }), ...GRPC },
        'props/forbidden',
        'expose.matches[0]',
      ],
      ['a call of nothing', matching(RouteMatch.grpc({})), 'props/required', 'expose.matches[0]'],
      [
        'a service with a slash',
        matching(RouteMatch.grpc({ service: 'shop/Catalog' })),
        'props/invalid',
        'expose.matches[0].service',
      ],
      [
        'a method with a dot',
        matching(RouteMatch.grpc({ method: 'a.b' })),
        'props/invalid',
        'expose.matches[0].method',
      ],
      [
        'more values than a rule has',
        matching(RouteMatch.path('/a', { headers: { a: '1', b: '2', c: '3' } })),
        'props/invalid',
        'expose.matches[0]',
      ],
      [
        'ranges beyond those of a rule',
        route({ allowFrom: ['10.0.0.0/8', '10.0.0.0/9', '10.0.0.0/10', '10.0.0.0/11'] }),
        'props/invalid',
        'expose.matches',
      ],
      ['a rewrite of nothing', route({ rewrite: {} }), 'props/required', 'expose.rewrite'],
      [
        'a rewrite of path and prefix',
        route({ rewrite: { host: 'a.internal', path: '/', prefix: '/' } }),
        'props/forbidden',
        'expose.rewrite.prefix',
      ],

      [
        'a prefix of two matches',
        route({ rewrite: { prefix: '/' }, matches: [RouteMatch.path('/a'), RouteMatch.path('/b')] }),
        'props/forbidden',
        'expose.rewrite.prefix',
      ],
      [
        'a prefix of an exact path',
        route({ rewrite: { prefix: '/' }, matches: [RouteMatch.exactPath('/a')] }),
        'props/forbidden',
        'expose.rewrite.prefix',
      ],
      ['a relative path to rewrite to', route({ rewrite: { path: 'a' } }), 'props/invalid', 'expose.rewrite.path'],
      ['a bad host to rewrite to', route({ rewrite: { host: '*.a' } }), 'props/invalid', 'expose.rewrite.host'],
      [
        'a rewrite of gRPC',
        { ...route({ protocol: 'grpc', rewrite: { host: 'a.internal' } }), ...GRPC },
        'props/forbidden',
        'expose.rewrite',
      ],
      ['no redirects', route({ redirects: [] }), 'props/invalid', 'expose.redirects'],
      ['a redirect to itself', redirecting({}), 'props/required', 'expose.redirects[0]'],
      [
        'a redirect of nothing',
        route({ redirects: [{ path: '/new' }] }),
        'props/required',
        'expose.redirects[0].matches',
      ],
      [
        'a redirect with 307',
        redirecting({ path: '/new', status: 307 }),
        'props/unsupported',
        'expose.redirects[0].status',
      ],
      ['a redirect to another prefix alone', redirecting({ prefix: '/new' }), 'props/required', 'expose.redirects[0]'],
      [
        'a redirect to a prefix and a path',
        redirecting({ host, prefix: '/new', path: '/new' }),
        'props/forbidden',
        'expose.redirects[0].prefix',
      ],
      [
        'a redirect of a path to a prefix',
        redirecting({ host, prefix: '/new', matches: [RouteMatch.exactPath('/old')] }),
        'props/forbidden',
        'expose.redirects[0].prefix',
      ],
      [
        'a redirect with a question mark',
        redirecting({ host, query: '?a=1' }),
        'props/invalid',
        'expose.redirects[0].query',
      ],
      [
        'a redirect with a long query',
        redirecting({ host, query: 'a'.repeat(129) }),
        'props/invalid',
        'expose.redirects[0].query',
      ],
      ['no responses', route({ responses: [] }), 'props/invalid', 'expose.responses'],
      [
        'responses that are too many with redirects',
        route({
          responses: Array.from({ length: 8 }, (_, i) => ({ matches: [RouteMatch.path(`/a${i}`)], status: 404 })),
          redirects: Array.from({ length: 8 }, (_, i) => ({ matches: [RouteMatch.path(`/b${i}`)], path: '/new' })),
        }),
        'props/invalid',
        'expose.responses',
      ],
      [
        'a response to nothing',
        route({ responses: [{ status: 404 }] }),
        'props/required',
        'expose.responses[0].matches',
      ],
      ['a response without a status', answering({}), 'props/type', 'expose.responses[0].status'],
      ['a response that redirects', answering({ status: 302 }), 'props/unsupported', 'expose.responses[0].status'],
      ['a response with 600', answering({ status: 600 }), 'props/invalid', 'expose.responses[0].status'],
      [
        'a response that is a page',
        answering({ status: 200, body: 'a'.repeat(1025) }),
        'props/invalid',
        'expose.responses[0].body',
      ],
      [
        'a response that is a picture',
        answering({ status: 200, contentType: 'image/png' }),
        'props/unsupported',
        'expose.responses[0].contentType',
      ],
      [
        'a header in a response',
        answering({ status: 200, headers: {} }),
        'props/unknown',
        'expose.responses[0].headers',
      ],
      [
        'a response of gRPC',
        { ...route({ protocol: 'grpc', responses: [{ matches: [RouteMatch.path('/')], status: 503 }] }), ...GRPC },
        'props/forbidden',
        'expose.responses',
      ],
      ['a redirect to FTP', redirecting({ scheme: 'ftp' }), 'props/unsupported', 'expose.redirects[0].scheme'],
      ['a redirect to port 0', redirecting({ port: 0 }), 'props/invalid', 'expose.redirects[0].port'],
      ['a redirect to a bad host', redirecting({ host: 'A' }), 'props/invalid', 'expose.redirects[0].host'],
    ]),
  );

  test('a weight that is no workload', () => {
    const tenant = newTenant();
    const weights = [{ to: tenant, weight: 10 }];
    expect(() => web({ expose: Expose.gateway({ gateway: edge(), host, weights } as never) }, tenant)).toThrow(
      /expose\.weights\[0\]\.to must be a WebService/,
    );
  });
});

describe('a Gateway', () => {
  const gateway = (more: object, id = 'edge') => ({
    program: () => new Gateway(newTenant(), id, { scheme: 'internal', ...more } as never),
    path: `prod/shop/${id}`,
  });
  const existing = (more: object) => ({ program: () => edge(more), path: 'Gateway.existing' });
  const rows = [
    ['an unknown key', gateway({ host }), 'props/unknown', 'host'],
    ['no scheme', gateway({ scheme: undefined }), 'props/required', 'scheme'],
    ['an unknown scheme', gateway({ scheme: 'public' }), 'props/unsupported', 'scheme'],
    ['a name of 55 letters', gateway({}, 'a'.repeat(55)), 'props/invalid', ''],
    ['a bad certificate', gateway({ certificate: ['shop'] }), 'props/invalid', 'certificate[0]'],
    ['a policy of TLS 1.2', gateway({ tlsPolicy: 'TLSv1.2' }), 'props/invalid', 'tlsPolicy'],
    ['no listeners', gateway({ listeners: {} }), 'props/invalid', 'listeners'],
    [
      'the internet without TLS',
      gateway({ scheme: 'internet-facing', listeners: { http: 80 } }),
      'props/forbidden',
      'listeners',
    ],
    ['a web ACL by name', gateway({ webAcl: 'shop' }), 'props/invalid', 'webAcl'],
    ['a range without a length', gateway({ allowFrom: ['10.0.0.0'] }), 'props/invalid', 'allowFrom[0]'],
    ['an attribute without a name', gateway({ attributes: { idle: '60' } }), 'props/invalid', 'attributes.idle'],
    [
      'an attribute of a listener without a name',
      gateway({ listenerAttributes: { idle: '60' } }),
      'props/invalid',
      'listenerAttributes.idle',
    ],
    [
      'a number for an attribute of a listener',
      gateway({ listenerAttributes: { 'a.b': 60 } }),
      'props/type',
      "listenerAttributes['a.b']",
    ],
    ['a subnet without its range', gateway({ subnets: [{ subnet: 'subnet-0' }] }), 'props/required', 'subnets[0].cidr'],
    [
      'a name of AWS with 40 letters',
      gateway({ loadBalancerName: 'a'.repeat(40) }),
      'props/invalid',
      'loadBalancerName',
    ],
    ['no tenants', gateway({ routesFrom: [] }), 'props/invalid', 'routesFrom'],
    ['another word than all', gateway({ routesFrom: 'every' }), 'props/type', 'routesFrom'],
    ['a number for a tenant', gateway({ routesFrom: [1] }), 'props/type', 'routesFrom[0]'],
    ['a bad namespace', gateway({ routesFrom: ['Shop'] }), 'props/invalid', 'routesFrom[0]'],
    ['an existing one without a name', existing({ name: undefined }), 'props/required', 'name'],
    ['an existing one with a bad namespace', existing({ namespace: 'A' }), 'props/invalid', 'namespace'],
    ['an existing one without a scheme', existing({ scheme: undefined }), 'props/required', 'scheme'],
    ['an existing one with port 0', existing({ listeners: { https: 0 } }), 'props/invalid', 'listeners.https'],
    ['an existing one with an empty list of subnets', existing({ subnets: [] }), 'props/invalid', 'subnets'],
  ] as const;
  judge(rows.map(([mistake, made, problem, fix]) => ({ mistake, ...made, error: PropsError, problem, fix })));
});

describe('a NetworkGateway', () => {
  const gateway = (more: object, id = 'queues') => ({
    program: () =>
      new NetworkGateway(newTenant(), id, { scheme: 'internal', listeners: { 80: 'TCP' }, ...more } as never),
    path: `prod/shop/${id}`,
  });
  const rows = [
    ['an unknown key', gateway({ webAcl: 'a' }), 'props/unknown', 'webAcl'],
    ['no scheme', gateway({ scheme: undefined }), 'props/required', 'scheme'],
    ['no listeners', gateway({ listeners: undefined }), 'props/required', 'listeners'],
    ['an empty map of listeners', gateway({ listeners: {} }), 'props/invalid', 'listeners'],
    ['port 0', gateway({ listeners: { 0: 'TCP' } }), 'props/invalid', 'listeners.0'],
    ['HTTP', gateway({ listeners: { 80: 'HTTP' } }), 'props/unsupported', 'listeners.80'],
    ['a policy without TLS', gateway({ tlsPolicy: 'ELBSecurityPolicy-A' }), 'props/forbidden', 'tlsPolicy'],
    [
      'an unknown policy of protocols',
      gateway({ listeners: { 443: 'TLS' }, certificate: CERTIFICATE, alpnPolicy: 'h2' }),
      'props/unsupported',
      'alpnPolicy',
    ],
    ['a bad namespace', gateway({ routesFrom: ['Shop'] }), 'props/invalid', 'routesFrom[0]'],
    ['a name with a dot', gateway({}, 'a.b'), 'props/invalid', ''],
  ] as const;
  judge(rows.map(([mistake, made, problem, fix]) => ({ mistake, ...made, error: PropsError, problem, fix })));

  const listen = (more: object, props: object = {}) => ({
    program: () => {
      const tenant = newTenant();
      const listeners = { 80: 'TCP', 53: 'UDP', 443: 'TLS' } as const;
      const own = new NetworkGateway(tenant, 'queues', { scheme: 'internal', listeners });
      web({ ...props, expose: Expose.networkGateway({ gateway: own, listener: 80, ...more } as never) }, tenant);
    },
    path: 'prod/shop/web',
  });
  const routes = [
    ['an unknown key', listen({ hosts: [host] }), 'props/unknown', 'expose.hosts'],
    ['TLS without a certificate or a name', listen({ listener: 443 }), 'props/required', 'expose.host'],
    ['a name without TLS', listen({ host }), 'props/forbidden', 'expose.host'],
    ['no names', listen({ listener: 443, host: [] }), 'props/invalid', 'expose.host'],
    ['a bad name in the list', listen({ listener: 443, host: [host, 'B'] }), 'props/invalid', 'expose.host[1]'],
    ['no Gateway', listen({ gateway: undefined }), 'props/required', 'expose.gateway'],
    ['a Gateway of HTTP', listen({ gateway: edge() }), 'props/type', 'expose.gateway'],
    ['no listener', listen({ listener: undefined }), 'props/required', 'expose.listener'],
    ['a listener that is not there', listen({ listener: 81 }), 'props/unsupported', 'expose.listener'],
    ['a listener as text', listen({ listener: '80' }), 'props/unsupported', 'expose.listener'],
    ['a port of TCP for UDP', listen({ listener: 53 }), 'props/forbidden', 'expose.port'],
    ['an unknown port', listen({ port: 'admin' }), 'props/unsupported', 'expose.port'],
    ['one success', listen({ healthCheck: { healthy: 1 } }), 'props/invalid', 'expose.healthCheck.healthy'],
  ] as const;
  judge(
    routes.map(([mistake, made, problem, fix]) => ({
      mistake: `${mistake} of a route`,
      ...made,
      error: PropsError,
      problem,
      fix,
    })),
  );
});
