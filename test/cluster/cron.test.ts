import { IMAGE, newApp, newCluster, scheduled } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually, throughout } from './harness/eventually';
import { nameOf } from './harness/pods';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
});

type Overlap = 'Forbid' | 'Replace' | 'Allow';
/** Its program goes on until it is stopped. */
const RUNS = { image: `${IMAGE}-unready`, resources: { cpu: '50m', memory: '64Mi' } } as const;
const MINUTE = 60_000;

/** The schedule of a time of day that was some minutes ago. */
function scheduleAgo(minutes: number): string {
  const then = new Date(Date.now() - minutes * MINUTE);
  return `${then.getUTCMinutes()} ${then.getUTCHours()} * * *`;
}

/**
 * Lets a run of that schedule be due: the controller is told that the last one was an hour ago, so that it has missed the one
 * some minutes ago.
 */
async function due(namespace: string, minutes: number, props: object): Promise<void> {
  const { batch } = cluster.kube;
  const schedule = scheduleAgo(minutes);
  await cluster.apply(tenantApp(namespace, (tenant) => scheduled({ ...RUNS, ...props, schedule }, tenant)));
  await eventually('the last run was an hour ago', async () => {
    const name = 'nightly';
    const body = await batch.readNamespacedCronJob({ name, namespace });
    body.status = { ...body.status, lastScheduleTime: new Date(Date.now() - 60 * MINUTE) };
    return batch.replaceNamespacedCronJobStatus({ name, namespace, body });
  });
}

const jobsOf = async (namespace: string): Promise<string[]> => {
  const { items } = await cluster.kube.batch.listNamespacedJob({ namespace });
  return items.filter(({ metadata }) => !metadata!.deletionTimestamp).map(({ metadata }) => metadata!.name!);
};
const untilActive = (namespace: string, count: number) =>
  eventually(`${count} Jobs of ${namespace} are active`, async () => {
    const name = 'nightly';
    const { status } = await cluster.kube.batch.readNamespacedCronJob({ name, namespace });
    const jobs = await jobsOf(namespace);
    return status?.active?.length === count && jobs.length === count && jobs;
  });

/** A run that goes on when the next one is due. */
async function overlapping(namespace: string, overlap: Overlap | undefined): Promise<string[]> {
  await due(namespace, 5, { overlap });
  const before = await untilActive(namespace, 1);
  await due(namespace, 2, { overlap });
  return before;
}

const reasonsIn = async (namespace: string) =>
  (await cluster.kube.core.listNamespacedEvent({ namespace })).items.map(({ reason }) => reason);

test.each<[string, Overlap | undefined]>([
  ['by default', undefined],
  ["with 'Forbid'", 'Forbid'],
])('%s a run that is due while the last one goes on starts when that has ended', async (_, overlap) => {
  const namespace = overlap === undefined ? 'default-overlap' : 'forbid';
  const ns = cluster.namespace(namespace);
  const before = await overlapping(namespace, overlap);
  await eventually('the controller does not start it', async () =>
    (await reasonsIn(namespace)).includes('JobAlreadyActive'),
  );
  await throughout(2, async () => expect(await jobsOf(namespace)).toEqual(before));
  const pod = await eventually('the pod of the last one runs', async () =>
    (await ns.pods('nightly')).find(({ status }) => status?.phase === 'Running'),
  );
  await ns.kubelet.succeed(nameOf(pod));
  await eventually('both have been started', async () => (await jobsOf(namespace)).length === 2);
  const { status } = await cluster.kube.batch.readNamespacedJob({ namespace, name: before[0]! });
  expect(status!.succeeded).toBe(1);
});

test('a run that could start only after its deadline is skipped', async () => {
  const startingDeadline = '10m';
  await due('skipped', 8, { overlap: 'Forbid', startingDeadline });
  const before = await untilActive('skipped', 1);
  await due('skipped', 20, { overlap: 'Forbid', startingDeadline });
  const ns = cluster.namespace('skipped');
  const pod = await eventually('the pod of the last one runs', async () =>
    (await ns.pods('nightly')).find(({ status }) => status?.phase === 'Running'),
  );
  await ns.kubelet.succeed(nameOf(pod));
  await eventually('it has ended', async () => (await reasonsIn('skipped')).includes('SawCompletedJob'));
  await throughout(3, async () => expect(await jobsOf('skipped')).toEqual(before));
});

test("with 'Replace' a run takes the place of the last one, whose pods end", async () => {
  const [before] = await overlapping('replace', 'Replace');
  await eventually('another Job runs in its place', async () => {
    const jobs = await jobsOf('replace');
    expect(jobs).toHaveLength(1);
    expect(jobs).not.toContain(before);
    const pods = await cluster.namespace('replace').pods('nightly');
    expect(pods.map(({ metadata }) => metadata!.labels!['batch.kubernetes.io/job-name'])).toEqual(jobs);
    return true as const;
  });
});

test("with 'Allow' both go on", async () => {
  const [before] = await overlapping('allow', 'Allow');
  const both = await untilActive('allow', 2);
  expect(both).toContain(before);
  await eventually('each has its pod', async () => (await cluster.namespace('allow').pods('nightly')).length === 2);
});

test('a suspended schedule starts nothing, and what it missed starts when it goes on', async () => {
  await due('suspended', 5, { suspend: true });
  await throughout(3, async () => expect(await jobsOf('suspended')).toEqual([]));
  await due('suspended', 5, { suspend: false });
  await untilActive('suspended', 1);
});
