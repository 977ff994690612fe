import { Cluster, type k8s } from 'cdk8s-eks-patterns';
import { newApp, newTenant, stateful, web } from '../support/app';
import { readyOverTime } from './harness/audit';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { evict, untilHealthy } from './harness/evictions';
import { addNodes, type ClusterConfig, loseZone, nodeOf } from './harness/nodes';
import { occupyWhole, release } from './harness/placeholders';
import { hostsOf, zonesOf } from './harness/places';
import { nameOf, whyNot } from './harness/pods';

/** Sets by the name and number of their members. */
const SETS = { store: 3, ledger: 5 } as const;
const NAMES = ['store', 'ledger'] as const;
const REPLICAS = 4;
/** Zone c, which has no room at first. */
const FULL = ['workers-2', 'workers-5'];
const quorum = (members: number): number => Math.floor(members / 2) + 1;

const cluster = useCluster();
const ns = () => cluster.namespace('shop');

function program() {
  const app = newApp();
  const prod = new Cluster(app, 'prod', {
    region: 'us-west-2',
    version: '1.35',
    nodeGroups: [{ name: 'workers', instanceType: 'm5.large', minSize: 6 }],
  });
  const shop = newTenant({}, prod);
  const common = { resources: { cpu: '100m', memory: '64Mi' } };
  const customize = {
    statefulSet: (set: k8s.StatefulSet) => {
      set.spec.minReadySeconds = 0;
    },
  };
  for (const name of NAMES) {
    stateful({ ...common, replicas: SETS[name], customize }, shop, name);
  }
  web({ ...common, replicas: REPLICAS }, shop);
  return app;
}

let config: ClusterConfig;
let claims: Awaited<ReturnType<typeof claimsOf>>;
let lostNodes: readonly string[];
/** Of each set, in their order. */
let lostMembers: Readonly<Record<(typeof NAMES)[number], readonly string[]>>;

async function claimsOf() {
  const { items } = await cluster.kube.core.listNamespacedPersistentVolumeClaim({ namespace: 'shop' });
  return items.map(({ metadata, spec }) => [metadata!.name, metadata!.uid, spec!.volumeName]);
}

/** The zone that has the largest share of a set: the worst one to lose. */
async function worstZone(): Promise<string> {
  const shares = await Promise.all(
    NAMES.map(async (name) => {
      const zones = await zonesOf(cluster.kube, await ns().pods(name));
      return zones.map((zone) => ({ zone, share: zones.filter((other) => other === zone).length / zones.length }));
    }),
  );
  return shares.flat().reduce((worst, one) => (one.share > worst.share ? one : worst)).zone;
}

beforeAll(async () => {
  config = await cluster.addNodesOf(program());
  await Promise.all(FULL.map((node) => occupyWhole(cluster.kube, node)));
  await cluster.apply(program());
  await ns().untilReady('web', REPLICAS);
  await eventually('the scheduler has judged the third members', async () => {
    const third = await Promise.all(NAMES.map(async (name) => (await ns().pods(name))[2]));
    return third.every((pod) => pod && (whyNot(pod) ?? pod.spec?.nodeName));
  });
  await Promise.all(FULL.map((node) => release(cluster.kube, node)));
  await Promise.all(NAMES.map((name) => ns().untilReady(name, SETS[name])));
  claims = await claimsOf();
  lostNodes = await loseZone(cluster.kube, await worstZone());
  const on = async (name: string) =>
    (await ns().pods(name)).filter(({ spec }) => lostNodes.includes(spec!.nodeName!)).map(nameOf);
  lostMembers = { store: await on('store'), ledger: await on('ledger') };
  await eventually(
    'the garbage collector has removed what ran there',
    async () => {
      const story = ns().story('', 'gone');
      return NAMES.flatMap((name) => lostMembers[name]).every((pod) => story.includes(`gone ${pod}`));
    },
    { seconds: 150 },
  );
}, 300_000);

test.each(NAMES)('a quorum is left: %s', async (name) => {
  const left = SETS[name] - lostMembers[name].length;
  expect(left).toBeGreaterThanOrEqual(quorum(SETS[name]));
  expect(await ns().ready(name)).toHaveLength(left);
});

test('what has no volume is back in full number, in the zones that are left', async () => {
  const pods = await ns().untilReady('web', REPLICAS);
  expect(hostsOf(pods).filter((host) => lostNodes.includes(host))).toEqual([]);
});

test.each(NAMES)('a member waits for the zone of its volume: %s', async (name) => {
  const reason = await eventually('it has no place', async () => {
    const waiting = (await ns().pods(name)).find((pod) => nameOf(pod) === lostMembers[name][0]);
    return waiting && whyNot(waiting);
  });
  expect(reason).toContain("didn't match PersistentVolume's node affinity");
});

test.each(NAMES)('no drain takes another member meanwhile: %s', async (name) => {
  const left = await ns().ready(name);
  await untilHealthy(cluster.kube, 'shop', name, left.length);
  for (const pod of left) {
    expect(await evict(cluster.kube, 'shop', pod)).toBe(false);
  }
});

test('members return to their claims when the zone is back', async () => {
  const [group] = config.managedNodeGroups!;
  // other instances, of the same zone
  const again = lostNodes.map((name) => nodeOf(config, group!, Number(name.replace(/\D/g, '')) + 6));
  await addNodes(cluster.kube, again);
  const back = again.map(({ metadata }) => metadata!.name!);
  for (const name of NAMES) {
    const pods = await ns().untilReady(name, SETS[name]);
    const hosts = hostsOf(pods.filter((pod) => lostMembers[name].includes(nameOf(pod))));
    expect(hosts.filter((host) => !back.includes(host))).toEqual([]);
  }
  expect(await claimsOf()).toEqual(claims);
});

test.each(NAMES)('at no time was there less than a quorum: %s', (name) => {
  const ready = readyOverTime(ns().events(name), SETS[name]);
  expect(Math.min(...ready)).toBe(SETS[name] - lostMembers[name].length);
});
