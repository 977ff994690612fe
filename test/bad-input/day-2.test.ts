import {
  ArgoApplication,
  FluxKustomization,
  NodeLocalDns,
  Placeholders,
  PropsError,
  Secret,
  type TenantProps,
} from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import { appOf, NODE_GROUP, newApp, newCluster, newTenant, web } from '../support/app';
import { findingsOf } from '../support/findings';
import { judge, type Mistake, propsOf } from './support';

const ROLE = 'arn:aws:iam::111122223333:role/payments';

type Row = readonly [mistake: string, props: object, rule: string, field: string];
const refused = (what: string, path: string, make: (props: object) => unknown, rows: readonly Row[]): Mistake[] =>
  rows.map(([mistake, props, problem, fix]) => ({
    mistake: `${what}: ${mistake}`,
    program: () => make(props),
    error: PropsError,
    path,
    problem,
    fix,
  }));

describe('tenants', () => {
  judge(
    refused('Tenant', 'prod/shop', (props) => newTenant(props as TenantProps), [
      ['a quota of requests without an s', { quota: { 'request.cpu': '20' } }, 'props/unknown', "quota['request.cpu']"],
      ['a quota of limit', { quota: { 'limit.memory': '2Gi' } }, 'props/unknown', "quota['limit.memory']"],
      ['a quota of gpu', { quota: { gpu: 2 } }, 'props/unknown', 'quota.gpu'],
      ['a quota of storage alone', { quota: { storage: '1Ti' } }, 'props/unknown', 'quota.storage'],
      ['a quota of a device', { quota: { 'nvidia.com/gpu': 2 } }, 'props/unknown', "quota['nvidia.com/gpu']"],
      [
        'a quota of one kind, singular',
        { quota: { 'count/job.batch': 5 } },
        'props/unknown',
        "quota['count/job.batch']",
      ],
      ['a quota of a kind without its group', { quota: { 'count/jobs': 5 } }, 'props/unknown', "quota['count/jobs']"],
      ['memory without a unit', { quota: { 'requests.memory': '64' } }, 'props/invalid', "quota['requests.memory']"],
      ['memory as a number', { quota: { 'requests.memory': 64 } }, 'props/invalid', "quota['requests.memory']"],
      ['memory in thousandths', { quota: { 'limits.memory': '500m' } }, 'props/invalid', "quota['limits.memory']"],
      [
        'storage without a unit',
        { quota: { 'requests.storage': '500' } },
        'props/invalid',
        "quota['requests.storage']",
      ],
      ['memory in GB', { quota: { 'requests.memory': '64GB' } }, 'props/invalid', "quota['requests.memory']"],
      [
        'a smallest container above the usual',
        { containers: { min: { memory: '2Gi' } } },
        'props/invalid',
        'containers.min.memory',
      ],
      ['all roles of an account', { access: { edit: [`${ROLE.slice(0, -8)}*`] } }, 'props/invalid', 'access.edit[0]'],
      [
        'the root of an account',
        { access: { edit: ['arn:aws:iam::111122223333:root'] } },
        'props/invalid',
        'access.edit[0]',
      ],
      [
        'a session of a role',
        { access: { view: ['arn:aws:sts::111122223333:assumed-role/a/me'] } },
        'props/invalid',
        'access.view[0]',
      ],
      ['a group by its name', { access: { edit: ['payments'] } }, 'props/invalid', 'access.edit[0]'],
      ['one role without a list', { access: { edit: ROLE } }, 'props/type', 'access.edit'],
      [
        'a group of Kubernetes itself',
        { access: { admin: [{ group: 'system:masters' }] } },
        'props/forbidden',
        'access.admin[0].group',
      ],
      ['a role twice', { access: { admin: [ROLE], edit: [ROLE] } }, 'props/duplicate', 'access.edit[0]'],
      [
        'a registry with a scheme',
        { admission: { registries: ['https://a.example.com'] } },
        'props/invalid',
        'admission.registries[0]',
      ],
      [
        'a registry with a slash',
        { admission: { registries: ['docker.io/'] } },
        'props/invalid',
        'admission.registries[0]',
      ],
      ['a label with its value', { admission: { labels: ['cost-center=42'] } }, 'props/invalid', 'admission.labels[0]'],
      ['enforced admission', { admission: 'enforce' }, 'props/unsupported', 'admission'],
      ['a cost of AWS', { costs: { 'Cost Center': '42' } }, 'props/invalid', "costs['Cost Center']"],
      ['a cost as a number', { costs: { 'cost-center': 42 } }, 'props/type', "costs['cost-center']"],
      ['own nodes', { nodes: 'own' }, 'props/unsupported', 'nodes'],
      ['a team with its address', { team: 'payments@example.com' }, 'props/invalid', 'team'],
    ]),
  );

  test('fewer than the pods need', () => {
    const tenant = newTenant({ quota: { 'requests.cpu': '500m', pods: 20 } });
    web({ replicas: 3 }, tenant);
    const [error, ...more] = findingsOf(() => appOf(tenant)).filter(({ severity }) => severity === 'error');
    expect(more).toEqual([]);
    expect(error).toMatchObject({
      rule: 'limits/quota-pods',
      construct: 'prod/shop/web/Deployment',
      message:
        "the quota of the namespace has requests.cpu '500m', and Deployment 'shop/web' needs more for its 3 pods",
      fix: 'raise the quota, or ask for less',
    });
  });

  test.each([
    ['of a tenant that shares', 'shop', /namespace 'shop' does not ask for them/],
    ['of a misspelt tenant', 'shpo', /no namespace of this name: there is 'shop'/],
  ])('nodes %s stay empty', (_, tenant, message) => {
    const cluster = newCluster(newApp(), { nodeGroups: [NODE_GROUP, { ...NODE_GROUP, name: 'own', tenant }] });
    web({}, newTenant({}, cluster));
    expect(Testing.findings(appOf(cluster))).toContainEqual(
      expect.objectContaining({
        rule: 'placement/tenant-group',
        severity: 'warning',
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe('secrets', () => {
  judge([
    ...refused(
      'Secret.fromSecretsManager',
      'prod/shop/db',
      (props) => Secret.fromSecretsManager(newTenant(), 'db', props as never),
      [
        ['a name with a space', { secret: 'shop db' }, 'props/invalid', 'secret'],
        [
          'the ARN of a parameter',
          { secret: 'arn:aws:ssm:us-west-2:111122223333:parameter/a' },
          'props/invalid',
          'secret',
        ],
        ['an alias of a key', { secret: 'shop/db', kmsKey: 'alias/shop' }, 'props/invalid', 'kmsKey'],
        ['one key without a list', { secret: 'shop/db', keys: 'password' }, 'props/type', 'keys'],
        ['a key twice', { secret: 'shop/db', keys: ['a', 'a'] }, 'props/duplicate', 'keys[1]'],
      ],
    ),
    ...refused(
      'Secret.fromParameterStore',
      'prod/shop/db',
      (props) => Secret.fromParameterStore(newTenant(), 'db', props as never),
      [
        ['a path without its beginning', { parameter: 'shop/token' }, 'props/invalid', 'parameter'],
        ['a path that ends with a slash', { parameter: '/shop/' }, 'props/invalid', 'parameter'],
        ['a version', { parameter: '/shop/token:3' }, 'props/invalid', 'parameter'],
        ['an ARN', { parameter: 'arn:aws:ssm:us-west-2:111122223333:parameter/a' }, 'props/invalid', 'parameter'],
      ],
    ),
    ...propsOf('WebService', [
      ['pull secrets without a list', { imagePullSecrets: 'registry' }, 'props/type', 'imagePullSecrets'],
      ['a pull secret in capitals', { imagePullSecrets: ['Registry'] }, 'props/invalid', 'imagePullSecrets[0]'],
      ['an object for a file', { files: { '/etc/a.yaml': { a: 1 } } }, 'props/type', "files['/etc/a.yaml']"],
      ['a password as a flag', { args: ['--password=hunter2'] }, 'props/forbidden', 'args[0]'],
    ]),
  ]);
});

describe('identity', () => {
  judge(
    propsOf('WebService', [
      [
        'the account of an administrator',
        { aws: { managedPolicies: ['AdministratorAccess'] } },
        'props/forbidden',
        'aws.managedPolicies[0]',
      ],
      [
        'the same by its ARN',
        { aws: { managedPolicies: ['arn:aws:iam::aws:policy/IAMFullAccess'] } },
        'props/forbidden',
        'aws.managedPolicies[0]',
      ],
      [
        'a bucket by name',
        { aws: { allow: [{ actions: ['s3:GetObject'], resources: ['shop'] }] } },
        'props/invalid',
        'aws.allow[0].resources[0]',
      ],
      [
        'every action',
        { aws: { allow: [{ actions: ['*'], resources: ['*'] }] } },
        'props/invalid',
        'aws.allow[0].actions[0]',
      ],
      ['nothing', { aws: { allow: [] } }, 'props/required', 'aws'],
    ]),
  );
});

describe('delivery', () => {
  const repository = 'https://github.com/acme/shop.git';
  const argo = (props: object) =>
    new ArgoApplication(newApp(), 'shop', { repository, path: 'dist', ...props } as never);
  const flux = (props: object) =>
    new FluxKustomization(newApp(), 'shop', { repository, path: 'dist', ...props } as never);
  const page = 'https://github.com/acme/shop/tree/main/dist';
  judge([
    ...refused('ArgoApplication', 'shop', argo, [
      ['the page of a folder', { repository: page }, 'props/invalid', 'repository'],
      [
        'the page of GitLab',
        { repository: 'https://gitlab.com/acme/a/shop/-/tree/main/dist' },
        'props/invalid',
        'repository',
      ],
      ['what eksctl reads', { path: 'dist/cluster' }, 'props/invalid', 'path'],
      ['its own folder', { path: 'dist/gitops/' }, 'props/invalid', 'path'],
      ['a commit before the last', { revision: 'HEAD~1' }, 'props/invalid', 'revision'],
    ]),
    ...refused('FluxKustomization', 'shop', flux, [
      ['the page of a file', { repository: page.replace('tree', 'blob') }, 'props/invalid', 'repository'],
      ['what eksctl reads', { path: 'cluster' }, 'props/invalid', 'path'],
      ['ssh without a key', { repository: 'ssh://git@github.com/acme/shop.git' }, 'props/required', 'secret'],
      ['roles of AWS for GitHub', { provider: 'aws' }, 'props/invalid', 'provider'],
    ]),
  ]);

  test('the address of a page says the repository', () => {
    expect(() => argo({ repository: page })).toThrow(
      "Write 'https://github.com/acme/shop.git', and the folder as path.",
    );
  });
});

describe('the cluster', () => {
  const errors = (make: () => unknown) =>
    findingsOf(make as never)
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, field }) => [rule, field]);
  test.each<[string, string[], string, string]>([
    ['an address without its mask', ['203.0.113.7'], 'props/invalid', 'publicAccessCIDRs[0]'],
    ['the network of the office', ['10.0.0.0/8'], 'X115', 'vpc.publicAccessCIDRs[0]'],
    [
      'more ranges than EKS takes',
      Array.from({ length: 41 }, (_, i) => `203.0.113.${i}/32`),
      'X114',
      'vpc.publicAccessCIDRs',
    ],
  ])('%s', (_, publicAccessCIDRs, rule, field) => {
    expect(errors(() => appOf(newCluster(newApp(), { publicAccessCIDRs })))).toEqual([[rule, field]]);
  });

  test('room that no node has, and a second cache of DNS', () => {
    const cluster = newCluster();
    new Placeholders(newTenant({}, cluster), 'room', { count: 1, resources: { cpu: '64', memory: '1Gi' } });
    expect(Testing.findings(appOf(cluster)).map(({ rule }) => rule)).toContain('capacity/pod-too-large');
    const other = newCluster();
    new NodeLocalDns(other, 'a');
    new NodeLocalDns(other, 'b');
    expect(findingsOf(() => appOf(other)).map(({ rule }) => rule)).toContain('objects/duplicate');
  });
});
