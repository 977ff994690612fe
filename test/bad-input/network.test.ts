import { Config, Expose, Peer, Probe, PropsError, ScaleTrigger, Secret, Tenant } from 'cdk8s-eks-patterns';
import * as plus from 'cdk8s-plus-28';
import { appOf, newTenant, web, worker } from '../support/app';
import { judge, propsOf } from './support';

// what the compiler would refuse
const alb = (more: object = {}) => ({
  expose: Expose.alb({ host: 'shop.example.com', scheme: 'internal', ...more } as never),
});
const nlb = (more: object = {}) => ({ expose: Expose.nlb({ scheme: 'internal', ...more } as never) });

const elsewhere = (more: object = {}) => ({ expose: Expose.elsewhere({ scheme: 'internal', ...more } as never) });
const ELB = 'arn:aws:elasticloadbalancing:us-west-2:111122223333:';
const LOAD_BALANCER = `${ELB}loadbalancer/app/web/0123456789abcdef`;
const group = (more: object = {}) => ({
  expose: Expose.targetGroup({
    scheme: 'internal',
    arn: `${ELB}targetgroup/web/0123456789abcdef`,
    ...more,
  } as never),
});

describe('how a service is exposed', () => {
  const tcp = { readiness: Probe.tcp(), liveness: Probe.exec(['true']) };
  judge(
    propsOf('WebService', [
      ['to nobody known', alb({ scheme: undefined }), 'props/required', 'expose.scheme'],
      ['to the public', nlb({ scheme: 'public' }), 'props/unsupported', 'expose.scheme'],
      ['a host without a dot', alb({ host: 'shop' }), 'props/invalid', 'expose.host'],
      ['a host in capitals', alb({ host: 'Shop.example.com' }), 'props/invalid', 'expose.host'],
      ['no host', alb({ host: undefined }), 'props/required', 'expose.host'],
      ['a path without a slash', alb({ paths: ['api'] }), 'props/invalid', 'expose.paths[0]'],
      ['a wildcard below a prefix', alb({ paths: ['/', '/v1/*'] }), 'props/invalid', 'expose.paths[1]'],
      ['an order without a group', alb({ order: 1 }), 'props/forbidden', 'expose.order'],
      ['an order out of range', alb({ group: 'shop', order: 1001 }), 'props/invalid', 'expose.order'],
      ['no paths', alb({ paths: [] }), 'props/invalid', 'expose.paths'],
      ['a bad range', alb({ allowFrom: ['10.0.0.0/33'] }), 'props/invalid', 'expose.allowFrom[0]'],
      ['an address for a range', nlb({ allowFrom: ['10.0.0.1'] }), 'props/invalid', 'expose.allowFrom[0]'],
      ['a certificate by name', nlb({ certificate: 'shop' }), 'props/invalid', 'expose.certificate'],
      ['a group with a blank', alb({ group: 'the shop' }), 'props/invalid', 'expose.group'],
      ['an unknown port', nlb({ port: 'admin' }), 'props/unsupported', 'expose.port'],
      ['a low node port', { expose: Expose.nodePort(80) }, 'props/invalid', 'expose.nodePort'],
      ['as data', { expose: { alb: {} } }, 'props/type', 'expose'],
      ['elsewhere, to nobody known', { expose: Expose.elsewhere({} as never) }, 'props/required', 'expose.scheme'],
      ['elsewhere, an unknown port', elsewhere({ port: 'admin' }), 'props/unsupported', 'expose.port'],
      ['elsewhere, a host', elsewhere({ host: 'a.example.com' }), 'props/unknown', 'expose.host'],
      ['elsewhere, nothing', { expose: Expose.elsewhere(undefined as never) }, 'props/type', 'expose'],
      ['a target group to nobody known', group({ scheme: undefined }), 'props/required', 'expose.scheme'],
      ['no target group', group({ arn: undefined }), 'props/required', 'expose.arn'],
      ['a target group by name', group({ arn: 'web' }), 'props/invalid', 'expose.arn'],
      ['a load balancer for a target group', group({ arn: LOAD_BALANCER }), 'props/invalid', 'expose.arn'],
      ['a target group as a number', group({ arn: 1 }), 'props/type', 'expose.arn'],
      ['a security group by name', group({ securityGroup: 'alb' }), 'props/invalid', 'expose.securityGroup'],
      [
        'a subnet for a security group',
        group({ securityGroup: 'subnet-0123456789abcdef0' }),
        'props/invalid',
        'expose.securityGroup',
      ],
      ['an unknown port of a target group', group({ port: 'admin' }), 'props/unsupported', 'expose.port'],
      ['ranges of a target group', group({ allowFrom: ['10.0.0.0/8'] }), 'props/unknown', 'expose.allowFrom'],
      ['an ALB that asks by TCP', { ...alb(), probes: tcp }, 'props/forbidden', 'probes.readiness'],
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
      ['to a name', { connectsTo: ['catalog'] }, 'props/type', 'connectsTo[0]'],
      ['to a whole tenant', { connectsTo: [newTenant()] }, 'props/type', 'connectsTo[0]'],
      ['to what is not there yet', { connectsTo: [undefined] }, 'props/type', 'connectsTo[0]'],
    ]),
  );
  judge([
    {
      mistake: 'to a workload of another app',
      program: () => web({ connectsTo: [web()] }),
      error: PropsError,
      path: 'prod/shop/web',
      problem: 'props/forbidden',
      fix: 'connectsTo[0]',
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
      problem: 'props/invalid',
      fix: 'cidr',
    },
    {
      mistake: 'to no port',
      program: () => Peer.internet(),
      error: PropsError,
      path: 'Peer.internet',
      problem: 'props/required',
      fix: 'ports',
    },
    {
      mistake: 'to an unknown key of a port',
      program: () => Peer.cidr('10.0.0.0/8', { port: 5432, proto: 'UDP' } as never),
      error: PropsError,
      path: 'Peer.cidr',
      problem: 'props/unknown',
      fix: 'ports[0].proto',
    },
    {
      mistake: 'to a workload without its namespace',
      program: () => Peer.workload({ name: 'catalog' } as never, 8080),
      error: PropsError,
      path: 'Peer.workload',
      problem: 'props/required',
      fix: 'workload.namespace',
    },
    {
      mistake: 'to a URL in place of a domain',
      program: () => Peer.domain('https://api.example.com', 443),
      error: PropsError,
      path: 'Peer.domain',
      problem: 'props/invalid',
      fix: 'domain',
    },
    {
      mistake: 'from a domain',
      program: () => web({ acceptsFrom: [Peer.domain('api.example.com', 8080)] }),
      error: PropsError,
      path: 'prod/shop/web',
      problem: 'props/forbidden',
      fix: 'acceptsFrom[0]',
    },
    {
      mistake: 'under a security group by its name',
      program: () => web({ securityGroups: ['database'] }),
      error: PropsError,
      path: 'prod/shop/web',
      problem: 'props/invalid',
      fix: 'securityGroups[0]',
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
      ['that grant nothing', { aws: {} }, 'props/required', 'aws'],
      ['that grant an empty list', { aws: { allow: [] } }, 'props/required', 'aws'],
      ['a role by name', { aws: { role: 'web' } }, 'props/invalid', 'aws.role'],
      [
        'a role and statements',
        { aws: { role: 'arn:aws:iam::111122223333:role/web', allow: [] } },
        'props/forbidden',
        'aws.role',
      ],
      ['an action without a service', allow({ actions: ['GetObject'] }), 'props/invalid', 'aws.allow[0].actions[0]'],
      ['no actions', allow({ actions: [] }), 'props/invalid', 'aws.allow[0].actions'],
      ['a resource by name', allow({ resources: ['bucket'] }), 'props/invalid', 'aws.allow[0].resources[0]'],
      ['a policy with a blank', { aws: { managedPolicies: ['S3 Read'] } }, 'props/invalid', 'aws.managedPolicies[0]'],
      [
        'everything in Kubernetes',
        { apiAccess: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }] },
        'props/forbidden',
        'apiAccess[0].resources',
      ],
      [
        'nothing in Kubernetes',
        { apiAccess: [{ apiGroups: [''], resources: ['pods'] }] },
        'props/required',
        'apiAccess[0].verbs',
      ],
    ]),
  );
});

