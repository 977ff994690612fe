import { ScaleTrigger, Secret } from 'cdk8s-eks-patterns';
import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import { appOf, newTenant, scaledJob, synth, worker } from '../support/app';

const title = CRDS_PRESENT ? '' : ': not judged, the folder of their definitions is absent';

test(`objects of KEDA are valid by their definitions${title}`, () => {
  const shop = newTenant();
  const key = Secret.existing(shop, 'login', ['password']).key('password');
  const fetched = Secret.fromSecretsManager(shop, 'db', { secret: 'shop/db', keys: ['password'] }).key('password');
  const triggers = [
    ScaleTrigger.cpu({ value: 70 }),
    ScaleTrigger.cloudwatch({ expression: 'SELECT 1', targetMetricValue: 1, minMetricValue: 0, metricType: 'Value' }),
    ScaleTrigger.redis({ address: 'a:6379', listName: 'b', authentication: { secrets: { password: key } } }),
    ScaleTrigger.redis({ address: 'a:6379', listName: 'b', authentication: { secrets: { password: fetched } } }),
  ];
  const events = {
    pollingInterval: '10s',
    idleReplicaCount: 0,
    fallback: { failureThreshold: 3, replicas: 2, behavior: 'currentReplicas' },
    paused: { replicas: 1 },
  };
  worker({ replicas: { min: 1, max: 5, triggers, ...events } }, shop);
  scaledJob(
    {
      triggers: [triggers[2]],
      min: 1,
      pollingInterval: '10s',
      scalingStrategy: {
        strategy: 'custom',
        customScalingQueueLengthDeduction: 1,
        customScalingRunningJobPercentage: 0.5,
        pendingPodConditions: ['Ready'],
        multipleScalersCalculation: 'sum',
      },
      completions: 4,
      parallelism: 2,
      retries: { perIndex: 2, failedIndexes: 1 },
      onExit: { 42: 'fail-index' },
      successPolicy: { count: 1 },
      paused: true,
    },
    shop,
  );
  const made = synth(appOf(shop)).manifests.filter(({ apiVersion }) => apiVersion.startsWith('keda.sh/'));
  const definitions = CRDS_PRESENT ? definitionsIn(CRDS, ['keda.yaml']) : undefined;
  expect(made.map(({ kind }) => kind).sort()).toEqual([
    'ScaledJob',
    'ScaledObject',
    'TriggerAuthentication',
    'TriggerAuthentication',
    'TriggerAuthentication',
    'TriggerAuthentication',
  ]);
  const errors = made.flatMap((manifest) => (definitions ? customResourceErrors(definitions, manifest) : []));
  expect(errors).toEqual([]);
});
