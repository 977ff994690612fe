import type { V1Pod } from '@kubernetes/client-node';
import { type EksApp, Expose, Gateway, type k8s, type Tenant } from 'cdk8s-eks-patterns';
import { CRDS_PRESENT } from '../golden/custom-resources';
import { IMAGE, newApp, newCluster, stateful, temporaryFolder, web } from '../support/app';
import { installDefinitions } from './harness/admission-definitions';
import { readyOverTime } from './harness/audit';
import { useCluster } from './harness/cluster';
import { eventually, throughout } from './harness/eventually';
import { gateOf, gatesOf, LoadBalancers } from './harness/load-balancers';
import { isReady, nameOf } from './harness/pods';
import { tenantApp } from './harness/tenant-app';

const NEW = IMAGE.replace(/:.*/, ':1.5.0');
const SMALL = { resources: { cpu: '50m', memory: '64Mi' } } as const;
const HOST = 'shop.example.com';
const OF_CONTROLLER: readonly (readonly [apiVersion: string, ...kinds: string[]])[] = [
  ['elbv2.k8s.aws/v1beta1', 'TargetGroupBinding'],
  ['gateway.networking.k8s.io/v1', 'GatewayClass', 'Gateway', 'HTTPRoute'],
  ['gateway.k8s.aws/v1', 'LoadBalancerConfiguration', 'TargetGroupConfiguration'],
];

(CRDS_PRESENT ? describe : describe.skip)('readiness gates, as the load balancer controller adds them', () => {
  const cluster = useCluster();
  let balancers: LoadBalancers;
  beforeAll(async () => {
    const kinds = OF_CONTROLLER.flatMap(([apiVersion, ...all]) => all.map((kind) => ({ apiVersion, kind })));
    await installDefinitions(cluster.kubectl, kinds as never, temporaryFolder());
    const app = newApp();
    newCluster(app);
    await cluster.addNodesOf(app);
    balancers = await LoadBalancers.start(cluster.kube, cluster.certificate);
  });
  beforeEach(() => balancers.release());
  afterAll(() => balancers?.stop());

  const containersAreReady = (pod: V1Pod): boolean =>
    pod.status?.conditions?.some(({ type, status }) => type === 'ContainersReady' && status === 'True') ?? false;
  const bindings = async (namespace: string): Promise<string[]> => {
    const names = await cluster.kubectl.run('-n', namespace, 'get', 'targetgroupbindings', '-o', 'name');
    return names.split('\n').filter(Boolean);
  };
  /** Applies a program, and waits until its load balancers have target groups. */
  const running = async (namespace: string, app: EksApp, workload: string, groups: number): Promise<string[]> => {
    await cluster.apply(app);
    const pods = await cluster.namespace(namespace).untilReady(workload, 3);
    await eventually('there are target groups', async () => (await bindings(namespace)).length === groups);
    balancers.assertRunning();
    return pods.map(nameOf);
  };

  test.each<[way: string, gate: string, expose: (tenant: Tenant) => Expose]>([
    ['an Ingress', 'k8s-ingress-web', () => Expose.alb({ scheme: 'internal', host: HOST })],
    ['a Network Load Balancer', 'k8s-service-web-nlb', () => Expose.nlb({ scheme: 'internal' })],
    [
      'a Gateway',
      'k8s-route-web',
      (tenant) => Expose.gateway({ gateway: new Gateway(tenant, 'edge', { scheme: 'internal' }), host: HOST }),
    ],
  ])(
    'a rollout behind %s waits for the health of the targets, and keeps the old pods until then',
    async (way, gate, expose) => {
      const name = way.toLowerCase().replaceAll(' ', '-');
      const ns = cluster.namespace(name);
      const version = (image: string) =>
        tenantApp(name, (tenant) =>
          web({ ...SMALL, image, replicas: 3, rollout: { minReady: '0s' }, expose: expose(tenant) }, tenant),
        );
      const old = await running(name, version(IMAGE), 'web', 1);

      balancers.hold();
      await cluster.apply(version(NEW));
      const fresh = async () => (await ns.pods('web')).filter((pod) => !old.includes(nameOf(pod)));
      await eventually('a new pod runs', async () => (await fresh()).some(containersAreReady));
      await throughout(8, async () => {
        for (const pod of await fresh()) {
          expect(gatesOf(pod)).toEqual([gateOf(gate)]);
          expect(isReady(pod)).toBe(false);
        }
        expect(await ns.ready('web')).toEqual(old);
      });

      balancers.release();
      await cluster.kubectl.run('-n', name, 'rollout', 'status', 'deployment/web', '--timeout=120s');
      const pods = await ns.untilReady('web', 3);
      expect(pods.filter((pod) => old.includes(nameOf(pod)))).toEqual([]);
      expect(pods.map(gatesOf)).toEqual(Array(3).fill([gateOf(gate)]));
      expect(Math.min(...readyOverTime(ns.events('web'), 3))).toBe(3);
    },
  );

  test('a member behind a load balancer of its own waits for that one alone, and the others for the member', async () => {
    const ns = cluster.namespace('members');
    const version = (image: string) =>
      tenantApp('members', (tenant) => {
        const customize = {
          statefulSet: (set: k8s.StatefulSet): void => {
            set.spec.minReadySeconds = 0;
          },
        };
        const expose = Expose.nlb({ scheme: 'internal', perMember: true });
        stateful({ ...SMALL, image, replicas: 3, storage: 'none', memberPorts: [], expose, customize }, tenant);
      });
    await running('members', version(IMAGE), 'store', 3);

    balancers.hold();
    await cluster.apply(version(NEW));
    const imageOf = ({ spec }: V1Pod) => spec!.containers[0]!.image;
    const fresh = async () => (await ns.pods('store')).filter((pod) => imageOf(pod) === NEW);
    await eventually('the last member runs', async () => (await fresh()).some(containersAreReady));
    await throughout(8, async () => {
      expect((await fresh()).map(nameOf)).toEqual(['store-2']);
      expect(await ns.ready('store')).toEqual(['store-0', 'store-1']);
    });

    balancers.release();
    await cluster.kubectl.run('-n', 'members', 'rollout', 'status', 'statefulset/store', '--timeout=120s');
    const pods = await ns.untilReady('store', 3);
    expect(pods.map(gatesOf)).toEqual([0, 1, 2].map((i) => [gateOf(`k8s-service-store-${i}-nlb`)]));
    expect(Math.min(...readyOverTime(ns.events('store'), 3))).toBe(2);
  });

  test('without the label of the namespace a rollout does not wait', async () => {
    const ns = cluster.namespace('unlabeled');
    const version = (image: string) =>
      tenantApp('unlabeled', (tenant) => {
        const expose = Expose.alb({ scheme: 'internal', host: HOST });
        web({ ...SMALL, image, replicas: 3, rollout: { minReady: '0s' }, expose }, tenant);
      });
    const old = await running('unlabeled', version(IMAGE), 'web', 1);
    balancers.hold();
    // an apply would bring the label back
    await cluster.kubectl.run('label', 'namespace', 'unlabeled', 'elbv2.k8s.aws/pod-readiness-gate-inject-');
    await cluster.kubectl.run('-n', 'unlabeled', 'set', 'image', 'deployment/web', `web=${NEW}`);
    await cluster.kubectl.run('-n', 'unlabeled', 'rollout', 'status', 'deployment/web', '--timeout=120s');
    const pods = await ns.untilReady('web', 3);
    expect(pods.flatMap(gatesOf)).toEqual([]);
    expect(pods.map(nameOf).some((pod) => old.includes(pod))).toBe(false);
  });
});
