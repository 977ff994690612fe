import { Env, ScaleTrigger, Secret } from 'cdk8s-eks-patterns';
import { appOf, newTenant, podProps, scaledJob, synth } from '../support/app';
import { findingsOf } from '../support/findings';

const sqs = ScaleTrigger.sqs({ queueUrl: 'https://sqs.us-west-2.amazonaws.com/1/a', messagesPerReplica: 1 });
type Props = Readonly<Record<string, unknown>>;
const spec = (props: Props = {}) => scaledJob(props).scaledJob.toJson().spec;

test('KEDA gets the Job, the maximum, and triggers; running Jobs outlive a change', () => {
  expect(spec()).toMatchObject({
    maxReplicaCount: 10,
    rollout: { strategy: 'gradual' },
    successfulJobsHistoryLimit: 10,
    failedJobsHistoryLimit: 10,
    jobTargetRef: {
      backoffLimit: 3,
      template: {
        metadata: { annotations: { 'karpenter.sh/do-not-disrupt': 'true' } },
        spec: { restartPolicy: 'Never' },
      },
    },
    triggers: [{ type: 'aws-sqs-queue', metadata: { queueLength: '1' } }],
  });
  expect(scaledJob().name).toBe('encoder');
});

test.each<[Props, object]>([
  [{ min: 2 }, { minReplicaCount: 2 }],
  [{ pollingInterval: '5s' }, { pollingInterval: 5 }],
  [{ rolloutStrategy: 'immediate' }, { rollout: { strategy: 'immediate' } }],
  [{ history: { failed: 3 } }, { successfulJobsHistoryLimit: 10, failedJobsHistoryLimit: 3 }],
  [
    { scalingStrategy: { strategy: 'custom', customScalingRunningJobPercentage: 0.5 } },
    { scalingStrategy: { strategy: 'custom', customScalingRunningJobPercentage: '0.5' } },
  ],
  [{ deadline: '2h' }, { jobTargetRef: { activeDeadlineSeconds: 7200 } }],
])('%j', (props, expected) => {
  expect(spec(props)).toMatchObject(expected);
});

test('a paused one is annotated, and a queue of Kueue is a label that KEDA copies', () => {
  const { annotations, labels } = scaledJob({ paused: true, queue: 'team-a' }).scaledJob.toJson().metadata;
  expect(annotations).toMatchObject({ 'autoscaling.keda.sh/paused': 'true' });
  expect(labels).toMatchObject({ 'kueue.x-k8s.io/queue-name': 'team-a' });
});

test('the quota has room for the maximum, twice, since finished pods end slowly', () => {
  const shop = newTenant();
  scaledJob({ max: 7, parallelism: 3, completions: 3 }, shop);
  const quota = synth(appOf(shop)).manifests.find(({ kind }) => kind === 'ResourceQuota');
  expect(Number(quota!.spec.hard.pods)).toBe(2 * 7 * 3);
});

test('the cluster gets KEDA and the role of its operator, and the login is an object', () => {
  const shop = newTenant();
  const login = Secret.existing(shop, 'login', ['key']);
  const trigger = ScaleTrigger.keda('github-runner', {}, { authentication: { secrets: { appKey: login.key('key') } } });
  const made = scaledJob({ triggers: [sqs, trigger] }, shop);
  const { clusterConfig, steps, warnings } = synth(appOf(shop));
  expect(made.triggerAuthentications.map(({ name }) => name)).toEqual(['encoder-github-runner']);
  expect(clusterConfig!.iam.podIdentityAssociations).toContainEqual(
    expect.objectContaining({ serviceAccountName: 'keda-operator' }),
  );
  expect(steps).toMatch(/KEDA/);
  expect(warnings.filter((one) => one.includes('encoder'))).toEqual([]);
});

test('its pods have an index where there are several', () => {
  const shop = newTenant();
  scaledJob({ completions: 2, env: { INDEX: Env.jobIndex() } }, shop);
  expect(synth(appOf(shop)).warnings.filter((one) => one.includes('encoder'))).toEqual([]);
});

test.each<[string, Props]>([
  ['triggers', { triggers: undefined }],
  ['triggers', { triggers: [] }],
  ['triggers[0]', { triggers: ['sqs'] }],
  ['triggers[0]', { triggers: [ScaleTrigger.cpu({ value: 50 })] }],
  ['max', { max: undefined }],
  ['max', { max: 0 }],
  ['min', { min: 11 }],
  ['rolloutStrategy', { rolloutStrategy: 'default' }],
  ['scalingStrategy.strategy', { scalingStrategy: { strategy: 'fast' } }],
  ['scalingStrategy.customScalingQueueLengthDeduction', { scalingStrategy: { customScalingQueueLengthDeduction: 1 } }],
  [
    'scalingStrategy.customScalingRunningJobPercentage',
    { scalingStrategy: { strategy: 'custom', customScalingRunningJobPercentage: '50%' } },
  ],
  ['sharedStorage', { sharedStorage: { mountPath: '/data', size: '1Gi' } }],
  ['verticalPodAutoscaler', { verticalPodAutoscaler: 'recommend' }],
  ['suspend', { suspend: true }],
])('%s of %j is refused', (field, props) => {
  expect(findingsOf(() => scaledJob(props))).toMatchObject([{ field }]);
});

test('alerts match the names that KEDA gives to Jobs', () => {
  const rule = scaledJob({ ...podProps, alerts: true }).prometheusRule!.toJson();
  expect(JSON.stringify(rule.spec)).toContain('encoder-[bcdfghjklmnpqrstvwxz2456789]{5}');
});
