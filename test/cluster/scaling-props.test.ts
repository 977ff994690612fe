import { ScaleMetric } from 'cdk8s-eks-patterns';
import { IMAGE, newApp, newCluster, web } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { tenantApp } from './harness/tenant-app';

const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
});

const NEW = IMAGE.replace(/:.*/, ':1.5.0');
type WebProps = Parameters<typeof web>[0];
const resources = { cpu: '50m', memory: '64Mi', resize: { memory: 'RestartContainer' } };
const shop = (name: string, props: WebProps) => tenantApp(name, (tenant) => web({ resources, ...props }, tenant));
const deployment = (namespace: string) => cluster.kube.apps.readNamespacedDeployment({ namespace, name: 'web' });

test('every kind of metric and a behavior are accepted as they are written', async () => {
  const metrics = [
    ScaleMetric.resource('memory', { averageValue: '200Mi' }),
    ScaleMetric.container('web', 'cpu', { utilization: 60 }),
    ScaleMetric.pods('requests', { averageValue: 50, labels: { path: 'a' } }),
    ScaleMetric.object({ apiVersion: 'v1', kind: 'Service', name: 'web' }, 'hits', { value: '2k' }),
    ScaleMetric.external('queue', { averageValue: '1500m' }),
  ];
  const behavior = {
    scaleUp: { selectPolicy: 'Min', policies: [{ type: 'Pods', value: 2, periodSeconds: 1800 }] },
    scaleDown: { stabilizationWindowSeconds: 3600, selectPolicy: 'Disabled' },
  };
  await cluster.apply(shop('metrics', { replicas: { min: 2, max: 5, metrics, behavior } }));
  const { spec } = await cluster.kube.autoscaling.readNamespacedHorizontalPodAutoscaler({
    namespace: 'metrics',
    name: 'web',
  });
  expect(spec!.metrics!.map(({ type }) => type).sort()).toEqual([
    'ContainerResource',
    'External',
    'Object',
    'Pods',
    'Resource',
  ]);
  expect(spec!.behavior).toMatchObject(behavior);
});

test('a paused rollout keeps the old pods, and one that is resumed replaces them', async () => {
  const ns = cluster.namespace('paused');
  await cluster.apply(shop('paused', { replicas: 2 }));
  await ns.untilReady('web', 2);
  await cluster.apply(shop('paused', { replicas: 2, image: NEW, rollout: { paused: true } }));
  await eventually('the controller has seen that it is paused', async () => {
    const { metadata, spec, status } = await deployment('paused');
    expect(spec!.paused).toBe(true);
    expect(status!.observedGeneration).toBe(metadata!.generation);
    return true as const;
  });
  expect((await deployment('paused')).status!.updatedReplicas ?? 0).toBe(0);
  await cluster.apply(shop('paused', { replicas: 2, image: NEW }));
  await eventually('the new version runs', async () => {
    const { status } = await deployment('paused');
    expect([status!.updatedReplicas, status!.readyReplicas, status!.replicas]).toEqual([2, 2, 2]);
    return true as const;
  });
});

test('a parked service has no pods and keeps its Service, and starts again', async () => {
  const ns = cluster.namespace('parked');
  await cluster.apply(shop('parked', { replicas: 2 }));
  await ns.untilReady('web', 2);
  await cluster.apply(shop('parked', { replicas: 0 }));
  await eventually('no pod is left', async () => {
    expect((await deployment('parked')).status!.replicas ?? 0).toBe(0);
    return true as const;
  });
  const service = await cluster.kube.core.readNamespacedService({ namespace: 'parked', name: 'web' });
  expect(service.spec!.ports).toHaveLength(1);
  await cluster.apply(shop('parked', { replicas: 2 }));
  await ns.untilReady('web', 2);
});
