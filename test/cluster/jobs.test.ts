import { job, newApp, newCluster, web } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
});

const SMALL = { resources: { cpu: '50m', memory: '64Mi' } } as const;

test('a held job has no pod until it is released, and stays the same Job', async () => {
  const held = (suspend: boolean) => tenantApp('held', (tenant) => job({ ...SMALL, suspend, completions: 2 }, tenant));
  const jobs = async () => (await cluster.kube.batch.listNamespacedJob({ namespace: 'held' })).items;
  await cluster.apply(held(true));
  await eventually('the Job is suspended', async () => {
    const [found] = await jobs();
    expect(found!.status!.conditions).toContainEqual(expect.objectContaining({ type: 'Suspended', status: 'True' }));
    return true;
  });
  expect(await cluster.namespace('held').pods('job')).toEqual([]);

  await cluster.apply(held(false));
  await eventually('its pods run', async () => {
    const pods = await cluster.namespace('held').pods('job');
    expect(pods.length).toBeGreaterThan(0);
    return true;
  });
  expect(await jobs()).toHaveLength(1);
});

test('a parked service has no pods, and starts again within its quota', async () => {
  const parked = (replicas: number) => tenantApp('parked', (tenant) => web({ ...SMALL, replicas }, tenant));
  const ns = cluster.namespace('parked');
  await cluster.apply(parked(1));
  await ns.untilReady('web', 1);
  await cluster.apply(parked(0));
  await eventually('its pod is gone', async () => {
    expect(await ns.pods('web')).toEqual([]);
    return true;
  });
  await cluster.kubectl.try('-n', 'parked', 'scale', 'deployment/web', '--replicas=1');
  await ns.untilReady('web', 1);
});