describe('what belongs to another namespace', () => {
  const elsewhere = () => {
    const shop = newTenant();
    const other = new Tenant(shop.node.scope!, 'other');
    return { shop, config: new Config(other, 'shared', { A: 1 }), secret: Secret.existing(other, 'token', ['key']) };
  };
  const at = { error: PropsError, path: 'prod/shop/web', problem: 'props/forbidden' };
  judge([
    {
      ...at,
      mistake: 'a value of a Config',
      program: () => {
        const { shop, config } = elsewhere();
        web({ env: { A: config.env('A') } }, shop);
      },
      fix: 'env.A',
    },
    {
      ...at,
      mistake: 'a whole Config',
      program: () => {
        const { shop, config } = elsewhere();
        web({ envFrom: [config] }, shop);
        return appOf(shop);
      },
      fix: 'envFrom[0]',
    },
    {
      ...at,
      mistake: 'a key of a Secret',
      program: () => {
        const { shop, secret } = elsewhere();
        web({ env: { A: secret.env('key') } }, shop);
      },
      fix: 'env.A',
    },
    {
      ...at,
      mistake: 'the files of a Secret',
      program: () => {
        const { shop, secret } = elsewhere();
        web({ secretFiles: { '/etc/token': secret } }, shop);
      },
      fix: "secretFiles['/etc/token']",
    },
  ]);
});

