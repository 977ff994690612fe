import { ScaleTrigger } from 'cdk8s-eks-patterns';
import { worker } from '../../support/app';
import { foundInApp, of, set, workload } from './support';

const scaler = (trigger: string, target = 'name: web') =>
  `{ apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: { name: s, namespace: shop }, spec: { scaleTargetRef: { ${target} }, triggers: [{ ${trigger} }] } }`;
const authentication = (name: string, spec = '', kind = 'TriggerAuthentication') =>
  `{ apiVersion: keda.sh/v1alpha1, kind: ${kind}, metadata: { name: ${name}${kind.startsWith('Cluster') ? '' : ', namespace: shop'} }, spec: { ${spec} } }`;

describe('keda/authentication', () => {
  const AT = 'warning spec.triggers[0].authenticationRef';
  test.each<[string, string, boolean]>([
    ['kafka', 'topic: a', true],
    ['kafka', 'topic: a, tls: enable', true],
    ['kafka', 'topic: a, sasl: none', true],
    ['kafka', 'topic: a, sasl: scram_sha512', false],
    ['kafka', 'topic: a, sasl: oauthbearer, saslTokenProvider: aws_msk_iam, awsRegion: us-west-2', false],
    ['apache-kafka', 'topic: a, sasl: plaintext', false],
    ['redis', "address: 'redis.shop:6379'", true],
    ['redis', "address: 'redis.shop:6379', username: web", false],
    ['redis-streams', "address: 'redis.shop:6379', usernameFromEnv: USER", false],
    ['redis-streams', "address: 'redis.shop:6379', usernameFromEnv: USER, passwordFromEnv: PASSWORD", true],
    ['postgresql', 'host: db, userName: web', false],
    ['postgresql', 'host: db, userName: web, passwordFromEnv: PASSWORD', true],
    ['postgresql', 'connectionFromEnv: DB', true],
    ['mysql', 'connectionStringFromEnv: DB', true],
    ['mysql', 'hostFromEnv: DB_HOST', false],
    ['rabbitmq', "host: 'amqp://rabbit.shop:5672/'", false],
    ['rabbitmq', "host: 'amqp://web:secret@rabbit.shop:5672/'", true],
    ['rabbitmq', 'hostFromEnv: RABBIT', true],
    ['github-runner', 'owner: a, labelsFromEnv: LABELS', false],
    ['github-runner', 'owner: a, personalAccessTokenFromEnv: TOKEN', true],
    ['prometheus', "serverAddress: 'http://prometheus:9090'", true],
    ['prometheus', "serverAddress: 'http://prometheus:9090', authModes: bearer", false],
    ['prometheus', "serverAddress: 'https://aps-workspaces.us-west-2.amazonaws.com/workspaces/ws-1'", false],
    ['metrics-api', "url: 'http://api/metrics', authMode: basic", false],
    ['datadog', 'query: a', false],
    ['aws-cloudwatch', 'awsRegion: us-west-2', false],
    ['aws-kinesis-stream', 'awsRegion: us-west-2, identityOwner: operator', true],
    ['nats-jetstream', 'stream: a', true],
    ['kubernetes-workload', 'podSelector: a=b', true],
  ])('%s { %s }', (type, metadata, open) => {
    const trigger = `type: ${type}, metadata: { ${metadata} }`;
    expect(of('keda/authentication', scaler(trigger))).toEqual(open ? [] : [AT]);
    expect(of('keda/authentication', scaler(`${trigger}, authenticationRef: { name: a }`))).toEqual([]);
  });
});

