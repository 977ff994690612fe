import * as fs from 'node:fs';
import * as path from 'node:path';
import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { Cluster, type EksApp, type k8s } from 'cdk8s-eks-patterns';
import {
  agent,
  IMAGE,
  job,
  NODE_GROUP,
  newApp,
  newCluster,
  newTenant,
  scheduled,
  stateful,
  temporaryFolder,
  web,
  worker,
} from '../support/app';
import { grantAccess, type WithAccess } from './harness/access-entries';
import { CONTAINER, claimByHand, deploymentByHand, POD, podByHand, refusal } from './harness/by-hand';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { allowed, everyAction, type Subject, serviceAccount, user } from './harness/permissions';
import { clusterConfigIn } from './harness/programs';
import { refusedByQuota } from './harness/warnings';

const cluster = useCluster();

const image = (tag: string) => IMAGE.replace(/[^:]*$/, tag);
const needs = (cpu: string) => ({ resources: { cpu, memory: '256Mi' } });

/** How many nodes the group may have, which is what the quota counts with. */
const nodes = NODE_GROUP.maxSize;
const MAX = 8;

/** Every pattern in one namespace: the tags of the two Deployments and of the rest. Their programs take their time to end. */
function everything(deployments: string, others: string): EksApp {
  const app = newApp();
  const prod = new Cluster(app, 'prod', {
    region: 'us-west-2',
    version: '1.35',
    nodeGroups: [{ ...NODE_GROUP, desiredCapacity: nodes }],
  });
  const shop = newTenant({ defaults: { annotations: { 'kubelet/terminates-in': '20s' } } }, prod);
  // these two wait for the end of an old pod before they make a new one
  const waiting = { annotations: { 'kubelet/terminates-in': '1s' } };
  const atOnce = (object: k8s.StatefulSet | k8s.DaemonSet) => {
    object.spec.minReadySeconds = 0;
  };
  const runs = image(`${others}-unready`);
  web({ ...needs('250m'), image: image(deployments), replicas: { min: 2, max: MAX } }, shop);
  worker({ ...needs('100m'), image: image(deployments), replicas: 4 }, shop);
  stateful(
    { ...needs('50m'), ...waiting, image: image(others), replicas: 3, customize: { statefulSet: atOnce } },
    shop,
  );
  agent(
    {
      ...needs('10m'),
      ...waiting,
      image: image(others),
      maxUnavailable: '100%',
      customize: { daemonSet: atOnce },
    },
    shop,
  );
  job({ ...needs('50m'), image: runs, parallelism: 2, completions: 2 }, shop);
  scheduled({ ...needs('50m'), image: runs }, shop);
  return app;
}

test('everything at its maximum is replaced under the computed quota, after a first try that got stuck, and before the old pods have ended', async () => {
  await cluster.addNodesOf(everything('1.0', '1.0'));
  await cluster.apply(everything('1.0', '1.0'));
  const shop = cluster.namespace('shop');
  await cluster.kubectl.run('-n', 'shop', 'create', 'job', 'tonight', '--from=cronjob/nightly');
  await cluster.kubectl.run('-n', 'shop', 'scale', 'deployment/web', `--replicas=${MAX}`);
  const whole = { web: MAX, worker: 4, store: 3, agent: nodes };
  const untilWhole = () =>
    Promise.all(Object.entries(whole).map(([name, count]) => shop.untilReady(name, count, { seconds: 150 })));
  await untilWhole();
  const running = (workload: string, count: number) =>
    eventually(
      `${count} pods of ${workload} run`,
      async () => (await shop.pods(workload)).filter(({ status }) => status?.podIP).length === count,
      { seconds: 150 },
    );
  await Promise.all([running('job', 2), running('nightly', 1)]);

  await cluster.apply(everything('2.0-unready', '1.0'));
  await Promise.all([running('web', MAX + 2), running('worker', 5)]);

  await cluster.apply(everything('3.0', '3.0'));
  const rollouts = ['deployment/web', 'deployment/worker', 'statefulset/store', 'daemonset/agent'];
  await Promise.all(
    rollouts.map((name) => cluster.kubectl.run('-n', 'shop', 'rollout', 'status', name, '--timeout=150s')),
  );
  // a changed job is a new one beside the old
  await running('job', 4);
  expect(await refusedByQuota(cluster.kube, 'shop')).toEqual([]);
  const images = (await untilWhole()).flat().map(({ spec }) => spec!.containers[0]!.image);
  expect(new Set(images)).toEqual(new Set([image('3.0')]));
});

