import { NodeLocalDns } from 'cdk8s-eks-patterns';
import { newApp, newCluster } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { manifestsOf } from './harness/programs';

const cluster = useCluster();

test('a DNS cache is taken as it is, changes nothing when it is applied again, and runs on each node', async () => {
  const app = newApp();
  new NodeLocalDns(newCluster(app), 'dns');
  await cluster.addNodesOf(app);
  const { items: nodes } = await cluster.kube.core.listNode();
  const folder = manifestsOf(app);
  // unknown fields and warnings are errors
  expect(await cluster.kubectl.apply(folder)).toContain('daemonset.apps/node-local-dns created');
  expect((await cluster.kubectl.apply(folder)).filter((line) => line.includes('node-local-dns'))).toEqual(
    ['serviceaccount', 'configmap', 'service', 'daemonset.apps'].map((kind) => `${kind}/node-local-dns unchanged`),
  );
  await eventually('each node has one', async () => {
    const set = await cluster.kube.apps.readNamespacedDaemonSet({ name: 'node-local-dns', namespace: 'kube-system' });
    return set.status?.currentNumberScheduled === nodes.length && nodes.length > 1;
  });
});
