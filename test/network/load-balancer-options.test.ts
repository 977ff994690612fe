import { type AlbProps, Authentication, Expose, type NlbProps, Probe, Secret } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { appOf, type Manifest, newTenant, synthErrors, web } from '../support/app';
import { ingress, range } from './support';

const CERTIFICATE = 'arn:aws:acm:us-west-2:111122223333:certificate/abc';
const WEB_ACL = 'arn:aws:wafv2:us-west-2:111122223333:regional/webacl/shop/12345678-1234-1234-1234-123456789012';
const ALB = 'alb.ingress.kubernetes.io/';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';

function told(object: { metadata: { annotations?: Record<string, string> } }, prefix: string) {
  const own = Object.entries(object.metadata.annotations ?? {}).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}
const manifestsOf = (app: ReturnType<typeof appOf>) => Testing.synth(app) as readonly Manifest[];
function alb(more: Partial<AlbProps<string>>, props: object = {}, tenant = newTenant()) {
  const expose = Expose.alb({ host: 'shop.example.com', scheme: 'internal', ...more });
  const made = web({ ...props, expose }, tenant);
  expect(synthErrors(appOf(made))).toEqual([]);
  const object = made.ingress!.toJson();
  return { made, told: told(object, ALB), spec: object.spec };
}
function nlb(more: Partial<NlbProps<string>>, props: object = {}) {
  const made = web({ ...props, expose: Expose.nlb({ scheme: 'internal', ...more }) });
  expect(synthErrors(appOf(made))).toEqual([]);
  const object = made.loadBalancerService!.toJson();
  return { made, told: told(object, NLB), spec: object.spec };
}

test.each([
  ['gRPC', Probe.grpc({ port: 'health' })],
  ['HTTP', Probe.http('/readyz', { port: 'health' })],
  ['TCP', Probe.tcp('health')],
])('a Network Load Balancer that asks another port by %s is let in there', (_what, readiness) => {
  const { made, told } = nlb(
    { subnets: [{ subnet: 'subnet-0123456789abcdef0', cidr: '10.1.0.0/24' }] },
    { port: { http: 8080, health: 9000 }, probes: { readiness, liveness: Probe.tcp() } },
  );
  expect(told['healthcheck-port']).toBe('9000');
  expect(ingress(made)).toContainEqual({ peers: [range('10.1.0.0/24')], ports: ['8080/TCP', '9000/TCP'] });
});

