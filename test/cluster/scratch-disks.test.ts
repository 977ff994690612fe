import { web } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
const SIZE = '5Gi';
const app = (version: string) =>
  tenantApp('shop', (tenant) => {
    web(
      {
        image: `app:${version}`,
        replicas: 2,
        scratch: ['/tmp', { path: '/work', size: SIZE, className: 'gp3' }],
        resources: { cpu: '10m', memory: '16Mi' },
      },
      tenant,
    );
  });
const claims = async () => (await cluster.kube.core.listNamespacedPersistentVolumeClaim({ namespace: 'shop' })).items;
const volumes = async () =>
  (await cluster.kube.core.listPersistentVolume()).items.map(({ metadata }) => metadata!.name!);
const pods = async () =>
  (await cluster.kube.core.listNamespacedPod({ namespace: 'shop' })).items.map(({ metadata }) => metadata!.name!);

test('each pod has a disk of its own, which goes with it; a rollout fits into the quota', async () => {
  await cluster.addNodesOf(app('1.0'));
  await cluster.apply(app('1.0'));
  await cluster.namespace('shop').untilReady('web', 2);
  const before = await claims();
  expect(before.map(({ metadata }) => metadata!.name).sort()).toEqual(
    (await pods()).map((pod) => `${pod}-scratch-work`).sort(),
  );
  expect(before.map(({ status }) => status!.phase)).toEqual(['Bound', 'Bound']);
  const old = await volumes();
  expect(old).toHaveLength(2);

  await cluster.apply(app('1.1'));
  await eventually('the claims and volumes of the old pods are gone', async () => {
    const now = await claims();
    const names = now.map(({ metadata }) => metadata!.name);
    const left = await volumes();
    return (
      now.length === 2 &&
      before.every(({ metadata }) => !names.includes(metadata!.name)) &&
      left.length === 2 &&
      old.every((name) => !left.includes(name))
    );
  });

  const quota = await eventually('the quota has counted them', async () => {
    const { items } = await cluster.kube.core.listNamespacedResourceQuota({ namespace: 'shop' });
    const { hard, used } = items[0]!.status!;
    return used!['requests.storage'] === '10Gi' && { hard: hard!, used: used! };
  });
  expect(quota.used).toMatchObject({
    persistentvolumeclaims: '2',
    'gp3.storageclass.storage.k8s.io/requests.storage': '10Gi',
  });
  expect(quota.hard['gp3-retain.storageclass.storage.k8s.io/requests.storage']).toBe('0');
});
