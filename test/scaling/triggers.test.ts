import { ScaleTrigger, Secret } from 'cdk8s-eks-patterns';
import { appOf, newApp, newCluster, newTenant, stateful, synth, web, worker } from '../support/app';
import { findingsOf } from '../support/findings';

const scaled = (trigger: ScaleTrigger, scope = newTenant(), scale: object = {}) =>
  worker({ replicas: { min: 0, max: 9, triggers: [trigger], ...scale } }, scope);
const spec = (trigger: ScaleTrigger, scope = newTenant()) => {
  const made = scaled(trigger, scope);
  const [first] = made.scaledObject!.toJson().spec.triggers;
  return { trigger: first!, logins: made.triggerAuthentications.map((one) => one.toJson()) };
};
const queueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/mail';
const sqs = ScaleTrigger.sqs({ queueUrl, messagesPerReplica: 5 });
const kafka = { bootstrapServers: ['a:9092', 'b:9092'], consumerGroup: 'orders' };
const metric = { namespace: 'AWS/ApplicationELB', metricName: 'RequestCount', dimensions: { LoadBalancer: 'app/a' } };
const cloudwatch = { ...metric, targetMetricValue: 100, minMetricValue: 0 };
const prometheus = { serverAddress: 'http://prometheus.monitoring.svc:9090', query: 'sum(up)', threshold: 1.5 };
const redis = { address: 'valkey.shop.svc:6379', listName: 'jobs' };
const postgresql = { host: 'db', userName: 'reader', dbName: 'shop', query: 'SELECT 1', targetQueryValue: 5 };

describe('metadata has the names and texts of KEDA', () => {
  test.each([
    [
      'kafka',
      ScaleTrigger.kafka({ ...kafka, topic: 't', lagThreshold: 50, excludePersistentLag: true, tls: true }),
      {
        bootstrapServers: 'a:9092,b:9092',
        consumerGroup: 'orders',
        topic: 't',
        lagThreshold: '50',
        excludePersistentLag: 'true',
        tls: 'enable',
      },
    ],
    [
      'aws-cloudwatch',
      ScaleTrigger.cloudwatch({
        ...cloudwatch,
        dimensions: { A: '1', B: '2' },
        metricStat: 'Sum',
        metricStatPeriod: '1m',
      }),
      {
        namespace: 'AWS/ApplicationELB',
        metricName: 'RequestCount',
        dimensionName: 'A;B',
        dimensionValue: '1;2',
        targetMetricValue: '100',
        minMetricValue: '0',
        metricStat: 'Sum',
        metricStatPeriod: '60',
        awsRegion: 'us-west-2',
      },
    ],
    [
      'aws-cloudwatch',
      ScaleTrigger.cloudwatch({
        expression: 'SELECT 1',
        targetMetricValue: 1,
        minMetricValue: 0,
        awsRegion: 'eu-west-1',
      }),
      { expression: 'SELECT 1', targetMetricValue: '1', minMetricValue: '0', awsRegion: 'eu-west-1' },
    ],
    [
      'prometheus',
      ScaleTrigger.prometheus({ ...prometheus, activationThreshold: 1, ignoreNullValues: false }),
      { ...prometheus, threshold: '1.5', activationThreshold: '1', ignoreNullValues: 'false' },
    ],
    [
      'redis',
      ScaleTrigger.redis({ ...redis, listLength: 20, activationListLength: 2, databaseIndex: 1, enableTLS: true }),
      { ...redis, listLength: '20', activationListLength: '2', databaseIndex: '1', enableTLS: 'true' },
    ],
    [
      'postgresql',
      ScaleTrigger.postgresql({ ...postgresql, authenticationRef: { name: 'db' } }),
      { ...postgresql, targetQueryValue: '5', port: '5432', sslmode: 'require' },
    ],
  ])('%s', (type, trigger, metadata) => {
    expect(spec(trigger).trigger).toMatchObject({ type, metadata });
    expect(Object.keys(spec(trigger).trigger.metadata).sort()).toEqual(Object.keys(metadata).sort());
  });

  test('CPU and memory, in percent or as an amount', () => {
    const triggers = [
      ScaleTrigger.cpu({ value: 70, containerName: 'worker' }),
      ScaleTrigger.memory({ metricType: 'AverageValue', value: '400Mi' }),
    ];
    expect(worker({ replicas: { min: 1, max: 4, triggers } }).scaledObject!.toJson().spec.triggers).toEqual([
      { type: 'cpu', metricType: 'Utilization', metadata: { value: '70', containerName: 'worker' } },
      { type: 'memory', metricType: 'AverageValue', metadata: { value: '400Mi' } },
    ]);
  });
});

