/** Random triggers of KEDA. */
import { ScaleTrigger, Secret, type Tenant } from 'cdk8s-eks-patterns';
import { pick, type Random } from '../../review/damage';
import { freeId, oneOf, type Value } from './draw';

/** One trigger of each kind. */
const TRIGGERS: readonly ((login: Secret<'password'>) => ScaleTrigger)[] = [
  () => ScaleTrigger.sqs({ queueUrl: 'https://sqs.us-west-2.amazonaws.com/111122223333/a', messagesPerReplica: 5 }),
  () => ScaleTrigger.kafka({ bootstrapServers: ['kafka:9092'], consumerGroup: 'a', sasl: 'aws_msk_iam' }),
  () => ScaleTrigger.prometheus({ serverAddress: 'http://prometheus:9090', query: 'sum(up)', threshold: 2 }),
  () => ScaleTrigger.cloudwatch({ expression: 'SELECT 1', targetMetricValue: 5, minMetricValue: 0 }),
  () => ScaleTrigger.window({ start: '0 8 * * *', end: '0 18 * * *', timeZone: 'Etc/UTC', replicas: 2 }),
  (login) =>
    ScaleTrigger.redis({
      address: 'w0.restricted.svc:8080',
      listName: 'a',
      authentication: { secrets: { password: login.key('password') } },
    }),
  (login) =>
    ScaleTrigger.postgresql({
      query: 'SELECT 1',
      targetQueryValue: 5,
      authentication: { secrets: { connection: login.key('password') } },
    }),
  (login) => ScaleTrigger.keda('github-runner', {}, { authentication: { secrets: { appKey: login.key('password') } } }),
  () => ScaleTrigger.keda('nats', { a: 'b' }, { metricType: 'AverageValue', authenticationRef: { name: 'own' } }),
  () =>
    ScaleTrigger.keda(
      'mysql',
      { query: 'SELECT 1' },
      { metricType: 'Value', authenticationRef: { name: 'own', kind: 'TriggerAuthentication' } },
    ),
  () =>
    ScaleTrigger.keda(
      'cpu',
      { value: '60' },
      { metricType: 'Utilization', authenticationRef: { name: 'all', kind: 'ClusterTriggerAuthentication' } },
    ),
];
const one = (random: Random, tenant: Tenant) =>
  pick(random, TRIGGERS)(Secret.existing(tenant, freeId(random, 'login'), ['password']));
export const triggers = (random: Random, tenant: Tenant) => [one(random, tenant), one(random, tenant)];

/** Options of KEDA, each with the bounds that it needs. */
const EVENTS: readonly object[] = [
  { min: 0, max: 3, pollingInterval: '10s', cooldownPeriod: '1m', initialCooldownPeriod: '1m' },
  { min: 2, max: 3, idleReplicaCount: 0 },
  { min: 1, max: 3, fallback: { failureThreshold: 3, replicas: 2 } },
  { min: 1, max: 3, fallback: { failureThreshold: 3, replicas: 2, behavior: 'currentReplicas' } },
  { min: 0, max: 3, paused: true },
  { min: 0, max: 3, paused: { replicas: 1 } },
];
export const byEvents: Value = (random, tenant) => ({ ...pick(random, EVENTS), triggers: triggers(random, tenant) });
export const byResources: Value = oneOf({
  min: 1,
  max: 3,
  triggers: [ScaleTrigger.cpu({ value: 60 }), ScaleTrigger.memory({ metricType: 'AverageValue', value: '400Mi' })],
});