describe('keda/authentication-missing', () => {
  const RULE = 'keda/authentication-missing';
  const named = (name: string, kind = '') =>
    scaler(`type: kafka, metadata: { topic: a }, authenticationRef: { name: ${name}${kind && `, kind: ${kind}`} }`);
  const CLUSTER = 'ClusterTriggerAuthentication';
  const AT = 'warning spec.triggers[0].authenticationRef.name';
  test.each<[string, string, string[]]>([
    ['in the set', set(authentication('kafka'), named('kafka')), []],
    ['misspelt', set(authentication('kafka'), named('kafak')), [AT]],
    ['missing', named('kafka'), [AT]],
    ['of the cluster, of another set', named('kafka', CLUSTER), []],
    ['of the cluster, beside others', set(authentication('other', '', CLUSTER), named('kafka', CLUSTER)), [AT]],
    ['of the cluster, in the set', set(authentication('kafka', '', CLUSTER), named('kafka', CLUSTER)), []],
    ['of the other kind', set(authentication('kafka', '', CLUSTER), named('kafka')), [AT]],
    [
      'whose Secret is missing',
      authentication('kafka', 'secretTargetRef: [{ parameter: password, name: kafka, key: password }]'),
      ['warning spec.secretTargetRef[0].name'],
    ],
    [
      'whose Secret an ExternalSecret makes',
      set(
        authentication('kafka', 'secretTargetRef: [{ parameter: password, name: kafka, key: password }]'),
        '{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: e, namespace: shop }, spec: { target: { name: kafka } } }',
      ),
      [],
    ],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });

  test('declared as existing', () => {
    const existing = [{ kind: 'TriggerAuthentication', namespace: 'shop', name: 'kafka' }];
    expect(of(RULE, named('kafka'), existing)).toEqual([]);
  });
});

describe('keda/env', () => {
  const AT = 'warning spec.triggers[0].metadata.hostFromEnv';
  const trigger = 'type: rabbitmq, metadata: { queueName: a, hostFromEnv: RABBIT }';
  const sidecar = "initContainers: [{ name: s, image: 'a/b:1', env: [{ name: RABBIT, value: a }] }]";
  test.each<[string, string, string[]]>([
    ['of the first container', set(workload({ container: 'env: [{ name: RABBIT, value: a }]' }), scaler(trigger)), []],
    ['of no container', set(workload(), scaler(trigger)), [AT]],
    ['of another one', set(workload({ container: 'env: [{ name: RABBIT_URL, value: a }]' }), scaler(trigger)), [AT]],
    ['of a container that is not read', set(workload({ pod: sidecar }), scaler(trigger)), [AT]],
    [
      'of a source that is not known',
      set(workload({ container: 'envFrom: [{ secretRef: { name: a } }]' }), scaler(trigger)),
      [],
    ],
    ['of a named container', set(workload(), scaler(trigger, 'name: web, envSourceContainerName: main')), [AT]],
    [
      'of a container that is missing',
      set(workload(), scaler(trigger, 'name: web, envSourceContainerName: other')),
      [],
    ],
    ['of a workload of another set', scaler(trigger), []],
    ['that is empty', set(workload(), scaler("type: mysql, metadata: { passwordFromEnv: '' }")), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of('keda/env', yaml)).toEqual(expected);
  });
});

test('of a pattern', () => {
  const triggers = [ScaleTrigger.keda('rabbitmq', { queueName: 'mail', passwordFromEnv: 'PASSWORD' })];
  expect(foundInApp(worker({ replicas: { min: 0, max: 5, triggers } }), 'keda/')).toEqual([
    ['keda/env', 'warning', 'spec.triggers[0].metadata.passwordFromEnv'],
  ]);
});

test('cpu and memory triggers need requests', () => {
  const RULE = 'autoscalers/requests';
  for (const type of ['cpu', 'memory']) {
    const trigger = `type: ${type}, metricType: Utilization, metadata: { value: '70' }`;
    expect(of(RULE, set(workload(), scaler(trigger)))).toHaveLength(1);
    expect(
      of(RULE, set(workload({ container: `resources: { requests: { ${type}: 100M } }` }), scaler(trigger))),
    ).toEqual([]);
    expect(of(RULE, set(workload(), scaler(trigger.replace('Utilization', 'AverageValue'))))).toEqual([]);
  }
});