describe('an Application Load Balancer', () => {
  test('takes several hosts and certificates', () => {
    const { told, spec } = alb({
      host: ['shop.example.com', '*.shop.example.com'],
      certificate: [CERTIFICATE, `${CERTIFICATE}2`],
    });
    expect(spec.rules.map(({ host }) => host)).toEqual(['shop.example.com', '*.shop.example.com']);
    expect(spec.tls).toEqual([{ hosts: ['shop.example.com', '*.shop.example.com'] }]);
    expect(told['certificate-arn']).toBe(`${CERTIFICATE},${CERTIFICATE}2`);
  });

  test('listens where it is told to', () => {
    const both = alb({ listeners: { http: 8080, https: 8443 } });
    expect(both.told).toMatchObject({ 'listen-ports': '[{"HTTP":8080},{"HTTPS":8443}]', 'ssl-redirect': '8443' });
    const plain = alb({ listeners: { http: 80 } });
    expect(plain.told['listen-ports']).toBe('[{"HTTP":80}]');
    expect(plain.told['ssl-redirect']).toBeUndefined();
    expect(plain.told['ssl-policy']).toBeUndefined();
    expect(plain.spec.tls).toBeUndefined();
    const tls = alb({ listeners: { https: 443 }, tlsPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' });
    expect(tls.told).toMatchObject({
      'listen-ports': '[{"HTTPS":443}]',
      'ssl-policy': 'ELBSecurityPolicy-TLS13-1-3-2021-06',
    });
    expect(tls.told['ssl-redirect']).toBeUndefined();
  });

  test('speaks gRPC to a port that says so, and asks as the kubelet does', () => {
    const { told } = alb(
      {},
      {
        port: { grpc: { port: 50051, appProtocol: 'grpc' } },
        probes: { readiness: Probe.grpc(), liveness: Probe.tcp() },
      },
    );
    expect(told).toMatchObject({
      'backend-protocol-version': 'GRPC',
      'healthcheck-path': '/grpc.health.v1.Health/Check',
      'success-codes': '0',
    });
  });

  test('speaks HTTP/2 and HTTPS where it is told to', () => {
    expect(alb({ protocol: 'http2' }).told['backend-protocol-version']).toBe('HTTP2');
    const secure = alb(
      { protocol: 'https' },
      {
        port: { https: 8443, admin: 9000 },
        probes: { readiness: Probe.http('/readyz', { port: 'admin' }), liveness: Probe.tcp() },
      },
    );
    expect(secure.told).toMatchObject({ 'backend-protocol': 'HTTPS', 'healthcheck-port': '9000' });
    expect(secure.told['healthcheck-protocol']).toBeUndefined();
  });

  test('has settings of its own', () => {
    const { told } = alb({
      attributes: { 'idle_timeout.timeout_seconds': '300', 'deletion_protection.enabled': 'true' },
      targetGroupAttributes: { 'slow_start.duration_seconds': '60' },
      healthCheck: { interval: '30s', timeout: '10s', healthy: 3, unhealthy: 5, successCodes: '200' },
      securityGroups: ['sg-0123456789abcdef0'],
      prefixLists: ['pl-0123456789abcdef0'],
      tags: { team: 'shop', note: 'a,b' },
      loadBalancerName: 'shop',
      webAcl: WEB_ACL,
      shieldAdvanced: true,
    });
    expect(told).toMatchObject({
      'load-balancer-attributes': 'idle_timeout.timeout_seconds=300,deletion_protection.enabled=true',
      'target-group-attributes': 'deregistration_delay.timeout_seconds=35,slow_start.duration_seconds=60',
      'healthcheck-interval-seconds': '30',
      'healthcheck-timeout-seconds': '10',
      'healthy-threshold-count': '3',
      'unhealthy-threshold-count': '5',
      'success-codes': '200',
      'security-groups': 'sg-0123456789abcdef0',
      'manage-backend-security-group-rules': 'true',
      'security-group-prefix-lists': 'pl-0123456789abcdef0',
      tags: 'team=shop,note=a\\,b',
      'load-balancer-name': 'shop',
      'wafv2-acl-arn': WEB_ACL,
      'shield-advanced-protection': 'true',
    });
  });

  test('takes requests that meet conditions', () => {
    const { told } = alb({
      conditions: { headers: { 'x-canary': '1' }, headerPatterns: { 'user-agent': '.*Mobile.*' }, method: 'GET' },
    });
    expect(JSON.parse(told['conditions.web']!)).toEqual([
      { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'x-canary', values: ['1'] } },
      { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'user-agent', regexValues: ['.*Mobile.*'] } },
      { field: 'http-request-method', httpRequestMethodConfig: { values: ['GET'] } },
    ]);
    const query = alb({ conditions: { query: { beta: '1', lang: 'de' } } }).told['conditions.web']!;
    // two of one condition would be alternatives
    expect((JSON.parse(query) as object[]).map((one) => JSON.stringify(one))).toEqual([
      '{"field":"query-string","queryStringConfig":{"values":[{"key":"beta","value":"1"}]}}',
      '{"field":"query-string","queryStringConfig":{"values":[{"key":"lang","value":"de"}]}}',
    ]);
  });

  test('tries a workload with conditions before one of the same host and path', () => {
    const tenant = newTenant();
    const [all, some] = [undefined, { headers: { 'x-canary': '1' } }].map((conditions, i) =>
      web(
        {
          expose: Expose.alb({
            scheme: 'internal',
            host: 'shop.example.com',
            group: 'shop',
            ...(conditions ? { conditions } : {}),
          }),
        },
        tenant,
        `web-${i}`,
      ),
    );
    expect(synthErrors(appOf(tenant))).toEqual([]);
    const place = (made: typeof all) => Number(told(made!.ingress!.toJson(), ALB)['group.order']);
    expect(place(some)).toBeLessThan(place(all));
  });

  test('puts the conditions of shared requests on their action', () => {
    const tenant = newTenant();
    const canary = web({}, tenant, 'canary');
    const { told } = alb({ conditions: { method: 'GET' }, weights: [{ to: canary, weight: 10 }] }, {}, tenant);
    const [action] = Object.keys(told).filter((key) => key.startsWith('actions.'));
    expect(Object.keys(told).filter((key) => key.startsWith('conditions.'))).toEqual([
      action!.replace('actions.', 'conditions.'),
    ]);
  });

  test('asks clients for certificates, and has addresses and capacity of its own', () => {
    const trustStore = 'arn:aws:elasticloadbalancing:us-west-2:111122223333:truststore/partners/0123456789abcdef';
    const { told } = alb({
      scheme: 'internet-facing',
      listeners: { https: 8443 },
      mutualAuthentication: { mode: 'verify', trustStore, ignoreExpired: true, advertiseAuthorities: false },
      ipamPool: 'ipam-pool-0123456789abcdef0',
      minimumCapacity: 200,
    });
    expect(told).toMatchObject({
      'ipam-ipv4-pool-id': 'ipam-pool-0123456789abcdef0',
      'minimum-load-balancer-capacity': 'CapacityUnits=200',
    });
    expect(JSON.parse(told['mutual-authentication']!)).toEqual([
      {
        port: 8443,
        mode: 'verify',
        trustStore,
        ignoreClientCertificateExpiry: true,
        advertiseTrustStoreCaNames: 'off',
      },
    ]);
    const passed = alb({ mutualAuthentication: { mode: 'passthrough' } }).told['mutual-authentication'];
    expect(passed).toBe('[{"port":443,"mode":"passthrough"}]');
  });

  test('is let in from its own subnets', () => {
    const { told, made } = alb({
      subnets: [
        { subnet: 'subnet-0123456789abcdef0', cidr: '10.1.0.0/24' },
        { subnet: 'subnet-0123456789abcdef1', cidr: '10.1.1.0/24' },
      ],
    });
    expect(told.subnets).toBe('subnet-0123456789abcdef0,subnet-0123456789abcdef1');
    expect(ingress(made)).toEqual([{ peers: [range('10.1.0.0/24'), range('10.1.1.0/24')], ports: ['8080/TCP'] }]);
  });

  test('authenticates users of OpenID Connect, of Cognito, and tokens', () => {
    const tenant = newTenant();
    const secret = Secret.existing(tenant, 'oidc', ['clientID', 'clientSecret']);
    const endpoints = {
      issuer: 'https://login.example.com',
      authorizationEndpoint: 'https://login.example.com/authorize',
      tokenEndpoint: 'https://login.example.com/token',
      userInfoEndpoint: 'https://login.example.com/userinfo',
    };
    const oidc = alb(
      { authentication: Authentication.oidc({ ...endpoints, secret, sessionTimeout: '12h', scope: 'openid email' }) },
      {},
      tenant,
    ).told;
    expect(JSON.parse(oidc['auth-idp-oidc']!)).toEqual({ ...endpoints, secretName: 'oidc' });
    expect(oidc).toMatchObject({ 'auth-type': 'oidc', 'auth-session-timeout': '43200', 'auth-scope': 'openid email' });

    const userPoolArn = 'arn:aws:cognito-idp:us-west-2:111122223333:userpool/us-west-2_abc';
    const cognito = alb({
      authentication: Authentication.cognito({
        userPoolArn,
        clientId: 'web',
        domain: 'shop',
        onUnauthenticated: 'deny',
        sessionCookie: 'shop',
      }),
    }).told;
    expect(JSON.parse(cognito['auth-idp-cognito']!)).toEqual({
      userPoolARN: userPoolArn,
      userPoolClientID: 'web',
      userPoolDomain: 'shop',
    });
    expect(cognito).toMatchObject({ 'auth-on-unauthenticated-request': 'deny', 'auth-session-cookie': 'shop' });

    const jwt = { jwksEndpoint: 'https://login.example.com/keys', issuer: 'https://login.example.com' };
    expect(JSON.parse(alb({ authentication: Authentication.jwt(jwt) }).told['jwt-validation']!)).toEqual(jwt);
  });
});