describe('logins', () => {
  test('a Secret of the app becomes a TriggerAuthentication that the trigger names', () => {
    const shop = newTenant();
    const login = Secret.existing(shop, 'kafka', ['user', 'password']);
    const secrets = { username: login.key('user'), password: login.key('password') };
    const { trigger, logins } = spec(
      ScaleTrigger.kafka({ ...kafka, sasl: 'scram_sha512', authentication: { secrets } }),
      shop,
    );
    expect(trigger.authenticationRef).toEqual({ name: 'worker-kafka' });
    expect(logins).toMatchObject([
      {
        kind: 'TriggerAuthentication',
        metadata: { name: 'worker-kafka', namespace: 'shop' },
        spec: {
          secretTargetRef: [
            { parameter: 'username', name: 'kafka', key: 'user' },
            { parameter: 'password', name: 'kafka', key: 'password' },
          ],
        },
      },
    ]);
    expect(findingsOf(() => synth(appOf(shop)))).toEqual([]);
  });

  test('KEDA reads Secrets Manager itself, since at zero replicas no pod mounts the secret', () => {
    const shop = newTenant();
    const db = Secret.fromSecretsManager(shop, 'db', { secret: 'shop/db', keys: ['password'] });
    const trigger = ScaleTrigger.postgresql({
      ...postgresql,
      authentication: { secrets: { password: db.key('password') } },
    });
    expect(spec(trigger, shop).logins[0]!.spec).toEqual({
      awsSecretManager: {
        podIdentity: { provider: 'aws' },
        region: 'us-west-2',
        secrets: [{ parameter: 'password', name: 'shop/db', secretKey: 'password' }],
      },
    });
    expect(operator(shop)).toMatchObject({
      permissionPolicy: {
        Statement: [{ Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'] }],
      },
    });
  });

  test('equal logins are one object, and different ones have different names', () => {
    const roleArn = 'arn:aws:iam::444455556666:role/reader' as const;
    const other = { authentication: { podIdentity: { provider: 'aws' as const, roleArn } } };
    const triggers = [
      ScaleTrigger.cloudwatch(cloudwatch),
      ScaleTrigger.cloudwatch({ ...cloudwatch, metricName: 'Other' }),
      ScaleTrigger.cloudwatch({ ...cloudwatch, ...other }),
    ];
    const made = worker({ replicas: { min: 0, max: 3, triggers } });
    expect(made.triggerAuthentications.map(({ name }) => name)).toEqual([
      'worker-aws-cloudwatch',
      'worker-aws-cloudwatch-2',
    ]);
    expect(made.scaledObject!.toJson().spec.triggers.map((t) => t.authenticationRef?.name)).toEqual([
      'worker-aws-cloudwatch',
      'worker-aws-cloudwatch',
      'worker-aws-cloudwatch-2',
    ]);
  });
});

const operator = (shop: ReturnType<typeof newTenant>) => {
  const { clusterConfig } = synth(appOf(shop));
  const all = clusterConfig!.iam.podIdentityAssociations as { serviceAccountName: string }[];
  const found = all.filter(({ serviceAccountName }) => serviceAccountName === 'keda-operator');
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0];
};

describe('the role of the operator may read what triggers name, and no more', () => {
  const workspace = 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1';
  test.each<[string, ScaleTrigger, object | undefined]>([
    ['a queue', sqs, { permissionPolicyARNs: ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'] }],
    [
      'CloudWatch',
      ScaleTrigger.cloudwatch(cloudwatch),
      { permissionPolicy: { Statement: [{ Action: ['cloudwatch:GetMetricData'], Resource: ['*'] }] } },
    ],
    [
      'a workspace of Prometheus',
      ScaleTrigger.prometheus({ ...prometheus, serverAddress: workspace }),
      { permissionPolicyARNs: ['arn:aws:iam::aws:policy/AmazonPrometheusQueryAccess'] },
    ],
    [
      'MSK',
      ScaleTrigger.kafka({ ...kafka, topic: 'orders', sasl: 'aws_msk_iam' }),
      {
        permissionPolicy: {
          Statement: [
            {
              Action: ['kafka-cluster:Connect', 'kafka-cluster:DescribeGroup', 'kafka-cluster:DescribeTopic'],
              Resource: [
                'arn:aws:kafka:us-west-2:*:cluster/*',
                'arn:aws:kafka:us-west-2:*:topic/*/*/orders',
                'arn:aws:kafka:us-west-2:*:group/*/*/orders',
              ],
            },
          ],
        },
      },
    ],
    [
      'a role that it assumes',
      ScaleTrigger.sqs({
        queueUrl,
        messagesPerReplica: 5,
        authentication: { podIdentity: { provider: 'aws', roleArn: 'arn:aws:iam::444455556666:role/reader' } },
      }),
      {
        permissionPolicy: {
          Statement: [
            {
              Action: ['sts:AssumeRole', 'sts:TagSession'],
              Resource: ['arn:aws:iam::444455556666:role/reader'],
            },
          ],
        },
      },
    ],
    [
      'what a raw trigger says',
      ScaleTrigger.keda(
        'aws-dynamodb',
        { tableName: 't', awsRegion: 'us-west-2' },
        {
          authentication: {
            podIdentity: { provider: 'aws', allow: [{ actions: ['dynamodb:Query'], resources: ['*'] }] },
          },
        },
      ),
      { permissionPolicy: { Statement: [{ Action: ['dynamodb:Query'], Resource: ['*'] }] } },
    ],
    ['nothing for a Prometheus of the cluster', ScaleTrigger.prometheus(prometheus), undefined],
  ])('%s', (_what, trigger, expected) => {
    const shop = newTenant();
    scaled(trigger, shop);
    const found = operator(shop);
    expect(found === undefined).toBe(expected === undefined);
    expect(found ?? {}).toMatchObject(expected ?? {});
  });

  test('the permissions of all workloads are one role, whatever their order', () => {
    const both = (first: ScaleTrigger, second: ScaleTrigger) => {
      const shop = newTenant();
      worker({ replicas: { min: 0, max: 2, triggers: [first] } }, shop, 'a');
      worker({ replicas: { min: 0, max: 2, triggers: [second] } }, shop, 'b');
      return operator(shop);
    };
    const one = ScaleTrigger.cloudwatch(cloudwatch);
    expect(both(sqs, one)).toEqual(both(one, sqs));
    expect(both(sqs, one)).toMatchObject({
      permissionPolicyARNs: ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'],
      permissionPolicy: { Statement: [{ Action: ['cloudwatch:GetMetricData'] }] },
    });
  });

  test('a trigger by CPU needs metrics-server', () => {
    const shop = newTenant();
    scaled(ScaleTrigger.cpu({ value: 50 }), shop, { min: 1 });
    const addons = synth(appOf(shop)).clusterConfig!.addons as { name: string }[];
    expect(addons.map(({ name }) => name)).toContain('metrics-server');
  });
});

describe('a workload that a trigger names by its host lets the operator in', () => {
  const operatorIn = (target: ReturnType<typeof stateful>) =>
    target
      .networkPolicy!.toJson()
      .spec!.ingress?.flatMap(({ from, ports }) =>
        from!.some((peer) => peer.podSelector?.matchLabels?.['app.kubernetes.io/name'] === 'keda-operator')
          ? ports!.map(({ port }) => port)
          : [],
      );

  test.each<[string, (store: ReturnType<typeof stateful>) => ScaleTrigger, number[]]>([
    ['its address', ({ address }) => ScaleTrigger.redis({ address, listName: 'jobs' }), [7000]],
    ['a member', ({ hosts }) => ScaleTrigger.kafka({ ...kafka, bootstrapServers: [`${hosts[0]}:7001`] }), [7001]],
    ['a raw trigger', ({ host }) => ScaleTrigger.keda('mongodb', { host }), [7000, 7001]],
    ['another host', () => ScaleTrigger.redis({ ...redis, address: 'other.shop.svc:7000' }), []],
  ])('%s', (_what, trigger, ports) => {
    const shop = newTenant();
    const store = stateful({ port: { client: 7000, admin: 7001 } }, shop);
    web({}, shop);
    scaled(trigger(store), shop);
    expect(operatorIn(store) ?? []).toEqual(ports);
  });
});

describe('how KEDA scales', () => {
  const events = (scale: object) => {
    const made = worker({ replicas: { min: 0, max: 9, triggers: [sqs], ...scale } }).scaledObject!.toJson();
    return { ...made.spec, annotations: made.metadata.annotations };
  };

  test.each<[object, object]>([
    [{ pollingInterval: '10s' }, { pollingInterval: 10 }],
    [{ cooldownPeriod: '2m' }, { cooldownPeriod: 120 }],
    [{ initialCooldownPeriod: '1m' }, { initialCooldownPeriod: 60 }],
    [
      { min: 2, idleReplicaCount: 0 },
      { minReplicaCount: 2, idleReplicaCount: 0 },
    ],
    [
      { fallback: { failureThreshold: 3, replicas: 6, behavior: 'currentReplicasIfHigher' } },
      { fallback: { failureThreshold: 3, replicas: 6, behavior: 'currentReplicasIfHigher' } },
    ],
    [{ paused: true }, { annotations: { 'autoscaling.keda.sh/paused': 'true' } }],
    [{ paused: { replicas: 0 } }, { annotations: { 'autoscaling.keda.sh/paused-replicas': '0' } }],
  ])('%j', (scale, expected) => {
    expect(events(scale)).toMatchObject(expected);
  });

  test('without options there are none', () => {
    expect(events({ paused: false }).annotations).toBeUndefined();
    expect(Object.keys(events({}))).toEqual([
      'advanced',
      'maxReplicaCount',
      'minReplicaCount',
      'scaleTargetRef',
      'triggers',
      'annotations',
    ]);
  });
});

describe('what KEDA would refuse or ignore is refused', () => {
  const cpu = ScaleTrigger.cpu({ value: 50 });
  const active = ScaleTrigger.redis({ ...redis, activationListLength: 3 });
  test.each<[string, object]>([
    ['pollingInterval', { min: 1, max: 2, pollingInterval: '10s' }],
    ['fallback', { min: 1, max: 2, fallback: { failureThreshold: 1, replicas: 1 } }],
    ['paused', { min: 1, max: 2, paused: true }],
    ['cooldownPeriod', { min: 1, max: 2, triggers: [sqs], cooldownPeriod: '1m' }],
    ['idleReplicaCount', { min: 0, max: 2, triggers: [sqs], idleReplicaCount: 0 }],
    ['idleReplicaCount', { min: 2, max: 2, triggers: [sqs], idleReplicaCount: 1 }],
    ['fallback.replicas', { min: 0, max: 2, triggers: [sqs], fallback: { failureThreshold: 1, replicas: 3 } }],
    ['fallback', { min: 1, max: 2, triggers: [cpu], fallback: { failureThreshold: 1, replicas: 2 } }],
    ['paused.replicas', { min: 0, max: 2, triggers: [sqs], paused: { replicas: 3 } }],
    ['triggers[0].activationListLength', { min: 1, max: 2, triggers: [active] }],
    ['triggers[1]', { min: 1, max: 2, triggers: [cpu, cpu] }],
    ['triggers[0]', { min: 1, max: 2, triggers: [cpu], cpuUtilization: 60 }],
    ['min', { min: 0, max: 2, triggers: [cpu] }],
    ['triggers', { min: 0, max: 2, triggers: 'sqs' }],
  ])('replicas.%s of %j', (field, replicas) => {
    expect(findingsOf(() => worker({ replicas }))).toMatchObject([{ field: `replicas.${field}` }]);
  });

  const shop = newTenant({}, newCluster(newApp()));
  const login = Secret.existing(shop, 'login', ['a']).key('a');
  const parameter = Secret.fromParameterStore(shop, 'ssm', { parameter: '/a' }).key('value');
  const loose = (make: (props: never) => ScaleTrigger, props: object) => () => make(props as never);
  test.each<[string, () => ScaleTrigger]>([
    ['bootstrapServers', loose(ScaleTrigger.kafka, { consumerGroup: 'a' })],
    ['bootstrapServers[0]', loose(ScaleTrigger.kafka, { ...kafka, bootstrapServers: ['kafka'] })],
    ['limitToPartitionsWithLag', loose(ScaleTrigger.kafka, { ...kafka, limitToPartitionsWithLag: true })],
    ['authentication.secrets.username', loose(ScaleTrigger.kafka, { ...kafka, sasl: 'plaintext' })],
    ['tls', loose(ScaleTrigger.kafka, { ...kafka, sasl: 'aws_msk_iam', tls: false })],
    ['sasl', loose(ScaleTrigger.kafka, { ...kafka, sasl: 'scram' })],
    ['lagTreshold', loose(ScaleTrigger.kafka, { ...kafka, lagTreshold: 1 })],
    [
      'authentication.secrets.pasword',
      loose(ScaleTrigger.redis, { ...redis, authentication: { secrets: { pasword: login } } }),
    ],
    [
      'authentication.secrets.password',
      loose(ScaleTrigger.redis, { ...redis, authentication: { secrets: { password: parameter } } }),
    ],
    [
      'authentication.secrets.password',
      loose(ScaleTrigger.redis, { ...redis, authentication: { secrets: { password: 'a' } } }),
    ],
    [
      'authentication.podIdentity',
      loose(ScaleTrigger.redis, { ...redis, authentication: { podIdentity: { provider: 'aws' } } }),
    ],
    ['authentication', loose(ScaleTrigger.redis, { ...redis, authentication: {} })],
    [
      'authentication',
      loose(ScaleTrigger.redis, {
        ...redis,
        authentication: { secrets: { password: login } },
        authenticationRef: { name: 'a' },
      }),
    ],
    ['address', loose(ScaleTrigger.redis, { ...redis, address: 'valkey' })],
    ['serverAddress', loose(ScaleTrigger.prometheus, { ...prometheus, serverAddress: 'prometheus:9090' })],
    ['threshold', loose(ScaleTrigger.prometheus, { ...prometheus, threshold: '1' })],
    ['authentication.secrets.bearerToken', loose(ScaleTrigger.prometheus, { ...prometheus, authModes: ['bearer'] })],
    [
      'authModes',
      loose(ScaleTrigger.prometheus, { ...prometheus, authentication: { secrets: { bearerToken: login } } }),
    ],
    ['dimensions', loose(ScaleTrigger.cloudwatch, { ...cloudwatch, dimensions: {} })],
    ['namespace', loose(ScaleTrigger.cloudwatch, { ...cloudwatch, expression: 'SELECT 1' })],
    ['metricStatPeriod', loose(ScaleTrigger.cloudwatch, { ...cloudwatch, metricStatPeriod: '45s' })],
    ['metricCollectionTime', loose(ScaleTrigger.cloudwatch, { ...cloudwatch, metricStatPeriod: '7m' })],
    ['authentication.secrets.password', loose(ScaleTrigger.postgresql, postgresql)],
    ['host', loose(ScaleTrigger.postgresql, { ...postgresql, authentication: { secrets: { connection: login } } })],
    ['value', loose(ScaleTrigger.cpu, { value: '70' })],
    ['value', loose(ScaleTrigger.memory, { metricType: 'AverageValue', value: 70 })],
    [
      'authentication.podIdentity.allow',
      () => ScaleTrigger.keda('aws-dynamodb', {}, { authentication: { podIdentity: { provider: 'aws' } } }),
    ],
    [
      'authentication.podIdentity.roleArn',
      loose(ScaleTrigger.cloudwatch, {
        ...cloudwatch,
        authentication: { podIdentity: { provider: 'aws', roleArn: 'reader' } },
      }),
    ],
  ])('%s', (field, make) => {
    expect(findingsOf(make)).toMatchObject([{ field }]);
  });

  test('a secret of another namespace', () => {
    const trigger = ScaleTrigger.redis({ ...redis, authentication: { secrets: { password: login } } });
    const other = newTenant({}, shop.node.scope as never, 'other');
    expect(findingsOf(() => scaled(trigger, other))).toMatchObject([
      { field: 'replicas.triggers[0].authentication.secrets.password' },
    ]);
  });
});