describe('what is no Config, no Secret, no function', () => {
  judge(
    propsOf('WebService', [
      ['a name for a Config', { envFrom: ['shared'] }, 'props/type', 'envFrom[0]'],
      [
        'a Secret for one of its keys',
        { env: { A: Secret.existing(newTenant(), 'token', ['key']) } },
        'props/type',
        'env.A',
      ],
      ['a name for a Secret', { secretFiles: { '/etc/token': 'token' } }, 'props/type', "secretFiles['/etc/token']"],
      ['an edit as data', { customize: { deployment: { spec: {} } } }, 'props/type', 'customize.deployment'],
      ['an edit of what is not made', { customize: { ingress: () => {} } }, 'props/forbidden', 'customize.ingress'],
      ['an edit of what is not known', { customize: { deploymnt: () => {} } }, 'props/unknown', 'customize.deploymnt'],
    ]),
  );
  judge([
    {
      mistake: 'an edit that returns another object',
      program: () => appOf(web({ customize: { deployment: (d: object) => ({ ...d }) } })),
      error: PropsError,
      path: 'prod/shop/web/Deployment',
      problem: 'props/invalid',
      fix: '',
    },
    {
      mistake: 'a later edit that is none',
      program: () => web().service.customize(undefined as never),
      error: PropsError,
      path: 'prod/shop/web/Service',
      problem: 'props/type',
      fix: '',
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
      problem: 'props/invalid',
      fix: 'messagesPerReplica',
    },
    {
      ...at('ScaleTrigger.sqs'),
      mistake: 'an unknown key',
      program: () => ScaleTrigger.sqs({ ...sqs, region: 'eu-west-1' } as never),
      problem: 'props/unknown',
      fix: 'region',
    },
    {
      ...at('ScaleTrigger.window'),
      mistake: 'no time zone',
      program: () => ScaleTrigger.window({ start: '0 8 * * *', end: '0 18 * * *', replicas: 3 } as never),
      problem: 'props/required',
      fix: 'timeZone',
    },
    ...(
      [
        ['a window that ends when it starts', { end: '0 8 * * *' }, 'end'],
        ['a window in words', { start: 'every morning' }, 'start'],
        ['a window with seconds', { end: '0 0 8 * * *' }, 'end'],
        ['a macro', { start: '@daily' }, 'start'],
        ['a day that does not exist', { end: '0 8 31 2 *' }, 'end'],
        ['a city', { timeZone: 'Berlin' }, 'timeZone'],
      ] as const
    ).map(([mistake, more, fix]) => ({
      ...at('ScaleTrigger.window'),
      mistake,
      program: () =>
        ScaleTrigger.window({ start: '0 8 * * *', end: '0 18 * * *', timeZone: 'Europe/Berlin', replicas: 3, ...more }),
      problem: 'props/invalid',
      fix,
    })),
    {
      ...at('ScaleTrigger.sqs'),
      mistake: 'an ARN for a URL',
      program: () => ScaleTrigger.sqs({ ...sqs, queueUrl: 'arn:aws:sqs:eu-west-1:111122223333:mail' }),
      problem: 'props/invalid',
      fix: 'queueUrl',
    },
    {
      ...at('ScaleTrigger.keda'),
      mistake: 'utilization without its type',
      program: () => ScaleTrigger.keda('cpu', { value: '70' }),
      problem: 'props/required',
      fix: 'metricType',
    },
  ]);
});

test('what is refused above is accepted when it is right', () => {
  expect(() => web(alb({ allowFrom: ['10.0.0.0/8'], group: 'shop', paths: ['/api'] }))).not.toThrow();
  expect(() => web(nlb({ port: 'http' }))).not.toThrow();
});