describe('a Network Load Balancer', () => {
  const port = { http: 8080, https: 8443, dns: { port: 5353, protocol: 'UDP' }, 'dns-tcp': 5353 };

  test('listens on other ports than the workload', () => {
    const { spec, made } = nlb({ listeners: { 80: 'http', 443: 'https', 8000: 'http' } }, { port });
    expect(spec.ports.map(({ name, port, targetPort }) => [name, port, targetPort])).toEqual([
      ['http', 80, 8080],
      ['https', 443, 8443],
      ['http-8000', 8000, 8080],
    ]);
    expect(ingress(made).flatMap(({ ports }) => ports)).toEqual(['8080/TCP', '8443/TCP']);
  });

  test('shares a listener between TCP and UDP, whose clients the policy lets in', () => {
    const { spec, told, made } = nlb({ listeners: { 53: ['dns-tcp', 'dns'] } }, { port });
    expect(spec.ports.map(({ name, port, protocol }) => [name, port, protocol])).toEqual([
      ['dns-tcp', 53, 'TCP'],
      ['dns', 53, 'UDP'],
    ]);
    expect(told['enable-tcp-udp-listener']).toBe('true');
    const [, clients] = ingress(made);
    expect(clients).toEqual({
      peers: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].map((one) => range(one)),
      ports: ['5353/UDP'],
    });
  });

  test('terminates TLS on the listeners that are told', () => {
    const { told } = nlb(
      {
        listeners: { 80: 'http', 443: 'https' },
        certificate: CERTIFICATE,
        tlsPorts: [443],
        alpnPolicy: 'HTTP2Preferred',
      },
      { port },
    );
    expect(told).toMatchObject({ 'ssl-cert': CERTIFICATE, 'ssl-ports': 'https', 'alpn-policy': 'HTTP2Preferred' });
  });

  test('shows the pods the clients', () => {
    const kept = nlb({ clientIp: 'preserve', allowFrom: ['10.9.0.0/16'] });
    expect(kept.told['target-group-attributes']).toBe(
      'deregistration_delay.timeout_seconds=35,preserve_client_ip.enabled=true',
    );
    expect(ingress(kept.made)).toContainEqual({ peers: [range('10.9.0.0/16')], ports: ['8080/TCP'] });
    const told = nlb({ clientIp: 'proxy-protocol' });
    expect(told.told['target-group-attributes']).toContain('proxy_protocol_v2.enabled=true');
    expect(ingress(told.made)).toHaveLength(1);
  });

  test('has addresses and zones of its own', () => {
    const open = nlb({
      scheme: 'internet-facing',
      elasticIps: ['eipalloc-0123456789abcdef0', 'eipalloc-0123456789abcdef1'],
      crossZone: true,
    });
    expect(open.told).toMatchObject({
      'eip-allocations': 'eipalloc-0123456789abcdef0,eipalloc-0123456789abcdef1',
      attributes: 'load_balancing.cross_zone.enabled=true',
    });
    expect(nlb({ privateAddresses: ['10.0.1.10', '10.0.2.10'] }).told['private-ipv4-addresses']).toBe(
      '10.0.1.10,10.0.2.10',
    );
  });
});