describe('tenants beside each other', () => {
  const OPERATOR = 'arn:aws:iam::111122223333:role/operator';
  const LEAD = 'arn:aws:iam::111122223333:role/lead';
  const tenants = ['kitchen', 'cellar', 'boiler'];

  beforeAll(async () => {
    const app = newApp();
    const prod = newCluster(app);
    const access = {
      edit: [OPERATOR, { group: 'cooks' }],
      admin: [LEAD, { group: 'chefs' }],
      view: [{ group: 'guests' }],
    };
    const kitchen = newTenant({ access }, prod, 'kitchen');
    const apiAccess = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }];
    web({ ...needs('100m'), apiAccess }, kitchen);
    worker(needs('100m'), kitchen);
    const cellar = newTenant({ access: { view: [OPERATOR] } }, prod, 'cellar');
    web({ ...needs('100m'), replicas: 3 }, cellar);
    stateful(needs('100m'), cellar);
    const because = 'the test says so';
    newTenant({ podSecurity: { level: 'baseline', because }, quota: 'none' }, prod, 'yard');
    newTenant({ podSecurity: { level: 'privileged', because }, quota: 'none' }, prod, 'boiler');
    await cluster.apply(app);
    await grantAccess(cluster.kube, clusterConfigIn(app.outdir) as WithAccess);
    const patient = { seconds: 150 };
    await cluster.namespace('kitchen').untilReady('web', 2, patient);
    await cluster.namespace('kitchen').untilReady('worker', 2, patient);
    await cluster.namespace('cellar').untilReady('web', 3, patient);
    await cluster.namespace('cellar').untilReady('store', 1, patient);
  });

  test('a Deployment that nobody planned gets the room that is left, and no pod more', async () => {
    const { kube } = cluster;
    const namespace = 'cellar';
    await kube.apps.createNamespacedDeployment({ namespace, body: deploymentByHand('unplanned', 20) });
    // twice three and one for the rollout of the web service, twice one for the store
    await eventually('the quota is used up', async () => {
      const { status } = await kube.core.readNamespacedResourceQuota({ name: 'quota', namespace });
      return status?.hard?.pods === '10' && status.used?.pods === '10';
    });
    await cluster.namespace(namespace).untilReady('unplanned', 6);
    const refused = await eventually('somebody is told', async () => {
      const found = await refusedByQuota(kube, namespace);
      return found.length > 0 && found;
    });
    expect(refused[0]).toMatch(/^FailedCreate ReplicaSet\/unplanned-.*exceeded quota: quota, /);
  });

  const claim = (namespace: string, storage: string, className?: string) =>
    cluster.kube.core.createNamespacedPersistentVolumeClaim({ namespace, body: claimByHand(storage, className) });

  test('a claim may grow before the quota does, and what nobody planned gets the room that is left', async () => {
    // of 20Gi in the program
    const grow = (storage: string) =>
      cluster.kube.mergePatch({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data-store-0', namespace: 'cellar' },
        spec: { resources: { requests: { storage } } },
      });
    expect(await refusal(claim('kitchen', '1Gi'))).toMatch(/exceeded quota: quota, .*persistentvolumeclaims=1/);
    // that of the members alone has room
    const members = 'gp3-retain';
    expect(await refusal(claim('cellar', '1Gi'))).toMatch(
      /exceeded quota: .*limited: gp3\.storageclass\.\S*requests\.storage=0/,
    );
    expect(await refusal(claim('cellar', '21Gi', members))).toMatch(/exceeded quota: quota, .*requests\.storage=20Gi/);
    await claim('cellar', '1Gi', members);
    expect(await refusal(claim('cellar', '1Gi', members))).toMatch(/exceeded quota: quota, .*persistentvolumeclaims=2/);
    // at the end: a volume that has grown makes the controller count again, and it may not have seen a claim made since
    await grow('39Gi');
    expect(await refusal(grow('40Gi'))).toMatch(/exceeded quota: quota, .*requests\.storage=40Gi/);
  });

  test('a claim of less than a volume of EBS can be is refused', async () => {
    expect(await refusal(claim('yard', '512Mi'))).toMatch(/minimum storage usage per PersistentVolumeClaim is 1Gi/);
  });

  test('a pod that says nothing about resources gets some, without a CPU limit, and the quota lets it in', async () => {
    const pod = await cluster.kube.core.createNamespacedPod({ namespace: 'kitchen', body: podByHand() });
    expect(pod.spec!.containers[0]!.resources).toEqual({
      limits: { memory: '256Mi', 'ephemeral-storage': '1Gi' },
      requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
    });
  });

  describe('a pod is refused by a tenant that does not allow it, and let in by one that does', () => {
    const container = (securityContext: V1Container['securityContext']): V1PodSpec => ({
      ...POD,
      containers: [{ ...CONTAINER, securityContext: { ...CONTAINER.securityContext, ...securityContext } }],
    });
    const pods: [string, V1PodSpec, 'baseline' | 'restricted'][] = [
      ['privileged', container({ privileged: true, allowPrivilegeEscalation: true }), 'baseline'],
      ['a folder of the node', { ...POD, volumes: [{ name: 'log', hostPath: { path: '/var/log' } }] }, 'baseline'],
      ['the network of the node', { ...POD, hostNetwork: true }, 'baseline'],
      ['the processes of the node', { ...POD, hostPID: true }, 'baseline'],
      ['a capability of the system', container({ capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }), 'baseline'],
      ['root', { ...POD, securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }, 'restricted'],
      ['more rights than its parent', container({ allowPrivilegeEscalation: true }), 'restricted'],
      ['every system call', { ...POD, securityContext: { runAsNonRoot: true, runAsUser: 10001 } }, 'restricted'],
    ];
    const create = (namespace: string, spec: V1PodSpec) =>
      cluster.kube.core.createNamespacedPod({ namespace, body: podByHand(spec), dryRun: 'All' });

    test.each(pods)('%s', async (_, spec, level) => {
      expect(await refusal(create('kitchen', spec))).toMatch(/violates PodSecurity "restricted:latest"/);
      if (level === 'baseline') {
        expect(await refusal(create('yard', spec))).toMatch(/violates PodSecurity "baseline:latest"/);
      } else {
        await create('yard', spec);
      }
      await create('boiler', spec);
    });

    test('who applies what would be refused is warned, since a Deployment itself is not', async () => {
      const folder = temporaryFolder();
      const deployment = deploymentByHand('root', 1);
      deployment.spec!.template.spec = { ...POD, securityContext: {} };
      fs.writeFileSync(path.join(folder, 'root.json'), JSON.stringify(deployment));
      const { stderr } = await cluster.kubectl.try('apply', '-n', 'kitchen', '--dry-run=server', '-f', folder);
      expect(stderr).toMatch(/^Warning: would violate PodSecurity "restricted:latest"/);
    });
  });

  describe('who may do what', () => {
    const VIEW = ['list pods', 'get pods/log', 'get configmaps'];
    const EDIT = ['create deployments.apps', 'delete pods', 'create pods/exec', 'update configmaps', 'get secrets'];
    const ADMINISTER = ['create roles.rbac.authorization.k8s.io', 'create rolebindings.rbac.authorization.k8s.io'];
    /** What holds a team in its bounds. */
    const BOUNDS = ['update resourcequotas', 'delete resourcequotas', 'update limitranges', 'update namespaces'];
    const ACTIONS = [...VIEW, ...EDIT, ...ADMINISTER, ...BOUNDS];

    const inEach = async (subject: Subject) => {
      const found = await Promise.all(tenants.map((name) => allowed(cluster.kube, subject, name, ACTIONS)));
      return Object.fromEntries(tenants.map((name, i) => [name, found[i]!]));
    };

    test('a workload does in the API what its apiAccess says, in its namespace only; the others do nothing', async () => {
      const webInKitchen = serviceAccount('kitchen', 'web');
      expect(await inEach(webInKitchen)).toEqual({ kitchen: ['get configmaps'], cellar: [], boiler: [] });
      const all = (subject: Subject, namespace: string) => everyAction(cluster.kubectl, subject, namespace);
      expect(await all(webInKitchen, 'kitchen')).toEqual(['get configmaps', 'list configmaps']);
      expect(await all(webInKitchen, 'cellar')).toEqual([]);
      expect(await all(serviceAccount('kitchen', 'worker'), 'kitchen')).toEqual([]);
      expect(await all(serviceAccount('cellar', 'web'), 'kitchen')).toEqual([]);
    });

    test('only the pods of a workload with apiAccess have a token', async () => {
      const tokens = async (workload: string) =>
        (await cluster.namespace('kitchen').pods(workload)).map(({ spec }) =>
          spec!.volumes!.some(({ projected }) => projected?.sources?.some((source) => source.serviceAccountToken)),
        );
      expect([await tokens('web'), await tokens('worker')]).toEqual([
        [true, true],
        [false, false],
      ]);
    });

    test("a principal works in the tenants that name it, each at its level, and moves no tenant's bounds", async () => {
      expect(await inEach(user(OPERATOR))).toEqual({ kitchen: [...VIEW, ...EDIT], cellar: VIEW, boiler: [] });
    });

    test('a group of Kubernetes has the rights of its level, in the tenants that name it', async () => {
      const member = (group: string): Subject => ({ user: 'somebody', groups: ['system:authenticated', group] });
      const nothing = { cellar: [], boiler: [] };
      expect(await inEach(member('guests'))).toEqual({ kitchen: VIEW, ...nothing });
      expect(await inEach(member('cooks'))).toEqual({ kitchen: [...VIEW, ...EDIT], ...nothing });
      expect(await inEach(member('chefs'))).toEqual({ kitchen: [...VIEW, ...EDIT, ...ADMINISTER], ...nothing });
      expect(await inEach(member('others'))).toEqual({ kitchen: [], ...nothing });
    });

    test('an admin also says who else may do what there, and moves no bounds either', async () => {
      expect(await inEach(user(LEAD))).toEqual({
        kitchen: [...VIEW, ...EDIT, ...ADMINISTER],
        cellar: [],
        boiler: [],
      });
    });
  });
});
