import { IMAGE, job, newApp, newCluster, web } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
});

/** Its program ends with exit code 1. */
const FAILS = { image: `${IMAGE}-fails`, resources: { cpu: '50m', memory: '64Mi' } } as const;

const jobsOf = async (namespace: string) => (await cluster.kube.batch.listNamespacedJob({ namespace })).items;

/** The status of the only Job of a namespace, once it has a condition. */
const conditionOf = (namespace: string, type: string) =>
  eventually(`the Job of ${namespace} is ${type}`, async () => {
    const [{ status } = {}] = await jobsOf(namespace);
    const found = status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
    return found && { reason: found.reason, status: status! };
  });

test('an exit code that fails the Job ends it at its first pod', async () => {
  await cluster.apply(tenantApp('exit', (tenant) => job({ ...FAILS, retries: 6, onExit: { 1: 'fail-job' } }, tenant)));
  const { reason, status } = await conditionOf('exit', 'Failed');
  expect([reason, status.failed]).toEqual(['PodFailurePolicy', 1]);
});

test('an exit code that fails an index tries it no more, and every index runs', async () => {
  const props = { ...FAILS, completions: 3, parallelism: 3, retries: { perIndex: 5 }, onExit: { 1: 'fail-index' } };
  await cluster.apply(tenantApp('indexes', (tenant) => job(props, tenant)));
  const { reason, status } = await conditionOf('indexes', 'Failed');
  expect([reason, status.failedIndexes, status.failed]).toEqual(['FailedIndexes', '0-2', 3]);
});

test('as many indexes as may fail end the Job', async () => {
  const retries = { perIndex: 0, failedIndexes: 1 };
  await cluster.apply(tenantApp('limit', (tenant) => job({ ...FAILS, completions: 9, retries }, tenant)));
  const { reason, status } = await conditionOf('limit', 'Failed');
  expect([reason, status.failed]).toEqual(['MaxFailedIndexesExceeded', 2]);
});

test('a finished Job is removed after the time for which it is kept', async () => {
  const { resources } = FAILS;
  await cluster.apply(tenantApp('kept', (tenant) => job({ resources, keepFor: '2s' }, tenant)));
  await eventually('the Job is gone', async () => (await jobsOf('kept')).length === 0);
  expect((await cluster.namespace('kept').events('job')).map(({ what }) => what)).toContain('created');
});

test('a pod has the policy by which its resources are changed in place, and the change is accepted', async () => {
  const resources = { cpu: '50m', memory: '64Mi', resize: { cpu: 'NotRequired', memory: 'RestartContainer' } } as const;
  await cluster.apply(tenantApp('resized', (tenant) => web({ resources, replicas: 1 }, tenant)));
  const [pod] = await cluster.namespace('resized').untilReady('web', 1);
  expect(pod!.spec!.containers[0]!.resizePolicy).toEqual([
    { resourceName: 'cpu', restartPolicy: 'NotRequired' },
    { resourceName: 'memory', restartPolicy: 'RestartContainer' },
  ]);
  const more = { requests: { cpu: '80m', memory: '96Mi' }, limits: { memory: '96Mi' } };
  const patch = JSON.stringify({ spec: { containers: [{ name: 'web', resources: more }] } });
  await cluster.kubectl.run(
    ...['patch', 'pod', pod!.metadata!.name!, '--namespace=resized', '--subresource=resize', `--patch=${patch}`],
  );
  // the pod is the same one, and what it asks for has changed; a simulated node does no more
  const [resized] = await cluster.namespace('resized').untilReady('web', 1);
  expect(resized!.metadata!.uid).toBe(pod!.metadata!.uid);
  expect(resized!.spec!.containers[0]!.resources).toMatchObject(more);
});
