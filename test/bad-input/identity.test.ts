import { Api, Aws, Files, PushSecret, Secret, SecretSource } from 'cdk8s-eks-patterns';
import { newTenant, web } from '../support/app';
import { factory, judge, propsOf } from './support';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/web`;
const TARGET = 'arn:aws:iam::444455556666:role/partner';

describe('resources of AWS', () => {
  judge([
    ...factory('Aws.lambda', [
      [
        'a key that the caller does not use',
        () => Aws.lambda('a', { kmsKey: 'arn' } as object),
        'props/unsupported',
        'options.kmsKey',
      ],
    ]),
    ...factory('Aws.eventBus', [
      [
        'a key that the caller does not use',
        () => Aws.eventBus('a', { kmsKey: 'arn' } as object),
        'props/unsupported',
        'options.kmsKey',
      ],
    ]),
    ...factory('Aws.firehose', [
      [
        'a key that the caller does not use',
        () => Aws.firehose('a', { kmsKey: 'arn' } as object),
        'props/unsupported',
        'options.kmsKey',
      ],
    ]),
    ...factory('Aws.sqs', [
      ['a URL', () => Aws.sqs('https://sqs.us-west-2.amazonaws.com/1/mail'), 'props/invalid', 'resource'],
      ['a region in words', () => Aws.sqs(`arn:aws:sqs:<region>:${ACCOUNT}:mail`), 'props/invalid', 'resource'],
      ['an account in words', () => Aws.sqs('arn:aws:sqs:us-west-2:<account>:mail'), 'props/invalid', 'resource'],
      ['another service', () => Aws.sqs(`arn:aws:sns:us-west-2:${ACCOUNT}:mail`), 'props/invalid', 'resource'],
      ['nothing', () => Aws.sqs(undefined as never), 'props/required', 'resource'],
      ['a number', () => Aws.sqs(7 as never), 'props/type', 'resource'],
      ['options in a list', () => Aws.sqs('a', [] as never), 'props/type', 'options'],
    ]),
    ...factory('Aws.s3', [
      ['an object', () => Aws.s3('arn:aws:s3:::shop/a'), 'props/invalid', 'resource'],
      ['an address', () => Aws.s3('s3://shop'), 'props/invalid', 'resource'],
      ['a region in the ARN', () => Aws.s3('arn:aws:s3:us-west-2::shop'), 'props/invalid', 'resource'],
      ['an empty prefix', () => Aws.s3('shop').below(''), 'props/invalid', 'prefix'],
    ]),
    ...factory('Aws.dynamodb', [
      [
        'an index',
        () => Aws.dynamodb(`arn:aws:dynamodb:us-west-2:${ACCOUNT}:table/a/index/b`),
        'props/invalid',
        'resource',
      ],
      ['two letters', () => Aws.dynamodb('ab'), 'props/invalid', 'resource'],
    ]),
    ...factory('Aws.kms', [
      ['an alias', () => Aws.kms(`arn:aws:kms:us-west-2:${ACCOUNT}:alias/a`), 'props/invalid', 'resource'],
    ]),
    ...factory('Aws.parameter', [['a trailing slash', () => Aws.parameter('/shop/'), 'props/invalid', 'resource']]),
    ...factory('Aws.bedrock', [['the name of a model', () => Aws.bedrock('Claude'), 'props/invalid', 'resource']]),
    ...factory('Aws.metrics', [['a namespace of AWS', () => Aws.metrics('AWS/EC2'), 'props/invalid', 'namespace']]),
    ...factory('Aws.role', [['a user', () => Aws.role(`arn:aws:iam::${ACCOUNT}:user/a`), 'props/invalid', 'resource']]),
  ]);
});

describe('roles', () => {
  judge(
    propsOf('WebService', [
      ['a resource without a grant', { aws: { allow: [Aws.sns('a')] } }, 'props/type', 'aws.allow[0]'],
      ['a target by name', { aws: { targetRole: 'partner' } }, 'props/invalid', 'aws.targetRole'],
      ['grants beside a target', { aws: { targetRole: TARGET, allow: [] } }, 'props/forbidden', 'aws.allow'],
      [
        'a policy of eksctl in capitals',
        { aws: { wellKnownPolicies: ['ExternalDNS'] } },
        'props/unsupported',
        'aws.wellKnownPolicies[0]',
      ],
      [
        'a limit by name',
        { aws: { managedPolicies: ['A'], permissionsBoundary: 'a' } },
        'props/invalid',
        'aws.permissionsBoundary',
      ],
      [
        'a limit of a role that exists',
        { aws: { role: ROLE, permissionsBoundary: ROLE } },
        'props/forbidden',
        'aws.role',
      ],
      [
        'a misspelled operator',
        {
          aws: {
            allow: [{ actions: ['s3:GetObject'], resources: ['*'], conditions: { StringEqual: { 'aws:a': 'b' } } }],
          },
        },
        'props/unsupported',
        'aws.allow[0].conditions.StringEqual',
      ],
      ['a word that is neither', { onSecretChange: 'reload' }, 'props/unsupported', 'onSecretChange'],
      [
        'impersonation',
        { apiAccess: [{ apiGroups: [''], resources: ['users'], verbs: ['impersonate'] }] },
        'props/forbidden',
        'apiAccess[0].verbs',
      ],
      [
        'volumes of the cluster',
        { apiAccess: { cluster: [{ apiGroups: [''], resources: ['persistentvolumes'], verbs: ['create'] }] } },
        'props/forbidden',
        'apiAccess.cluster[0].resources',
      ],
      [
        'all webhooks',
        {
          apiAccess: {
            cluster: [
              {
                apiGroups: ['admissionregistration.k8s.io'],
                resources: ['validatingwebhookconfigurations'],
                verbs: ['patch'],
              },
            ],
          },
        },
        'props/forbidden',
        'apiAccess.cluster[0].resources',
      ],
      [
        'all Secrets',
        { apiAccess: { cluster: Api.read('secrets') } },
        'props/forbidden',
        'apiAccess.cluster[0].resources',
      ],
    ]),
  );
  judge(factory('Api.read', [['a singular', () => Api.read('pod'), 'props/unsupported', 'resources[0]']]));
});

describe('secrets', () => {
  judge([
    ...factory('SecretSource.externalSecrets', [
      ['a refresh of seconds', () => SecretSource.externalSecrets({ refresh: '10s' }), 'props/invalid', 'refresh'],
      ['a role by name', () => SecretSource.externalSecrets({ role: 'a' }), 'props/invalid', 'options.role'],
    ]),
    ...factory('prod/shop/db', [
      [
        'a source in words',
        () => Secret.fromSecretsManager(newTenant(), 'db', { secret: 'a', source: 'csi' as never }),
        'props/type',
        'source',
      ],
      ['a short password', () => Secret.password(newTenant(), 'db', { length: 8 }), 'props/invalid', 'length'],
      [
        'more digits than characters',
        () => Secret.password(newTenant(), 'db', { length: 12, digits: 13 }),
        'props/invalid',
        'digits',
      ],
      [
        'more symbols than room',
        () => Secret.password(newTenant(), 'db', { length: 12, symbols: 10, symbolCharacters: '-' }),
        'props/invalid',
        'symbols',
      ],
      ['any symbols', () => Secret.password(newTenant(), 'db', { symbols: 2 }), 'props/required', 'symbolCharacters'],
      [
        'symbols and none of them',
        () => Secret.password(newTenant(), 'db', { symbolCharacters: '-' }),
        'props/forbidden',
        'symbolCharacters',
      ],
      ['a password an hour', () => Secret.password(newTenant(), 'db', { rotate: '1h' }), 'props/invalid', 'rotate'],
      ['a password without keys', () => Secret.password(newTenant(), 'db', { keys: [] }), 'props/invalid', 'keys'],
      [
        'no repository',
        () => Secret.ecrToken(newTenant(), 'db', { repositories: [] }),
        'props/invalid',
        'repositories',
      ],
      [
        'a repository by name',
        () => Secret.ecrToken(newTenant(), 'db', { repositories: ['shop/web'] }),
        'props/invalid',
        'repositories[0]',
      ],
      [
        'a login by the driver',
        () =>
          Secret.ecrToken(newTenant(), 'db', {
            repositories: [`arn:aws:ecr:us-west-2:${ACCOUNT}:repository/web`],
            source: SecretSource.driver(),
          }),
        'props/unsupported',
        'source',
      ],
      [
        'a login by a store',
        () =>
          Secret.ecrToken(newTenant(), 'db', {
            repositories: [`arn:aws:ecr:us-west-2:${ACCOUNT}:repository/web`],
            source: SecretSource.store({ name: 'a' }),
          }),
        'props/unsupported',
        'source',
      ],
      [
        'a login of a zone',
        () =>
          Secret.ecrToken(newTenant(), 'db', {
            repositories: [`arn:aws:ecr:us-west-2:${ACCOUNT}:repository/web`],
            region: 'us-west-2a' as never,
          }),
        'props/invalid',
        'region',
      ],
      [
        'a readable value',
        () => Secret.sealed(newTenant(), 'db', { encryptedData: { a: 'b' } }),
        'props/invalid',
        'encryptedData.a',
      ],
      [
        'a file that is not there',
        () => Secret.fromSops(newTenant(), 'db', { file: 'none.yaml', keys: ['a'] }),
        'props/invalid',
        'file',
      ],
    ]),
    ...factory('prod/shop/web', [
      [
        'variables of a secret that the driver mounts',
        () => {
          const tenant = newTenant();
          return web({ envFrom: [Secret.fromSecretsManager(tenant, 'db', { secret: 'a', keys: ['A'] })] }, tenant);
        },
        'props/unsupported',
        'envFrom[0]',
      ],
    ]),
    ...factory('Files.folder', [
      ['a folder that is not there', () => Files.folder('none', '/etc'), 'props/invalid', 'folder'],
    ]),
  ]);
});

describe('secrets that are pushed', () => {
  const push = (props: object) => () => {
    const tenant = newTenant();
    const secret = Secret.password(tenant, 'admin');
    return new PushSecret(tenant, 'copy', { secret, secretsManager: 'shop/admin', ...props } as never);
  };
  judge(
    factory('prod/shop/copy', [
      ['no secret', push({ secret: undefined }), 'props/required', 'secret'],
      ['the name of a secret', push({ secret: 'admin' }), 'props/type', 'secret'],
      [
        'one of AWS',
        push({ secret: Secret.fromSecretsManager(newTenant(), 'db', { secret: 'db' }) }),
        'props/forbidden',
        'secret',
      ],
      [
        'one of another namespace',
        push({ secret: Secret.password(newTenant({}, undefined, 'other'), 'db') }),
        'props/forbidden',
        'secret',
      ],
      ['no place', push({ secretsManager: undefined }), 'props/required', 'secretsManager'],
      ['two places', push({ parameter: '/a' }), 'props/forbidden', 'secretsManager'],
      [
        'an ARN',
        push({ secretsManager: `arn:aws:secretsmanager:us-west-2:${ACCOUNT}:secret:a` }),
        'props/invalid',
        'secretsManager',
      ],
      ['a key that it does not have', push({ key: 'user' }), 'props/unsupported', 'key'],
      ['an alias of a key', push({ kmsKey: 'alias/a' }), 'props/invalid', 'kmsKey'],
      ['another update', push({ update: 'never' }), 'props/unsupported', 'update'],
      ['another end', push({ onRemoval: 'Delete' }), 'props/unsupported', 'onRemoval'],
      ['the driver', push({ source: SecretSource.driver() }), 'props/unsupported', 'source'],
      ['a misspelt prop', push({ secretManager: 'a' }), 'props/unknown', 'secretManager'],
    ]),
  );
});
