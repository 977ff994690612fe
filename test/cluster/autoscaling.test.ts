import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import type { k8s } from 'cdk8s-eks-patterns';
import { IMAGE, newApp, newCluster, web } from '../support/app';
import { readyOverTime } from './harness/audit';
import { useCluster } from './harness/cluster';
import { commandsIn, runCommand } from './harness/documented';
import { eventually, throughout } from './harness/eventually';
import { MetricsServer } from './harness/metrics';
import { nameOf } from './harness/pods';
import { manifestsOf } from './harness/programs';
import { tenantApp } from './harness/tenant-app';

let metrics: MetricsServer;
// hooks run in the order in which they are written, and this one needs the cluster
afterAll(() => metrics?.stop());
const cluster = useCluster();
beforeAll(async () => {
  const app = newApp();
  newCluster(app);
  await cluster.addNodesOf(app);
  metrics = await MetricsServer.start(cluster.kube);
});

const NEW = IMAGE.replace(/:.*/, ':1.5.0');
/** Of the request of 100m the autoscaler wants 70 % to be used: a pod for each 70m of work. */
const A_POD = 70;
const SMALL = { resources: { cpu: '100m', memory: '64Mi' } } as const;
type WebProps = Parameters<typeof web>[0];

const shop = (name: string, props: WebProps) => tenantApp(name, (tenant) => web({ ...SMALL, ...props }, tenant));

/** Half of the pods after a second and then every five seconds; by default it is five minutes and one. */
const customize = {
  autoscaler: ({ spec }: k8s.HorizontalPodAutoscaler) => {
    const { scaleDown } = spec.behavior!;
    scaleDown!.stabilizationWindowSeconds = 1;
    scaleDown!.policies![0]!.periodSeconds = 5;
  },
};

const autoscaler = (namespace: string): Promise<V2HorizontalPodAutoscaler> =>
  cluster.kube.autoscaling.readNamespacedHorizontalPodAutoscaler({ namespace, name: 'web' });

async function count(namespace: string): Promise<number> {
  return (await cluster.kube.apps.readNamespacedDeployment({ namespace, name: 'web' })).spec!.replicas!;
}

/** Waits until the autoscaler says why it does what it does. */
const untilSays = (namespace: string, type: string, reason: string): Promise<true> =>
  eventually(
    `${type} because of ${reason}`,
    async () => {
      const { status } = await autoscaler(namespace);
      expect(status!.conditions).toContainEqual(expect.objectContaining({ type, status: 'True', reason }));
      return true as const;
    },
    { seconds: 90 },
  );

/** The counts that it set, in order. */
async function rescales(namespace: string): Promise<number[]> {
  const fieldSelector = 'reason=SuccessfulRescale';
  const { items } = await cluster.kube.core.listNamespacedEvent({ namespace, fieldSelector });
  return items
    .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
    .map(({ message }) => Number(/^New size: (\d+);/.exec(message!)![1]));
}

/** The least number of pods that served, from the first moment when there were so many. */
const least = (namespace: string, from: number): number =>
  Math.min(...readyOverTime(cluster.namespace(namespace).events('web'), from));

test('work brings as many pods as the maximum, its end as few as the minimum', async () => {
  const ns = cluster.namespace('load');
  await cluster.apply(shop('load', { replicas: { min: 2, max: 5 }, customize }));
  await metrics.setWork('load', 'web', 2 * A_POD);
  // the Deployment says no count, so there is one pod until the autoscaler looks
  await ns.untilReady('web', 2);

  await metrics.setWork('load', 'web', 60 * A_POD);
  await ns.untilReady('web', 5);
  await untilSays('load', 'ScalingLimited', 'TooManyReplicas');
  await throughout(3, async () => expect(await ns.pods('web')).toHaveLength(5));

  await metrics.setWork('load', 'web', 10);
  await ns.untilReady('web', 2);
  await untilSays('load', 'ScalingLimited', 'TooFewReplicas');
  await throughout(3, async () => expect(await ns.pods('web')).toHaveLength(2));
  expect(least('load', 2)).toBe(2);
});

