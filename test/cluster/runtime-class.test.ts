import { RuntimeClass } from 'cdk8s-eks-patterns';
import { newApp, newCluster, newTenant, web } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { manifestsOf } from './harness/programs';
import { refusedByQuota } from './harness/warnings';

const cluster = useCluster();

test('pods of a RuntimeClass are admitted as they are written, and the quota counts what it takes', async () => {
  const app = newApp();
  const prod = newCluster(app);
  const runtimeClass = new RuntimeClass(prod, 'gvisor', { handler: 'runsc', overhead: { cpu: '50m', memory: '64Mi' } });
  const shop = newTenant({}, prod);
  web({ runtimeClass, replicas: 2, resources: { cpu: '100m', memory: '128Mi' } }, shop);
  await cluster.addNodesOf(app);
  // unknown fields and warnings are errors
  expect(await cluster.kubectl.apply(manifestsOf(app))).toContain('runtimeclass.node.k8s.io/gvisor created');
  await cluster.namespace('shop').untilReady('web', 2);
  const { used, hard } = await eventually('the quota has counted', async () => {
    const { status } = await cluster.kube.core.readNamespacedResourceQuota({ name: 'quota', namespace: 'shop' });
    return status?.used?.pods === '2' && status;
  });
  expect([used!['requests.cpu'], used!['requests.memory'], used!['limits.memory']]).toEqual(['300m', '384Mi', '384Mi']);
  // twice two, and one for the rollout, twice
  expect([hard!['requests.cpu'], hard!['requests.memory']]).toEqual(['900m', '1152Mi']);
  expect(await refusedByQuota(cluster.kube, 'shop')).toEqual([]);
});
