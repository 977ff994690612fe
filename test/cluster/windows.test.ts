import { Placement, Probe } from 'cdk8s-eks-patterns';
import { agent, IMAGE, job, newApp, newCluster, newTenant, web } from '../support/app';
import { useCluster } from './harness/cluster';

const cluster = useCluster();
const LINUX = { name: 'workers', instanceType: 'm5.large', minSize: 2 };
const WINDOWS = {
  name: 'windows',
  instanceType: 'm5.xlarge',
  minSize: 2,
  amiFamily: 'WindowsServer2022CoreContainer',
  taints: [{ key: 'os', value: 'windows', effect: 'NoSchedule' }],
};
const app = () => {
  const made = newApp();
  const config = { managedNodeGroups: [LINUX, WINDOWS] };
  const tenant = newTenant({}, newCluster(made, { nodeGroups: undefined, config } as never), 'dotnet');
  const props = { placement: Placement.windows(), user: undefined } as const;
  const scratch = [{ path: 'C:\\logs', size: '1Gi' }];
  const files = { 'C:\\app\\config\\app.json': '{}' };
  const sidecars = [{ name: 'proxy', image: IMAGE, user: { runAsUserName: 'proxy' }, scratch: ['D:\\cache'] }];
  const probes = { readiness: Probe.exec(['C:\\app\\ready.exe']), liveness: Probe.tcp() };
  web({ ...props, scratch, files, sidecars, probes, replicas: 2 }, tenant);
  web({ user: 10001 }, tenant, 'linux');
  agent(props, tenant);
  job({ ...props, user: 'image' }, tenant);
  return made;
};

test('pods on Windows are admitted to a restricted namespace and run on Windows nodes alone', async () => {
  await cluster.addNodesOf(app());
  await cluster.apply(app());
  const ns = cluster.namespace('dotnet');
  await ns.untilReady('web', 2);
  await ns.untilReady('linux', 2);
  const { items } = await cluster.kube.core.listNamespacedPod({ namespace: 'dotnet' });
  const nodes = await cluster.kube.core.listNode();
  const systemOf = new Map(nodes.items.map(({ metadata }) => [metadata!.name, metadata!.labels!['kubernetes.io/os']]));
  const placed = items.map(({ spec }) => [spec!.serviceAccountName, spec!.os?.name, systemOf.get(spec!.nodeName)]);
  expect(placed.filter(([name]) => name === 'linux')).toEqual([
    ['linux', undefined, 'linux'],
    ['linux', undefined, 'linux'],
  ]);
  const others = placed.filter(([name]) => name !== 'linux');
  expect(others.length).toBeGreaterThanOrEqual(5);
  expect(new Set(others.map(([, ...systems]) => systems.join()))).toEqual(new Set(['windows,windows']));
});
