import { IMAGE, job, newApp, newCluster, web } from '../support/app';
import { useCluster } from './harness/cluster';
import { containerStory } from './harness/containers';
import { eventually } from './harness/eventually';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
});

const SMALL = { resources: { cpu: '50m', memory: '64Mi' } } as const;
const sidecar = (name: string, more: object = {}) => ({ name, image: IMAGE, ...SMALL, ...more });

/** The story of the containers of the only pod of a namespace, once it is as long. */
const untilLong = (namespace: string, count: number) =>
  eventually(`${count} lines in the story of ${namespace}`, async () => {
    const story = containerStory(cluster, namespace);
    return story.length >= count && story;
  });

test('sidecars start before the program in their order, and stop after it in the reverse order', async () => {
  const containers = {
    initContainers: [sidecar('render')],
    sidecars: [sidecar('proxy'), sidecar('exporter', { waitsFor: ['render'] }), sidecar('agent')],
  };
  await cluster.apply(tenantApp('order', (tenant) => web({ ...SMALL, ...containers, replicas: 1 }, tenant)));
  await cluster.namespace('order').untilReady('web', 1);
  const started = await untilLong('order', 6);
  expect(started).toEqual([
    'started proxy',
    'started agent',
    ...['started render', 'ended render'],
    'started exporter',
    'started web',
  ]);
  await cluster.apply(tenantApp('order', (tenant) => web({ ...SMALL, ...containers, replicas: 0 }, tenant)));
  expect((await untilLong('order', 10)).slice(6)).toEqual([
    'ended web',
    'ended exporter',
    'ended agent',
    'ended proxy',
  ]);
});

test('a Job with sidecars is complete when its program has ended, and they stop after it', async () => {
  const sidecars = [sidecar('proxy'), sidecar('shipper')];
  await cluster.apply(tenantApp('jobs', (tenant) => job({ ...SMALL, sidecars }, tenant)));
  await eventually('the Job is complete', async () => {
    const { items } = await cluster.kube.batch.listNamespacedJob({ namespace: 'jobs' });
    expect(items[0]!.status!.conditions).toContainEqual(expect.objectContaining({ type: 'Complete', status: 'True' }));
    return true as const;
  });
  expect(containerStory(cluster, 'jobs')).toEqual([
    ...['started proxy', 'started shipper'],
    ...['started job', 'ended job'],
    ...['ended shipper', 'ended proxy'],
  ]);
});
