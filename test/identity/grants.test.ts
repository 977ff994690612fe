import { Aws, type AwsGrant } from 'cdk8s-eks-patterns';
import type { AwsStatement } from '../../charts/identity/statement';
import { isOfShape, namedAction } from '../../eks/iam-actions';
import { appOf, newApp, newCluster, newTenant, podOf, synth, web } from '../support/app';
import { refusedBy } from '../support/findings';

const ACCOUNT = '111122223333';
const KEY = `arn:aws:kms:us-west-2:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`;
const UUID = '12345678-1234-1234-1234-123456789012-7';
const ENCRYPTED = { kmsKey: KEY };

/** Every grant, by how it is written. */
const GRANTS: Readonly<Record<string, () => AwsGrant>> = {
  's3.read': () => Aws.s3('assets').read(),
  's3.read with a key': () => Aws.s3('assets', ENCRYPTED).read(),
  's3.write': () => Aws.s3('assets', ENCRYPTED).write(),
  's3.readWrite': () => Aws.s3('assets', ENCRYPTED).readWrite(),
  's3.below.readWrite': () => Aws.s3('arn:aws:s3:::assets').below('reports/').readWrite(),
  'sqs.consume': () => Aws.sqs('mail', ENCRYPTED).consume(),
  'sqs.send': () => Aws.sqs('mail.fifo', ENCRYPTED).send(),
  'sns.publish': () => Aws.sns('mail', ENCRYPTED).publish(),
  'dynamodb.read': () => Aws.dynamodb('carts', ENCRYPTED).read(),
  'dynamodb.write': () => Aws.dynamodb('carts', ENCRYPTED).write(),
  'dynamodb.readWrite': () => Aws.dynamodb('carts', ENCRYPTED).readWrite(),
  'dynamodb.readStream': () => Aws.dynamodb('carts', ENCRYPTED).readStream(),
  'secret.read': () => Aws.secret('shop/db', ENCRYPTED).read(),
  'parameter.read': () => Aws.parameter('/shop/currency', ENCRYPTED).read(),
  'parameter.readBelow': () => Aws.parameter('shop/prod').readBelow(),
  'kms.decrypt': () => Aws.kms(KEY).decrypt(),
  'kms.encrypt': () => Aws.kms('mrk-1234567890abcdef1234567890abcdef').encrypt(),
  'kms.sign': () => Aws.kms(KEY).sign(),
  'kms.verify': () => Aws.kms(KEY).verify(),
  'kinesis.read': () => Aws.kinesis('clicks', ENCRYPTED).read(),
  'kinesis.write': () => Aws.kinesis('clicks', ENCRYPTED).write(),
  'firehose.put': () => Aws.firehose('clicks').put(),
  'eventBus.put': () => Aws.eventBus().put(),
  'stateMachine.start': () => Aws.stateMachine('refund').start(),
  'stateMachine.startSync': () => Aws.stateMachine('refund', ENCRYPTED).startSync(),
  'stateMachine.run': () => Aws.stateMachine('refund', ENCRYPTED).run(),
  'lambda.invoke': () => Aws.lambda('resize').invoke(),
  'bedrock.invoke': () => Aws.bedrock('amazon.nova-lite-v1:0').invoke(),
  'bedrock.invoke by a profile': () => Aws.bedrock('eu.amazon.nova-lite-v1:0').invoke(),
  'rds.connect': () => Aws.rds('db-ABCDEFGHIJKL01234/orders').connect(),
  'elastiCache.connect': () => Aws.elastiCache('replicationgroup:carts').connect('carts-app'),
  'elastiCache.connect to a serverless cache': () => Aws.elastiCache('serverlesscache:carts').connect('carts-app'),
  'msk.produce': () => Aws.msk('orders').produce('orders.created'),
  'msk.consume': () => Aws.msk(`orders/${UUID}`).consume('orders.created', 'mailer'),
  'msk.transact': () => Aws.msk(`arn:aws:kafka:us-west-2:${ACCOUNT}:cluster/orders/${UUID}`).transact('a', 'b'),
  'ses.send': () => Aws.ses('shop.example.com').send(),
  'ses.send from one address': () =>
    Aws.ses('shop.example.com').send({ from: 'a@shop.example.com', configurationSet: 'b' }),
  'logGroup.write': () => Aws.logGroup('/shop/orders').write(),
  metrics: () => Aws.metrics('Shop/Orders'),
  traces: () => Aws.traces(),
  'role.assume': () => Aws.role('arn:aws:iam::444455556666:role/partner').assume(),
};
const NAMES = Object.keys(GRANTS);
const site = { region: 'us-west-2', account: ACCOUNT } as const;
const statementsOf = (name: string): readonly AwsStatement[] => GRANTS[name]!().statements(site);