test('apply leaves the count to the autoscaler, also while it rolls out a new version', async () => {
  const ns = cluster.namespace('applied');
  const replicas = { min: 2, max: 8 };
  await cluster.apply(shop('applied', { replicas }));
  await metrics.setWork('applied', 'web', 4 * A_POD);
  const pods = (await ns.untilReady('web', 4)).map(nameOf);

  await cluster.apply(shop('applied', { replicas }));
  expect(await count('applied')).toBe(4);
  await throughout(2, async () => expect((await ns.pods('web')).map(nameOf)).toEqual(pods));

  await cluster.apply(shop('applied', { replicas, image: NEW }));
  expect(await count('applied')).toBe(4);
  await cluster.kubectl.run('-n', 'applied', 'rollout', 'status', 'deployment/web', '--timeout=150s');
  for (const { spec } of await ns.untilReady('web', 4)) {
    expect(spec!.containers[0]!.image).toBe(NEW);
  }
  expect(least('applied', 4)).toBe(4);

  // less work takes no pod away at once: five minutes of it, and half of the pods a minute
  await metrics.setWork('applied', 'web', 10);
  await untilSays('applied', 'AbleToScale', 'ScaleDownStabilized');
  expect(least('applied', 4)).toBe(4);
  expect((await autoscaler('applied')).spec!.behavior!.scaleDown).toMatchObject({
    stabilizationWindowSeconds: 300,
    policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }],
  });
});

describe('from a fixed count to an autoscaler', () => {
  const fixed = (name: string) => shop(name, { replicas: 8 });
  const scaled = (name: string) => shop(name, { replicas: { min: 2, max: 8 }, customize });

  test('in the documented two steps no pod comes or goes; then it takes half of them at a time; the way back is one command more', async () => {
    const ns = cluster.namespace('steps');
    await cluster.apply(fixed('steps'));
    const pods = (await ns.untilReady('web', 8)).map(nameOf);
    await metrics.setWork('steps', 'web', 8 * A_POD);

    // an editor in which somebody deletes a line
    process.env.KUBE_EDITOR = 'sed -i.before /^[[:space:]]*replicas:/d';
    try {
      const [command] = commandsIn('upgrading.md', 'From a fixed count to an autoscaler');
      await runCommand(cluster.kubectl, command!, { namespace: 'steps' });
    } finally {
      delete process.env.KUBE_EDITOR;
    }
    expect(await count('steps')).toBe(8);
    await cluster.apply(scaled('steps'));
    expect(await count('steps')).toBe(8);
    await untilSays('steps', 'ScalingActive', 'ValidMetricFound');
    expect((await ns.untilReady('web', 8)).map(nameOf)).toEqual(pods);
    expect(ns.story('web', 'created', 'deleted')).toHaveLength(8);

    await metrics.setWork('steps', 'web', 10);
    await ns.untilReady('web', 2);
    // 4 and 2, unless the autoscaler looks while the metrics of some pods are those of before
    const counts = [8, ...(await rescales('steps'))];
    expect(counts.at(-1)).toBe(2);
    expect(counts.slice(1).filter((next, i) => next < Math.floor(counts[i]! / 2))).toEqual([]);

    await cluster.apply(shop('steps', { replicas: 3 }));
    await cluster.kubectl.run('-n', 'steps', 'delete', 'hpa', 'web');
    await cluster.apply(shop('steps', { replicas: 3 }));
    await metrics.setWork('steps', 'web', 60 * A_POD);
    await ns.untilReady('web', 3);
    await throughout(3, async () => expect(await ns.pods('web')).toHaveLength(3));
  });

  test('a plain apply runs it on one pod for a while, which is why there are two steps', async () => {
    const ns = cluster.namespace('plain');
    await cluster.apply(fixed('plain'));
    await ns.untilReady('web', 8);
    await metrics.setWork('plain', 'web', 8 * A_POD);
    // what the API server makes of it, before the autoscaler looks
    const json = await cluster.kubectl.run('apply', '--dry-run=server', '-o=json', '-f', manifestsOf(scaled('plain')));
    const deployment = JSON.parse(json).items.find(({ kind }: { kind: string }) => kind === 'Deployment');
    expect(deployment.spec.replicas).toBe(1);

    await cluster.apply(scaled('plain'));
    await eventually('the autoscaler brings pods back', async () => ns.story('web', 'created').length > 8);
    expect(least('plain', 8)).toBeLessThanOrEqual(2);
  });
});
