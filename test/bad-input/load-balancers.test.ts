import { Authentication, Expose, Probe, PropsError, Secret, Tenant } from 'cdk8s-eks-patterns';
import { newTenant, web } from '../support/app';
import { judge, propsOf } from './support';

// what the compiler would refuse
const alb = (more: object = {}) => ({
  expose: Expose.alb({ host: 'shop.example.com', scheme: 'internal', ...more } as never),
});
const nlb = (more: object = {}) => ({
  port: { http: 8080, https: 8443, dns: { port: 53, protocol: 'UDP' } },
  expose: Expose.nlb({ scheme: 'internal', ...more } as never),
});
const HOST = { host: 'shop.example.com', scheme: 'internal' } as const;

describe('an Application Load Balancer', () => {
  judge(
    propsOf('WebService', [
      ['no host in the list', alb({ host: [] }), 'props/invalid', 'expose.host'],
      ['a bad host in the list', alb({ host: ['a.example.com', 'B'] }), 'props/invalid', 'expose.host[1]'],
      ['a host twice', alb({ host: ['a.example.com', 'a.example.com'] }), 'props/duplicate', 'expose.host[1]'],
      ['no certificates', alb({ certificate: [] }), 'props/invalid', 'expose.certificate'],
      ['a bad certificate in the list', alb({ certificate: ['shop'] }), 'props/invalid', 'expose.certificate[0]'],
      ['no listeners', alb({ listeners: {} }), 'props/invalid', 'expose.listeners'],
      ['an unknown listener', alb({ listeners: { tls: 443 } }), 'props/unknown', 'expose.listeners.tls'],
      ['one port for both', alb({ listeners: { http: 80, https: 80 } }), 'props/invalid', 'expose.listeners'],
      ['port 0', alb({ listeners: { http: 0 } }), 'props/invalid', 'expose.listeners.http'],
      [
        'the internet without TLS',
        alb({ scheme: 'internet-facing', listeners: { http: 80 } }),
        'props/forbidden',
        'expose.listeners',
      ],
      [
        'a certificate without TLS',
        alb({ listeners: { http: 80 }, certificate: 'arn:aws:acm:us-west-2:111122223333:certificate/a' }),
        'props/forbidden',
        'expose.certificate',
      ],
      ['a policy of TLS 1.2', alb({ tlsPolicy: 'TLSv1.2' }), 'props/invalid', 'expose.tlsPolicy'],
      ['an unknown protocol', alb({ protocol: 'h2c' }), 'props/unsupported', 'expose.protocol'],
      ['gRPC with an HTTP probe', alb({ protocol: 'grpc' }), 'props/forbidden', 'probes.readiness'],
      [
        'HTTP with a gRPC probe',
        { ...alb(), probes: { readiness: Probe.grpc(), liveness: Probe.tcp() } },
        'props/forbidden',
        'probes.readiness',
      ],
      ['no conditions', alb({ conditions: {} }), 'props/invalid', 'expose.conditions'],
      [
        'a condition on the host',
        alb({ conditions: { headers: { Host: 'a' } } }),
        'props/forbidden',
        'expose.conditions.headers.Host',
      ],
      [
        'a wildcard in a condition',
        alb({ conditions: { query: { a: '*' } } }),
        'props/invalid',
        'expose.conditions.query.a',
      ],
      ['an unknown condition', alb({ conditions: { sourceIp: 'a' } }), 'props/unknown', 'expose.conditions.sourceIp'],
      [
        'five values and one more',
        alb({ paths: ['/a'], conditions: { headers: { a: '1', b: '1' }, method: 'GET' } }),
        'props/invalid',
        'expose.conditions',
      ],
      [
        'verifying without a trust store',
        alb({ mutualAuthentication: { mode: 'verify' } }),
        'props/required',
        'expose.mutualAuthentication.trustStore',
      ],
      [
        'a trust store by name',
        alb({ mutualAuthentication: { mode: 'verify', trustStore: 'partners' } }),
        'props/invalid',
        'expose.mutualAuthentication.trustStore',
      ],
      [
        'passing through, and verifying',
        alb({ mutualAuthentication: { mode: 'passthrough', ignoreExpired: true } }),
        'props/forbidden',
        'expose.mutualAuthentication.ignoreExpired',
      ],
      [
        'certificates of clients without TLS',
        alb({ listeners: { http: 80 }, mutualAuthentication: { mode: 'passthrough' } }),
        'props/forbidden',
        'expose.mutualAuthentication',
      ],
      [
        'a mode of certificates that is off',
        alb({ mutualAuthentication: { mode: 'off' } }),
        'props/unsupported',
        'expose.mutualAuthentication.mode',
      ],
      [
        'a pool of private addresses',
        alb({ ipamPool: 'ipam-pool-0123456789abcdef0' }),
        'props/forbidden',
        'expose.ipamPool',
      ],
      ['a pool by name', alb({ ipamPool: 'public' }), 'props/invalid', 'expose.ipamPool'],
      ['too little capacity', alb({ minimumCapacity: 10 }), 'props/invalid', 'expose.minimumCapacity'],
      ['a web ACL by name', alb({ webAcl: 'shop' }), 'props/invalid', 'expose.webAcl'],
      [
        'a global web ACL',
        alb({ webAcl: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/1' }),
        'props/invalid',
        'expose.webAcl',
      ],
      ['a shield as text', alb({ shieldAdvanced: 'true' }), 'props/type', 'expose.shieldAdvanced'],
      ['an attribute without a name', alb({ attributes: { idle: '60' } }), 'props/invalid', 'expose.attributes.idle'],
      [
        'an idle timeout of two hours',
        alb({ attributes: { 'idle_timeout.timeout_seconds': '7200' } }),
        'props/invalid',
        "expose.attributes['idle_timeout.timeout_seconds']",
      ],
      [
        'a delay that follows from shutdown',
        alb({ targetGroupAttributes: { 'deregistration_delay.timeout_seconds': '5' } }),
        'props/forbidden',
        "expose.targetGroupAttributes['deregistration_delay.timeout_seconds']",
      ],
      ['checks all the time', alb({ healthCheck: { interval: '1s' } }), 'props/invalid', 'expose.healthCheck.interval'],
      ['checks too rarely', alb({ healthCheck: { interval: '10m' } }), 'props/invalid', 'expose.healthCheck.interval'],
      [
        'a timeout as long as the interval',
        alb({ healthCheck: { interval: '10s', timeout: '10s' } }),
        'props/invalid',
        'expose.healthCheck.timeout',
      ],
      ['healthy at once', alb({ healthCheck: { healthy: 1 } }), 'props/invalid', 'expose.healthCheck.healthy'],
      [
        'codes in words',
        alb({ healthCheck: { successCodes: 'ok' } }),
        'props/invalid',
        'expose.healthCheck.successCodes',
      ],
      ['an unknown check', alb({ healthCheck: { path: '/' } }), 'props/unknown', 'expose.healthCheck.path'],
      ['no subnets', alb({ subnets: [] }), 'props/invalid', 'expose.subnets'],
      [
        'subnets without ranges',
        alb({ subnets: [{ subnet: 'subnet-a' }] }),
        'props/required',
        'expose.subnets[0].cidr',
      ],
      ['subnets by id alone', alb({ subnets: ['subnet-a'] }), 'props/type', 'expose.subnets[0]'],
      ['no security groups', alb({ securityGroups: [] }), 'props/invalid', 'expose.securityGroups'],
      ['a prefix list by name', alb({ prefixLists: ['office'] }), 'props/invalid', 'expose.prefixLists[0]'],
      ['a tag that is a number', alb({ tags: { team: 1 } }), 'props/type', 'expose.tags.team'],
      ['a name with a dot', alb({ loadBalancerName: 'shop.web' }), 'props/invalid', 'expose.loadBalancerName'],
      ['authentication as data', alb({ authentication: { type: 'oidc' } }), 'props/type', 'expose.authentication'],
      [
        'authentication without TLS',
        alb({
          listeners: { http: 80 },
          authentication: Authentication.jwt({ jwksEndpoint: 'https://a.b', issuer: 'a' }),
        }),
        'props/forbidden',
        'expose.authentication',
      ],
      [
        'keys without TLS',
        alb({ authentication: Authentication.jwt({ jwksEndpoint: 'http://a.b', issuer: 'a' }) }),
        'props/invalid',
        'expose.authentication.jwksEndpoint',
      ],
      [
        'a pool by name',
        alb({
          authentication: Authentication.cognito({ userPoolArn: 'arn:aws:s3:::pool', clientId: 'a', domain: 'b' }),
        }),
        'props/invalid',
        'expose.authentication.userPoolArn',
      ],
    ]),
  );
  const endpoints = {
    issuer: 'https://a.b',
    authorizationEndpoint: 'https://a.b',
    tokenEndpoint: 'https://a.b',
    userInfoEndpoint: 'https://a.b',
  };
  judge([
    {
      mistake: 'a client of AWS, which no pod mounts',
      program: () => {
        const tenant = newTenant();
        const secret = Secret.fromSecretsManager(tenant, 'oidc', { secret: 'a', keys: ['clientID', 'clientSecret'] });
        web({ expose: Expose.alb({ ...HOST, authentication: Authentication.oidc({ ...endpoints, secret }) }) }, tenant);
      },
      error: PropsError,
      path: 'prod/shop/web',
      problem: 'props/type',
      fix: 'expose.authentication.secret',
    },
    {
      mistake: 'a client of another namespace',
      program: () => {
        const tenant = newTenant();
        const other = new Tenant(tenant.node.scope!, 'other');
        const secret = Secret.existing(other, 'oidc', ['clientID', 'clientSecret']);
        web({ expose: Expose.alb({ ...HOST, authentication: Authentication.oidc({ ...endpoints, secret }) }) }, tenant);
      },
      error: PropsError,
      path: 'prod/shop/web',
      problem: 'props/forbidden',
      fix: 'expose.authentication.secret',
    },
  ]);
});

describe('a Network Load Balancer', () => {
  judge(
    propsOf('WebService', [
      ['listeners and a port', nlb({ port: 'http', listeners: { 80: 'http' } }), 'props/forbidden', 'expose.port'],
      ['no listeners', nlb({ listeners: {} }), 'props/invalid', 'expose.listeners'],
      ['a listener by name', nlb({ listeners: { http: 'http' } }), 'props/invalid', 'expose.listeners.http'],
      ['an unknown port', nlb({ listeners: { 80: 'web' } }), 'props/unsupported', 'expose.listeners.80'],
      ['a number behind a listener', nlb({ listeners: { 80: 8080 } }), 'props/type', 'expose.listeners.80'],
      [
        'a pair of different numbers',
        nlb({ listeners: { 53: ['http', 'dns'] } }),
        'props/invalid',
        'expose.listeners.53',
      ],
      ['a pair of one', nlb({ listeners: { 53: ['dns', 'dns'] } }), 'props/invalid', 'expose.listeners.53'],
      [
        'TLS without a certificate',
        nlb({ listeners: { 443: 'https' }, tlsPorts: [443] }),
        'props/forbidden',
        'expose.tlsPorts',
      ],
      ['an ALPN policy without a certificate', nlb({ alpnPolicy: 'None' }), 'props/forbidden', 'expose.alpnPolicy'],
      ['an unknown ALPN policy', nlb({ alpnPolicy: 'HTTP3' }), 'props/unsupported', 'expose.alpnPolicy'],
      [
        'TLS on no listener',
        nlb({
          listeners: { 80: 'http' },
          tlsPorts: [443],
          certificate: 'arn:aws:acm:us-west-2:111122223333:certificate/a',
        }),
        'props/unsupported',
        'expose.tlsPorts[0]',
      ],
      [
        'TLS of UDP',
        nlb({ listeners: { 53: 'dns' }, certificate: 'arn:aws:acm:us-west-2:111122223333:certificate/a' }),
        'props/forbidden',
        'expose.port',
      ],
      ['addresses of clients by magic', nlb({ clientIp: 'true' }), 'props/unsupported', 'expose.clientIp'],
      ['Elastic IPs of an internal one', nlb({ elasticIps: ['eipalloc-0a'] }), 'props/forbidden', 'expose.elasticIps'],
      [
        'an address for an Elastic IP',
        nlb({ scheme: 'internet-facing', elasticIps: ['203.0.113.1'] }),
        'props/invalid',
        'expose.elasticIps[0]',
      ],
      [
        'fewer addresses than subnets',
        nlb({
          privateAddresses: ['10.0.0.10'],
          subnets: [
            { subnet: 'subnet-a', cidr: '10.0.0.0/24' },
            { subnet: 'subnet-b', cidr: '10.0.1.0/24' },
          ],
        }),
        'props/invalid',
        'expose.privateAddresses',
      ],
    ]),
  );
});

describe('a Network Load Balancer for each member', () => {
  const members = (more: object = {}) => ({
    replicas: 2,
    expose: Expose.nlb({ scheme: 'internal', perMember: true, ...more } as never),
  });
  const published = (perMember: object) => members({ scheme: 'internet-facing', perMember });
  judge([
    ...propsOf('WebService', [
      ['no members', nlb({ perMember: true }), 'props/unsupported', 'expose.perMember'],
      [
        'no members, in a list',
        { expose: [Expose.nodePort(), Expose.nlb({ scheme: 'internal', perMember: {} })] },
        'props/unsupported',
        'expose[1].perMember',
      ],
    ]),
    ...propsOf('StatefulService', [
      ['a text', members({ perMember: 'member' }), 'props/type', 'expose.perMember'],
      ['false', members({ perMember: false }), 'props/type', 'expose.perMember'],
      ['an unknown setting', members({ perMember: { host: 'a.b' } }), 'props/unknown', 'expose.perMember.host'],
      [
        'a domain without a dot',
        members({ perMember: { domain: 'kafka' } }),
        'props/invalid',
        'expose.perMember.domain',
      ],
      [
        'a domain with a wildcard',
        members({ perMember: { domain: '*.example.com' } }),
        'props/invalid',
        'expose.perMember.domain',
      ],
      [
        'one list of addresses for all',
        members({ privateAddresses: ['10.0.0.10'] }),
        'props/forbidden',
        'expose.privateAddresses',
      ],
      [
        'one list of Elastic IPs for all',
        members({ scheme: 'internet-facing', elasticIps: ['eipalloc-0123456789abcdef0'] }),
        'props/forbidden',
        'expose.elasticIps',
      ],
      [
        'addresses without lists',
        members({ perMember: { privateAddresses: ['10.0.0.10', '10.0.0.11'] } }),
        'props/type',
        'expose.perMember.privateAddresses[0]',
      ],
      [
        'Elastic IPs of internal ones',
        members({ perMember: { elasticIps: [['eipalloc-0123456789abcdef0'], ['eipalloc-0123456789abcdef1']] } }),
        'props/forbidden',
        'expose.perMember.elasticIps[0]',
      ],
      [
        'an Elastic IP for two members',
        published({ elasticIps: [['eipalloc-0123456789abcdef0'], ['eipalloc-0123456789abcdef0']] }),
        'props/duplicate',
        'expose.perMember.elasticIps[1][0]',
      ],
      [
        'a member without an Elastic IP',
        published({ elasticIps: [['eipalloc-0123456789abcdef0'], []] }),
        'props/invalid',
        'expose.perMember.elasticIps[1]',
      ],
      [
        'Elastic IPs for one of two members',
        published({ elasticIps: [['eipalloc-0123456789abcdef0']] }),
        'props/invalid',
        'expose.perMember.elasticIps',
      ],
      [
        'a name that is too long with a number',
        members({ loadBalancerName: 'a'.repeat(31) }),
        'props/invalid',
        'expose.loadBalancerName',
      ],
    ]),
  ]);
});

describe('several ways', () => {
  const [one, two] = [Expose.alb(HOST), Expose.alb({ host: 'shop.example', scheme: 'internal' })];
  judge(
    propsOf('WebService', [
      ['none', { expose: [] }, 'props/invalid', 'expose'],
      ['what is missing', { expose: [one, undefined] }, 'props/type', 'expose[1]'],
      ['inside beside outside', { expose: [one, Expose.clusterIp()] }, 'props/forbidden', 'expose[1]'],
      ['node ports twice', { expose: [Expose.nodePort(), Expose.nodePort()] }, 'props/duplicate', 'expose[1]'],
      ['the same port for the same clients', { expose: [one, two, two] }, 'props/duplicate', 'expose[2]'],
      [
        'a bad host in the second',
        { expose: [one, Expose.alb({ host: 'B', scheme: 'internal' })] },
        'props/invalid',
        'expose[1].host',
      ],
    ]),
  );
});