const policyOf = (aws: object, tenant = newTenant()) => {
  web({ aws }, tenant);
  const { clusterConfig } = synth(appOf(tenant));
  return clusterConfig!.iam.podIdentityAssociations.find((a: { namespace: string }) => a.namespace === 'shop')
    .permissionPolicy.Statement;
};

describe('grants', () => {
  it('of every factory are looked at here', () => {
    const factories = Object.getOwnPropertyNames(Aws).filter((name) => !['length', 'name', 'prototype'].includes(name));
    const seen = new Set(NAMES.map((name) => name.split('.')[0]));
    expect(factories.filter((name) => !seen.has(name))).toEqual([]);
    expect(factories.length).toBeGreaterThan(15);
  });

  it('of every method of a resource are looked at here', () => {
    const resources = [
      Aws.s3('assets'),
      Aws.sqs('a'),
      Aws.sns('a'),
      Aws.dynamodb('carts'),
      Aws.secret('a'),
      Aws.parameter('a'),
      Aws.kms(KEY),
      Aws.kinesis('a'),
      Aws.firehose('a'),
      Aws.eventBus(),
      Aws.stateMachine('a'),
      Aws.lambda('a'),
      Aws.bedrock('a.b'),
      Aws.rds('db-ABCDEFGHIJKL01234/a'),
      Aws.elastiCache('replicationgroup:a'),
      Aws.msk('a'),
      Aws.ses('example.com'),
      Aws.logGroup('a'),
      Aws.role(`arn:aws:iam::${ACCOUNT}:role/a`),
    ];
    const written = NAMES.map((name) => name.split(' ')[0]);
    for (const resource of resources) {
      const { factory } = (resource as unknown as { kind: { factory: string } }).kind;
      const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).filter(
        (name) => !['constructor', 'value', 'list', 'objects', 'below', 'part', 'checkName'].includes(name),
      );
      const expected = methods.map((name) => `${factory.replace('Aws.', '')}.${name}`);
      expect(expected.filter((name) => !written.includes(name))).toEqual([]);
      expect(expected.length).toBeGreaterThan(0);
    }
  });

  it.each(NAMES)('%s names actions that IAM has, on resources that they work on', (name) => {
    for (const { actions, resources } of statementsOf(name)) {
      for (const action of actions) {
        const found = namedAction(action);
        expect([action, found?.names.length]).toEqual([action, 1]);
        const { hasResources, shapes } = found!;
        // a wildcard only where the service has no resources for the action
        const works = resources.includes('*')
          ? !hasResources
          : resources.some((resource) => shapes.some((shape) => isOfShape(resource, shape)));
        expect([action, works]).toEqual([action, true]);
      }
      // and no resource that none of the actions works on
      for (const resource of resources.filter((one) => one !== '*')) {
        const shapes = actions.flatMap((action) => namedAction(action)!.shapes);
        expect([resource, shapes.some((shape) => isOfShape(resource, shape))]).toEqual([resource, true]);
      }
    }
  });

  it.each(NAMES)('%s is of the grammar of IAM', (name) => {
    for (const statement of statementsOf(name)) {
      expect(Object.keys(statement).filter((key) => !['actions', 'resources', 'conditions'].includes(key))).toEqual([]);
      expect(statement.actions.every((action) => /^[a-z0-9-]+:[A-Za-z]+$/.test(action))).toBe(true);
      expect([...statement.actions].sort()).toEqual(statement.actions);
      for (const resource of statement.resources) {
        expect(resource).toMatch(/^\*$|^arn:aws:[a-z0-9-]+:([a-z0-9-]+|\*)?:(\d{12})?:\S+$/);
      }
    }
  });

  it.each(NAMES)('%s as a statement is accepted by the checks of statements', (name) => {
    expect(() => web({ aws: { allow: statementsOf(name) } })).not.toThrow();
  });

  it.each([
    ['s3', 'assets', 'arn:aws:s3:::assets', (name: string) => Aws.s3(name).readWrite()],
    ['sqs', 'mail', `arn:aws:sqs:us-west-2:${ACCOUNT}:mail`, (name: string) => Aws.sqs(name).consume()],
    [
      'dynamodb',
      'carts',
      `arn:aws:dynamodb:us-west-2:${ACCOUNT}:table/carts`,
      (name: string) => Aws.dynamodb(name).read(),
    ],
    [
      'states',
      'refund',
      `arn:aws:states:us-west-2:${ACCOUNT}:stateMachine:refund`,
      (name: string) => Aws.stateMachine(name).run(),
    ],
    [
      'ssm',
      '/shop/a',
      `arn:aws:ssm:us-west-2:${ACCOUNT}:parameter/shop/a`,
      (name: string) => Aws.parameter(name).readBelow(),
    ],
  ])('of %s by name are those by ARN', (_, name, arn, grant) => {
    expect(grant(name).statements(site)).toEqual(grant(arn).statements({ region: undefined, account: undefined }));
  });

  it('of a bucket below a prefix list and read only that', () => {
    expect(Aws.s3('assets').below('reports/').read().statements(site)).toEqual([
      {
        actions: ['s3:ListBucket'],
        resources: ['arn:aws:s3:::assets'],
        conditions: { StringLike: { 's3:prefix': 'reports/*' } },
      },
      { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::assets/reports/*'] },
    ]);
  });

  it('of an encrypted queue use the key through the service alone', () => {
    expect(Aws.sqs('mail', ENCRYPTED).send().statements(site)[1]).toEqual({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [KEY],
      conditions: { StringEquals: { 'kms:ViaService': 'sqs.us-west-2.amazonaws.com' } },
    });
    expect(Aws.sqs('mail', ENCRYPTED).consume().statements(site)[1]!.actions).toEqual(['kms:Decrypt']);
  });

  it('of a cache are for the cache and the user', () => {
    const arn = (resource: string) => `arn:aws:elasticache:us-west-2:${ACCOUNT}:${resource}`;
    const cache = (name: string, user: string) => Aws.elastiCache(name).connect(user).statements(site);
    const expected = [
      { actions: ['elasticache:Connect'], resources: [arn('replicationgroup:carts'), arn('user:carts-app')] },
    ];
    expect(cache('replicationgroup:carts', 'carts-app')).toEqual(expected);
    expect(cache(arn('replicationgroup:carts'), arn('user:carts-app'))).toEqual(expected);
    expect(cache('serverlesscache:a', 'b')[0]!.resources).toEqual([arn('serverlesscache:a'), arn('user:b')]);
  });

  it('of Kafka are for the cluster, the topic and the group, of any ID where it is not said', () => {
    const arn = (resource: string) => `arn:aws:kafka:us-west-2:${ACCOUNT}:${resource}`;
    expect(Aws.msk('orders').consume('created', 'mailer').statements(site)).toEqual([
      { actions: ['kafka-cluster:Connect'], resources: [arn('cluster/orders/*')] },
      {
        actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
        resources: [arn('topic/orders/*/created')],
      },
      {
        actions: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
        resources: [arn('group/orders/*/mailer')],
      },
    ]);
    const whole = Aws.msk(arn(`cluster/orders/${UUID}`)).transact('created', 'tx');
    expect(whole.statements(site).map(({ resources }) => resources)).toEqual([
      [arn(`cluster/orders/${UUID}`)],
      [arn(`topic/orders/${UUID}/created`)],
      [arn(`transactional-id/orders/${UUID}/tx`)],
    ]);
    expect(whole.statements(site)).toEqual(Aws.msk(`orders/${UUID}`).transact('created', 'tx').statements(site));
  });

  it('of mail are for the identity, the configuration set and the sender', () => {
    const arn = (resource: string) => `arn:aws:ses:us-west-2:${ACCOUNT}:${resource}`;
    const send = Aws.ses('shop.example.com').send({ from: 'a@shop.example.com', configurationSet: 'b' });
    expect(send.statements(site)).toEqual([
      {
        actions: ['ses:SendEmail', 'ses:SendRawEmail'],
        resources: [arn('identity/shop.example.com'), arn('configuration-set/b')],
        conditions: { StringLike: { 'ses:FromAddress': 'a@shop.example.com' } },
      },
    ]);
    const [plain] = Aws.ses('orders@shop.example.com').send().statements(site);
    expect(plain).toEqual({
      actions: ['ses:SendEmail', 'ses:SendRawEmail'],
      resources: [arn('identity/orders@shop.example.com')],
    });
  });

  it('of an encrypted state machine decrypt what they read, and nothing to start it', () => {
    const machine = Aws.stateMachine('refund', ENCRYPTED);
    const key = {
      actions: ['kms:Decrypt'],
      resources: [KEY],
      conditions: { StringEquals: { 'kms:ViaService': 'states.us-west-2.amazonaws.com' } },
    };
    expect(machine.startSync().statements(site)[1]).toEqual(key);
    expect(machine.run().statements(site)[2]).toEqual(key);
    expect(machine.start().statements(site)).toHaveLength(1);
  });

  it('of a secret by name let Secrets Manager append its characters', () => {
    const arn = `arn:aws:secretsmanager:us-west-2:${ACCOUNT}:secret:shop/db`;
    expect(Aws.secret('shop/db').read().statements(site)[0]!.resources).toEqual([`${arn}-??????`]);
    expect(Aws.secret(`${arn}-a1B2c3`).read().statements(site)[0]!.resources).toEqual([`${arn}-a1B2c3`]);
  });

  it('of an inference profile reach the model through the profile alone', () => {
    const profile = `arn:aws:bedrock:us-west-2:${ACCOUNT}:inference-profile/eu.amazon.nova-lite-v1:0`;
    const [own, model] = statementsOf('bedrock.invoke by a profile');
    expect(own!.resources).toEqual([profile]);
    expect(model).toMatchObject({
      resources: ['arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0'],
      conditions: { ArnLike: { 'bedrock:InferenceProfileArn': profile } },
    });
  });
});

