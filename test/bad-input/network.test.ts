import { Config, Expose, Peer, Probe, PropsError, ScaleTrigger, Secret, Tenant } from 'cdk8s-eks-patterns';
import * as plus from 'cdk8s-plus-28';
import { appOf, newTenant, web, worker } from '../support/app';
import { judge, propsOf } from './support';

// what the compiler would refuse
const alb = (more: object = {}) => ({
  expose: Expose.alb({ host: 'shop.example.com', scheme: 'internal', ...more } as never),
});
const nlb = (more: object = {}) => ({ expose: Expose.nlb({ scheme: 'internal', ...more } as never) });

describe('how a service is exposed', () => {
  const tcp = { readiness: Probe.tcp(), liveness: Probe.exec(['true']) };
  judge(
    propsOf('WebService', [
      ['to nobody known', alb({ scheme: undefined }), /who can reach it/, /scheme: 'internet-facing' or/],
      ['to the public', nlb({ scheme: 'public' }), /scheme is 'public'/, /'internet-facing' or 'internal'/],
      ['a host without a dot', alb({ host: 'shop' }), /host 'shop' is no host name/, /'shop\.example\.com'/],
      ['a host in capitals', alb({ host: 'Shop.example.com' }), /is no host name/, /'shop\.example\.com'/],
      ['no host', alb({ host: undefined }), /host missing is no host name/, /'shop\.example\.com'/],
      ['a path without a slash', alb({ paths: ['api'] }), /paths has 'api'/, /with '\/'/],
      ['no paths', alb({ paths: [] }), /paths is empty/, /leave it out/],
      ['a bad range', alb({ allowFrom: ['10.0.0.0/33'] }), /'10\.0\.0\.0\/33' is no range/, /'10\.0\.0\.0\/16'/],
      ['an address for a range', nlb({ allowFrom: ['10.0.0.1'] }), /'10\.0\.0\.1' is no range/, /'10\.0\.0\.0\/16'/],
      ['a certificate by name', nlb({ certificate: 'shop' }), /'shop' is no ARN/, /arn:aws:acm:/],
      ['a group with a blank', alb({ group: 'the shop' }), /'the shop' is no group name/, /small letters/],
      ['an unknown port', nlb({ port: 'admin' }), 'props/unsupported', 'expose.port'],
      ['a low node port', { expose: Expose.nodePort(80) }, /node port is 80/, /from 30000 to 32767/],
      ['as data', { expose: { alb: {} } }, /expose is \{"alb":\{\}\}/, /Expose\.alb\(/],
      ['an ALB that asks by TCP', { ...alb(), probes: tcp }, /asks by HTTP/, /Probe\.http\('\/readyz'\).*Expose\.nlb/],
    ]),
  );
  judge(
    propsOf('StatefulService', [
      [
        'a port of members',
        { ...nlb({ port: 'raft' }), port: { client: 7000, raft: 7001 }, memberPorts: ['raft'] },
        'props/forbidden',
        'expose.port',
      ],
    ]),
  );
});

describe('connections', () => {
  judge(
    propsOf('WebService', [
      ['to a name', { connectsTo: ['catalog'] }, /connectsTo has 'catalog'/, /workload\.on\(\.\.\.\), or a Peer/],
      ['to a whole tenant', { connectsTo: [newTenant()] }, /connectsTo has .*'prod\/shop'/, /workload with ports/],
      ['to what is not there yet', { connectsTo: [undefined] }, /connectsTo has missing/, /workload with ports/],
    ]),
  );
  judge([
    {
      mistake: 'to a workload of another app',
      program: () => web({ connectsTo: [web()] }),
      error: PropsError,
      path: 'prod/shop/web',
      problem: /'prod\/shop\/web' of another app/,
      fix: /Peer\.of\(\.\.\.\) or Peer\.cidr/,
    },
    {
      mistake: 'to a port that the workload does not have',
      program: () => web().on('admin'),
      error: PropsError,
      path: 'prod/shop/web',
      problem: 'props/unsupported',
      fix: '',
    },
    {
      mistake: 'an address with a port that there is not',
      program: () => web().url('http', 'admin'),
      error: PropsError,
      path: 'prod/shop/web',
      problem: 'props/unsupported',
      fix: '',
    },
    {
      mistake: 'to a bad range',
      program: () => Peer.cidr('10.0.0/8', 5432),
      error: PropsError,
      path: 'Peer.cidr',
      problem: /'10\.0\.0\/8' is no range/,
      fix: /'10\.0\.0\.0\/16'/,
    },
    {
      mistake: 'to no port',
      program: () => Peer.internet(),
      error: PropsError,
      path: 'Peer.internet',
      problem: /no port/,
      fix: /Peer\.internet\(\.\.\., 5432\)/,
    },
    {
      mistake: 'to an unknown key of a port',
      program: () => Peer.cidr('10.0.0.0/8', { port: 5432, proto: 'UDP' } as never),
      error: PropsError,
      path: 'Peer.cidr',
      problem: /unknown key 'proto'/,
      fix: /'protocol'/,
    },
    {
      mistake: 'from somebody to a worker, which listens on no port',
      program: () => worker({ acceptsFrom: [plus.NetworkPolicyIpBlock.ipv4(newTenant(), 'ip', '10.0.0.0/8')] }),
      error: PropsError,
      path: 'prod/shop/worker',
      problem: 'props/forbidden',
      fix: 'acceptsFrom',
    },
  ]);
});

describe('permissions', () => {
  const allow = (more: object) => ({ aws: { allow: [{ actions: ['s3:GetObject'], resources: ['*'], ...more }] } });
  judge(
    propsOf('WebService', [
      ['that grant nothing', { aws: {} }, /aws grants nothing/, /leave aws out/],
      ['that grant an empty list', { aws: { allow: [] } }, /aws grants nothing/, /leave aws out/],
      [
        'a role by name',
        { aws: { role: 'web' } },
        /aws\.role 'web' is no ARN/,
        /'arn:aws:iam::111122223333:role\/NAME'/,
      ],
      [
        'a role and statements',
        { aws: { role: 'arn:aws:iam::111122223333:role/web', allow: [] } },
        /a role and permissions/,
        /leave out allow/,
      ],
      ['an action without a service', allow({ actions: ['GetObject'] }), /action 'GetObject'/, /'service:Action'/],
      ['no actions', allow({ actions: [] }), /without actions or resources/, /name both/],
      ['a resource by name', allow({ resources: ['bucket'] }), /resource 'bucket'/, /its ARN/],
      ['a policy with a blank', { aws: { managedPolicies: ['S3 Read'] } }, /'S3 Read'/, /its ARN/],
      [
        'everything in Kubernetes',
        { apiAccess: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }] },
        /a rule with '\*'/,
        /name the resources/,
      ],
      ['nothing in Kubernetes', { apiAccess: [{ apiGroups: [''], resources: ['pods'] }] }, /without/, /all three/],
    ]),
  );
});