describe('several ways', () => {
  const port = { api: 8080, console: 9090 };

  test('are objects of their own, which customize edits alike', () => {
    const made = web({
      port,
      expose: [
        Expose.nlb({ scheme: 'internal', port: 'api' }),
        Expose.alb({ scheme: 'internal', host: 'api.example.com', port: 'api' }),
        Expose.alb({ scheme: 'internal', host: 'console.example.com', port: 'console' }),
      ],
      customize: {
        ingress: (i: { metadata: { annotations: Record<string, string> } }) => {
          i.metadata.annotations.edited = 'yes';
        },
      },
    });
    const manifests = manifestsOf(appOf(made)).filter(({ kind }) => kind === 'Ingress');
    expect(manifests.map(({ metadata }) => [metadata.name, metadata.annotations.edited])).toEqual([
      ['web', 'yes'],
      ['web-console', 'yes'],
    ]);
    expect(made.loadBalancerService!.name).toBe('web-nlb');
    expect(ingress(made).flatMap(({ ports }) => ports)).toEqual(expect.arrayContaining(['8080/TCP', '9090/TCP']));
  });

  test('tell who reaches them where they have the same port', () => {
    const made = web({
      expose: [
        Expose.alb({ scheme: 'internal', host: 'shop.internal.example.com' }),
        Expose.alb({ scheme: 'internet-facing', host: 'shop.example.com' }),
        Expose.nodePort(),
      ],
    });
    const names = manifestsOf(appOf(made)).flatMap(({ kind, metadata }) => (kind === 'Ingress' ? [metadata.name] : []));
    expect(names).toEqual(['web', 'web-public']);
    expect(made.service.toJson().spec.type).toBe('NodePort');
  });
});