describe('grants of a workload', () => {
  it('are the policy of its association, each statement once', () => {
    const bucket = Aws.s3('assets');
    const allow = [bucket.read(), bucket.readWrite(), { actions: ['sqs:ListQueues'], resources: ['*'] }];
    expect(policyOf({ allow })).toEqual([
      { Effect: 'Allow', Action: ['s3:ListBucket'], Resource: ['arn:aws:s3:::assets'] },
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::assets/*'] },
      {
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
        Resource: ['arn:aws:s3:::assets/*'],
      },
      { Effect: 'Allow', Action: ['sqs:ListQueues'], Resource: ['*'] },
    ]);
  });

  it('have the region and the partition of the cluster, and the account that was said', () => {
    const china = newTenant({}, newCluster(newApp(), { region: 'cn-north-1' } as object));
    const allow = [Aws.sqs('mail').send()];
    expect(policyOf({ allow }, china)[0].Resource).toEqual(['arn:aws-cn:sqs:cn-north-1:*:mail']);
    expect(policyOf({ allow, account: ACCOUNT })[0].Resource).toEqual([`arn:aws:sqs:us-west-2:${ACCOUNT}:mail`]);
  });

  it('are the policy of an IRSA role too', () => {
    const tenant = newTenant();
    web({ aws: { by: 'irsa', account: ACCOUNT, allow: [Aws.sns('mail').publish()] } }, tenant);
    const { clusterConfig } = synth(appOf(tenant));
    expect(clusterConfig!.iam.serviceAccounts[0].attachPolicy.Statement).toEqual([
      { Effect: 'Allow', Action: ['sns:Publish'], Resource: [`arn:aws:sns:us-west-2:${ACCOUNT}:mail`] },
    ]);
  });

  it('open the ways to the agent and to AWS', () => {
    const policy = web({ aws: { allow: [Aws.sns('mail').publish()] } }).networkPolicy!.toJson();
    expect(JSON.stringify(policy.spec)).toContain('169.254.170.23/32');
  });

  it('put variables into the ConfigMap of its variables', () => {
    const workload = web({
      env: { OTHER: 'a' },
      aws: {
        account: ACCOUNT,
        allow: [
          Aws.sqs('mail', { env: 'QUEUE_URL' }).consume(),
          Aws.sqs('mail', { env: 'QUEUE_URL' }).send(),
          Aws.s3('assets', { env: 'BUCKET' }).read(),
          Aws.dynamodb('carts', { env: 'TABLE' }).read(),
          Aws.sns('mail', { env: 'TOPIC' }).publish(),
          Aws.parameter('shop/a', { env: 'PARAMETER' }).read(),
          Aws.secret('shop/a', { env: 'DB_SECRET_NAME' }).read(),
          Aws.elastiCache('serverlesscache:carts', { env: 'CACHE' }).connect('carts'),
          Aws.ses('shop.example.com', { env: 'MAIL_DOMAIN' }).send(),
          Aws.msk(`orders/${UUID}`, { env: 'CLUSTER_ARN' }).produce('created'),
        ],
      },
    });
    expect(workload.configMap!.toJson().data).toEqual({
      OTHER: 'a',
      QUEUE_URL: `https://sqs.us-west-2.amazonaws.com/${ACCOUNT}/mail`,
      BUCKET: 'assets',
      TABLE: 'carts',
      TOPIC: `arn:aws:sns:us-west-2:${ACCOUNT}:mail`,
      PARAMETER: '/shop/a',
      DB_SECRET_NAME: 'shop/a',
      CACHE: 'carts',
      MAIL_DOMAIN: 'shop.example.com',
      CLUSTER_ARN: `arn:aws:kafka:us-west-2:${ACCOUNT}:cluster/orders/${UUID}`,
    });
    expect(podOf(workload).spec.containers[0].envFrom).toHaveLength(1);
  });

  it('a variable called __proto__ is one like others', () => {
    const { data } = web({ aws: { allow: [Aws.s3('assets', { env: '__proto__' }).read()] } }).configMap!.toJson();
    expect(Object.entries(data)).toEqual([['__proto__', 'assets']]);
  });

  const sqs = (resource: string, options?: object) => () =>
    web({ aws: { allow: [Aws.sqs(resource, options).send()] } });
  it.each<[string, () => unknown, string, string]>([
    ['a queue by its URL', sqs('https://sqs.us-west-2.amazonaws.com/1/mail'), 'props/invalid', 'resource'],
    ['a queue by the ARN of a topic', sqs(`arn:aws:sns:us-west-2:${ACCOUNT}:mail`), 'props/invalid', 'resource'],
    [
      'an ARN with a placeholder for the region',
      sqs(`arn:aws:sqs:REGION:${ACCOUNT}:mail`),
      'props/invalid',
      'resource',
    ],
    [
      'an ARN with a placeholder for the account',
      sqs('arn:aws:sqs:us-west-2:ACCOUNT:mail'),
      'props/invalid',
      'resource',
    ],
    ['an ARN with a wildcard as account', sqs('arn:aws:sqs:us-west-2:*:mail'), 'props/invalid', 'resource'],
    ['an ARN of CloudFormation', sqs('arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:mail'), 'props/invalid', 'resource'],
    ['an ARN of a pattern of queues', sqs(`arn:aws:sqs:us-west-2:${ACCOUNT}:*`), 'props/invalid', 'resource'],
    ['a pattern of queues', sqs('*'), 'props/invalid', 'resource'],
    ['no queue', sqs(undefined as never), 'props/required', 'resource'],
    ['an unknown option', sqs('mail', { variable: 'A' }), 'props/unknown', 'options.variable'],
    ['a name of a variable with a blank', sqs('mail', { env: 'A B' }), 'props/invalid', 'options.env'],
    [
      'an alias of a key',
      sqs('mail', { kmsKey: `arn:aws:kms:us-west-2:${ACCOUNT}:alias/a` }),
      'props/invalid',
      'options.kmsKey',
    ],
    [
      'the ID of a key',
      sqs('mail', { kmsKey: '12345678-1234-1234-1234-123456789012' }),
      'props/invalid',
      'options.kmsKey',
    ],
    ['a key of a function', () => Aws.lambda('carts', ENCRYPTED as object), 'props/unsupported', 'options.kmsKey'],
    ['a key of a bus', () => Aws.eventBus('carts', ENCRYPTED as object), 'props/unsupported', 'options.kmsKey'],
    ['a key of Firehose', () => Aws.firehose('carts', ENCRYPTED as object), 'props/unsupported', 'options.kmsKey'],
    ['a key of a log group', () => Aws.logGroup('carts', ENCRYPTED as object), 'props/unknown', 'options.kmsKey'],
    ['an object as a bucket', () => Aws.s3('arn:aws:s3:::assets/key'), 'props/invalid', 'resource'],
    ['a bucket with capitals', () => Aws.s3('Assets'), 'props/invalid', 'resource'],
    ['a prefix that begins with a slash', () => Aws.s3('assets').below('/reports'), 'props/invalid', 'prefix'],
    ['a prefix with a wildcard', () => Aws.s3('assets').below('reports/*'), 'props/invalid', 'prefix'],
    ['an alias as a key', () => Aws.kms('alias/shop'), 'props/invalid', 'resource'],
    [
      'a version of a function',
      () => Aws.lambda(`arn:aws:lambda:us-west-2:${ACCOUNT}:function:a:1`),
      'props/invalid',
      'resource',
    ],
    ['a user without a database', () => Aws.rds('orders'), 'props/invalid', 'resource'],
    ['a cache without its kind', () => Aws.elastiCache('carts'), 'props/invalid', 'resource'],
    ['a user with a blank', () => Aws.elastiCache('serverlesscache:a').connect('a b'), 'props/invalid', 'user'],
    ['no user', () => Aws.elastiCache('serverlesscache:a').connect('' as never), 'props/type', 'user'],
    [
      'a user by the ARN of a group',
      () => Aws.elastiCache('serverlesscache:a').connect(`arn:aws:elasticache:us-west-2:${ACCOUNT}:usergroup:a`),
      'props/invalid',
      'user',
    ],
    ['a cluster with a slash', () => Aws.msk('orders/a'), 'props/invalid', 'resource'],
    ['a pattern of topics', () => Aws.msk('orders').produce('*'), 'props/invalid', 'topic'],
    ['no group', () => Aws.msk('orders').consume('a', undefined as never), 'props/required', 'group'],
    ['a pattern of transactions', () => Aws.msk('orders').transact('a', 'b*'), 'props/invalid', 'id'],
    ['a variable of a cluster by name', () => Aws.msk('orders', { env: 'A' }), 'props/forbidden', 'options.env'],
    ['a host as an identity', () => Aws.ses('localhost'), 'props/invalid', 'resource'],
    ['a name as a sender', () => Aws.ses('example.com').send({ from: 'Shop' }), 'props/invalid', 'options.from'],
    [
      'a configuration set with a blank',
      () => Aws.ses('example.com').send({ configurationSet: 'a b' }),
      'props/invalid',
      'options.configurationSet',
    ],
    ['a misspelt option', () => Aws.ses('example.com').send({ to: 'a' } as object), 'props/unknown', 'options.to'],
    ['a role by name', () => Aws.role('partner'), 'props/invalid', 'resource'],
    ['a namespace of AWS', () => Aws.metrics('AWS/SQS'), 'props/invalid', 'namespace'],
    ['a resource without a grant', () => web({ aws: { allow: [Aws.s3('assets')] } }), 'props/type', 'aws.allow[0]'],
    [
      'a variable that env has as well',
      () => web({ env: { A: 'b' }, aws: { allow: [Aws.s3('assets', { env: 'A' }).read()] } }),
      'props/duplicate',
      'env.A',
    ],
    [
      'one variable for two resources',
      () => web({ aws: { allow: [Aws.s3('assets', { env: 'A' }).read(), Aws.s3('other', { env: 'A' }).read()] } }),
      'props/duplicate',
      'aws.allow[1]',
    ],
    ['a URL without the account', sqs('mail', { env: 'A' }), 'props/required', 'aws.account'],
    [
      'an account of 10 digits',
      () => web({ aws: { account: '1111222233', allow: [Aws.sqs('mail').send()] } }),
      'props/invalid',
      'aws.account',
    ],
    [
      'an account for statements',
      () => web({ aws: { account: ACCOUNT, allow: [{ actions: ['sqs:ListQueues'], resources: ['*'] }] } }),
      'props/forbidden',
      'aws.account',
    ],
  ])('%s is refused', (_, program, rule, field) => {
    expect(refusedBy(program)).toEqual([rule, field]);
  });

  const statement = (more: object) => () =>
    web({ aws: { allow: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/*'], ...more }] } });
  it.each<[string, () => unknown, string, string]>([
    [
      'an operator that IAM does not have',
      statement({ conditions: { StringEqual: { 'aws:a': 'b' } } }),
      'props/unsupported',
      'conditions.StringEqual',
    ],
    [
      'NullIfExists',
      statement({ conditions: { NullIfExists: { 'aws:a': 'true' } } }),
      'props/unsupported',
      'conditions.NullIfExists',
    ],
    [
      'a key without a prefix',
      statement({ conditions: { StringEquals: { team: 'b' } } }),
      'props/invalid',
      'conditions.StringEquals.team',
    ],
    [
      'no values',
      statement({ conditions: { StringEquals: { 'aws:a': [] } } }),
      'props/invalid',
      "conditions.StringEquals['aws:a']",
    ],
    [
      'a flag as a value',
      statement({ conditions: { Bool: { 'aws:a': true } } }),
      'props/type',
      "conditions.Bool['aws:a']",
    ],
    ['half an ARN', statement({ resources: ['arn:aws:s3'] }), 'props/invalid', 'resources[0]'],
    ['a placeholder', statement({ resources: ['arn:aws:sqs:us-west-2:<account>:a'] }), 'props/invalid', 'resources[0]'],
    [
      'a word for the account',
      statement({ resources: ['arn:aws:sqs:us-west-2:ACCOUNT_ID:a'] }),
      'props/invalid',
      'resources[0]',
    ],
  ])('%s in a statement is refused', (_, program, rule, field) => {
    expect(refusedBy(program)).toEqual([rule, `aws.allow[0].${field}`]);
  });

  it.each([
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-1/*'] } },
    { StringEqualsIfExists: { 'aws:ResourceTag/team': 'shop' } },
    { Null: { 'aws:a': 'true' } },
  ])('the condition %j is accepted', (conditions) => {
    expect(() => web({ aws: { allow: [{ actions: ['s3:GetObject'], resources: ['*'], conditions }] } })).not.toThrow();
  });
});