describe('what belongs to another namespace', () => {
  const elsewhere = () => {
    const shop = newTenant();
    const other = new Tenant(shop.node.scope!, 'other');
    return { shop, config: new Config(other, 'shared', { A: 1 }), secret: Secret.existing(other, 'token', ['key']) };
  };
  const at = { error: PropsError, path: 'prod/shop/web', fix: /create it in namespace 'shop' too/ };
  judge([
    {
      ...at,
      mistake: 'a value of a Config',
      program: () => {
        const { shop, config } = elsewhere();
        web({ env: { A: config.env('A') } }, shop);
      },
      problem: /'A' reads Config 'prod\/other\/shared' of namespace 'other'/,
    },
    {
      ...at,
      mistake: 'a whole Config',
      program: () => {
        const { shop, config } = elsewhere();
        web({ envFrom: [config] }, shop);
        return appOf(shop);
      },
      problem: /envFrom has Config 'prod\/other\/shared' of namespace 'other'/,
    },
    {
      ...at,
      mistake: 'a key of a Secret',
      program: () => {
        const { shop, secret } = elsewhere();
        web({ env: { A: secret.env('key') } }, shop);
      },
      problem: /'A' reads Secret 'prod\/other\/token' of namespace 'other'/,
    },
    {
      ...at,
      mistake: 'the files of a Secret',
      program: () => {
        const { shop, secret } = elsewhere();
        web({ secretFiles: { '/etc/token': secret } }, shop);
      },
      problem: /secretFiles has Secret 'prod\/other\/token'/,
    },
  ]);
});

describe('what is no Config, no Secret, no function', () => {
  judge(
    propsOf('WebService', [
      ['a name for a Config', { envFrom: ['shared'] }, /envFrom has 'shared'/, /new Config\(/],
      [
        'a Secret for one of its keys',
        { env: { A: Secret.existing(newTenant(), 'token', ['key']) } },
        /variable 'A' is .*'prod\/shop\/token'/,
        /write a text/,
      ],
      ['a name for a Secret', { secretFiles: { '/etc/token': 'token' } }, /secretFiles.*'token'/, /Secret\./],
      ['an edit as data', { customize: { deployment: { spec: {} } } }, /customize\.deployment is/, /\(object\) => /],
      ['an edit of what is not made', { customize: { ingress: () => {} } }, /no such object/, /.+/],
      ['an edit of what is not known', { customize: { deploymnt: () => {} } }, /'deploymnt'/, /mean 'deployment'/],
    ]),
  );
  judge([
    {
      mistake: 'an edit that returns another object',
      program: () => appOf(web({ customize: { deployment: (d: object) => ({ ...d }) } })),
      error: PropsError,
      path: 'prod/shop/web/Deployment',
      problem: /returns another object, which would be lost/,
      fix: /in place/,
    },
    {
      mistake: 'a later edit that is none',
      program: () => web().service.customize(undefined as never),
      error: PropsError,
      path: 'prod/shop/web/Service',
      problem: /no function/,
      fix: /customize\(\(object\) => /,
    },
  ]);
});

describe('signals of an autoscaler', () => {
  const sqs = { queueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/mail', messagesPerReplica: 5 };
  const at = (path: string) => ({ error: PropsError, path });
  judge([
    {
      ...at('ScaleTrigger.sqs'),
      mistake: 'no messages',
      program: () => ScaleTrigger.sqs({ ...sqs, messagesPerReplica: 0 }),
      problem: /messagesPerReplica is 0/,
      fix: /at least 1/,
    },
    {
      ...at('ScaleTrigger.sqs'),
      mistake: 'an unknown key',
      program: () => ScaleTrigger.sqs({ ...sqs, region: 'eu-west-1' } as never),
      problem: /unknown key 'region'/,
      fix: /.+/,
    },
    {
      ...at('ScaleTrigger.window'),
      mistake: 'no time zone',
      program: () => ScaleTrigger.window({ start: '0 8 * * *', end: '0 18 * * *', replicas: 3 } as never),
      problem: /timeZone is missing/,
      fix: /as a text/,
    },
  ]);
});

test('what is refused above is accepted when it is right', () => {
  expect(() => web(alb({ allowFrom: ['10.0.0.0/8'], group: 'shop', paths: ['/api'] }))).not.toThrow();
  expect(() => web(nlb({ port: 'http' }))).not.toThrow();
});
