import { ScaleTrigger, Secret, type Tenant } from 'cdk8s-eks-patterns';
import { CRDS_PRESENT } from '../golden/custom-resources';
import { scaledJob, temporaryFolder, worker } from '../support/app';
import { installDefinitions } from './harness/admission-definitions';
import { useCluster } from './harness/cluster';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();

const events = (tenant: Tenant) => {
  const password = Secret.existing(tenant, 'login', ['password']).key('password');
  const sqs = ScaleTrigger.sqs({
    queueUrl: 'https://sqs.us-west-2.amazonaws.com/111122223333/a',
    messagesPerReplica: 5,
    authentication: { podIdentity: { provider: 'aws' } },
  });
  const redis = ScaleTrigger.redis({ address: 'a:6379', listName: 'b', authentication: { secrets: { password } } });
  const fallback = { failureThreshold: 3, replicas: 2 };
  const scale = { min: 2, max: 5, idleReplicaCount: 0, fallback, pollingInterval: '10s' };
  worker({ replicas: { ...scale, triggers: [sqs, redis, ScaleTrigger.cpu({ value: 70 })] } }, tenant);
  scaledJob({ triggers: [redis], min: 1, completions: 3, parallelism: 3, retries: { perIndex: 1 } }, tenant);
};

const when = CRDS_PRESENT ? test : test.skip;
const why = CRDS_PRESENT ? '' : ' (skipped: the folder of CustomResourceDefinitions is absent)';
when(`objects of KEDA are taken, and a second apply changes none${why}`, async () => {
  const of = (kind: string) => ({ apiVersion: 'keda.sh/v1alpha1', kind, metadata: { name: '' } });
  const kinds = ['ScaledObject', 'ScaledJob', 'TriggerAuthentication'].map(of);
  await installDefinitions(cluster.kubectl, kinds, temporaryFolder());
  await cluster.apply(tenantApp('events', events));
  const again = await cluster.apply(tenantApp('events', events));
  expect(again.filter((line) => line.includes('.keda.sh/')).sort()).toEqual([
    'scaledjob.keda.sh/encoder unchanged',
    'scaledobject.keda.sh/worker unchanged',
    'triggerauthentication.keda.sh/encoder-redis unchanged',
    'triggerauthentication.keda.sh/worker-aws-sqs-queue unchanged',
    'triggerauthentication.keda.sh/worker-redis unchanged',
  ]);
});
