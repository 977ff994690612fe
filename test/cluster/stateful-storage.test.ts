import * as fs from 'node:fs';
import * as path from 'node:path';
import type { V1Pod } from '@kubernetes/client-node';
import type { EksApp } from 'cdk8s-eks-patterns';
import { NODE_GROUP, newCluster } from '../support/app';
import { type Claim, claimsOf, mountedBy } from './harness/claims';
import { useCluster } from './harness/cluster';
import { commandsIn, runCommand } from './harness/documented';
import { eventually, throughout } from './harness/eventually';
import { type Running, running, type StoreProps, storeApp, uidOf, untilStatus } from './harness/members';
import { loseNodes } from './harness/nodes';
import { hostsOf, zonesOf } from './harness/places';
import { nameOf } from './harness/pods';
import { manifestsOf } from './harness/programs';

const cluster = useCluster();

/** Two nodes a zone, since a volume pins its member to one; and as many of which the tests lose one. */
const twoNodesAZone = (app: EksApp) => {
  const doomed = { labels: { pool: 'doomed' }, taints: [{ key: 'pool', value: 'doomed', effect: 'NoSchedule' }] };
  const nodeGroups = [
    { ...NODE_GROUP, desiredCapacity: 6 },
    { ...NODE_GROUP, ...doomed, name: 'doomed', desiredCapacity: 6 },
  ];
  return newCluster(app, { nodeGroups } as object);
};
const DOOMED = {
  placement: {
    nodeLabels: { pool: 'doomed' },
    tolerations: [{ key: 'pool', operator: 'Equal', value: 'doomed', effect: 'NoSchedule' }],
  },
};
const program = (store: StoreProps): StoreProps => ({ cluster: twoNodesAZone, ...store });
const apply = (store: StoreProps): Promise<string[]> => cluster.apply(storeApp(program(store)));
const start = (store: StoreProps): Promise<Running> => running(cluster, program(store));
const claims = (namespace: string): Promise<Claim[]> => claimsOf(cluster, namespace);
/** The names of the claims of so many members. */
const namesOf = (count: number) => Array.from({ length: count }, (_, i) => `data-store-${i}`);

let kept: Running;
let lost: Running;
let lostNode: string;
let lostClaims: readonly Claim[];
beforeAll(async () => {
  await cluster.addNodesOf(storeApp(program({ tenant: 'nodes' })));
  lost = await start({ tenant: 'lost', props: DOOMED });
  lostNode = hostsOf(lost.before)[1]!;
  lostClaims = await claims('lost');
  // the pods of a lost node are given up after a minute, in which other tests run
  await loseNodes(cluster.kube, [lostNode]);
  kept = await start({ tenant: 'kept' });
});

test('each member has a claim of its own, bound to an encrypted volume that is kept, in the zone of its node', async () => {
  const { before } = kept;
  const own = await claims('kept');
  expect(before.map(mountedBy)).toEqual([['data-store-0'], ['data-store-1'], ['data-store-2']]);
  expect(own.map(({ name }) => name)).toEqual(namesOf(3));
  const zones = own.map(({ zone }) => zone);
  expect(zones).toEqual(await zonesOf(cluster.kube, before));
  expect(new Set(zones).size).toBe(3);
  for (const { volume, uid } of own) {
    const { spec } = await cluster.kube.core.readPersistentVolume({ name: volume });
    expect(spec).toMatchObject({
      claimRef: { uid },
      storageClassName: 'gp3-retain',
      persistentVolumeReclaimPolicy: 'Retain',
      csi: { driver: 'ebs.csi.aws.com' },
    });
  }
  const { parameters } = await cluster.kube.storage.readStorageClass({ name: 'gp3-retain' });
  expect(parameters).toEqual({ type: 'gp3', encrypted: 'true' });
});

/** The members once one of them is another pod than before. */
async function untilReplaced({ ns }: Running, before: readonly V1Pod[], index: number): Promise<V1Pod[]> {
  const isAnother = async () => {
    const now = (await ns.pods('store')).find((pod) => nameOf(pod) === nameOf(before[index]!));
    return now !== undefined && uidOf(now) !== uidOf(before[index]!);
  };
  // the pods of a lost node take a minute
  await eventually('the member is another pod', isAnother, { seconds: 150 });
  return ns.untilReady('store', 3);
}

test('a member that is deleted, or drained from its node, comes back to its claim', async () => {
  const own = await claims('kept');
  await cluster.kube.core.deleteNamespacedPod({ name: 'store-1', namespace: 'kept' });
  const after = await untilReplaced(kept, kept.before, 1);
  expect(mountedBy(after[1]!)).toEqual(['data-store-1']);
  expect(await claims('kept')).toEqual(own);

  const node = hostsOf(after)[2]!;
  await cluster.kubectl.drain(node);
  const drained = await untilReplaced(kept, after, 2);
  await cluster.kubectl.run('uncordon', node);
  expect(hostsOf(drained)[2]).not.toBe(node);
  expect(await zonesOf(cluster.kube, drained)).toEqual(own.map(({ zone }) => zone));
  expect(mountedBy(drained[2]!)).toEqual(['data-store-2']);
  expect(await claims('kept')).toEqual(own);
});

test('claims survive fewer replicas, and are there when the members come back', async () => {
  const { ns } = await start({ tenant: 'fewer' });
  const own = await claims('fewer');
  expect(own.map(({ owners }) => owners)).toEqual([0, 0, 0]);
  await apply({ tenant: 'fewer', props: { replicas: 1 } });
  await untilStatus(cluster, 'fewer', 'one member is left', ({ replicas }) => replicas === 1);
  await throughout(2, async () => expect(await claims('fewer')).toEqual(own));
  await apply({ tenant: 'fewer' });
  expect((await ns.untilReady('store', 3)).map(mountedBy)).toEqual(namesOf(3).map((name) => [name]));
  expect(await claims('fewer')).toEqual(own);
});

test('claims survive the set, and a new one takes them', async () => {
  const { ns } = await start({ tenant: 'without' });
  const own = await claims('without');
  await cluster.kubectl.run('-n', 'without', 'delete', 'statefulset', 'store');
  await eventually('all members are gone', async () => (await ns.pods('store')).length === 0);
  await throughout(2, async () => expect(await claims('without')).toEqual(own));
  await apply({ tenant: 'without' });
  expect((await ns.untilReady('store', 3)).map(mountedBy)).toEqual(namesOf(3).map((name) => [name]));
  expect(await claims('without')).toEqual(own);
});

test("a volume outlives its claim, but one of the class 'gp3' goes with it", async () => {
  const storage = [
    { mountPath: '/var/lib/store', size: '20Gi' },
    { mountPath: '/cache', size: '5Gi', name: 'cache', className: 'gp3' },
  ];
  const { ns } = await start({ tenant: 'classes', props: { replicas: 1, storage } });
  const [cache, data] = await claims('classes');
  expect([cache!.name, data!.name]).toEqual(['cache-store-0', 'data-store-0']);
  await cluster.kubectl.run('-n', 'classes', 'delete', 'statefulset', 'store');
  await eventually('the member is gone', async () => (await ns.pods('store')).length === 0);
  await cluster.kubectl.run('-n', 'classes', 'delete', 'pvc', cache!.name, data!.name);
  const volumes = async () => {
    const { items } = await cluster.kube.core.listPersistentVolume();
    return items.filter(({ spec }) => [cache!.uid, data!.uid].includes(spec?.claimRef?.uid ?? ''));
  };
  await eventually('one volume is gone, and nobody claims the other', async () => {
    const left = await volumes();
    return left.length < 2 && left.every(({ status }) => status?.phase === 'Released');
  });
  await throughout(2, async () =>
    expect((await volumes()).map(({ metadata }) => metadata!.name)).toEqual([data!.volume]),
  );
});

test('a claim by hand of another class than those of the members is refused', async () => {
  const claim = (storageClassName: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: storageClassName, namespace: 'kept' },
    spec: { storageClassName, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
  const create = (name: string) =>
    cluster.kube.core.createNamespacedPersistentVolumeClaim({ namespace: 'kept', body: claim(name) });
  await expect(create('gp3')).rejects.toThrow(
    /exceeded quota: .*gp3\.storageclass\.storage\.k8s\.io\/requests\.storage/,
  );
  await create('gp3-retain');
  await cluster.kube.core.deleteNamespacedPersistentVolumeClaim({ name: 'gp3-retain', namespace: 'kept' });
});

test('the documented steps grow the volumes of a store that runs, which apply alone does not', async () => {
  const { ns, story, before } = await start({ tenant: 'growing' });
  const own = await claims('growing');
  const larger = { mountPath: '/var/lib/store', size: '40Gi' };
  const folder = manifestsOf(storeApp(program({ tenant: 'growing', props: { storage: larger } })));
  const refused = await cluster.kubectl.tryApply(folder);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(
    /^The StatefulSet "store" is invalid: spec\.volumeClaimTemplates: .*: field is immutable$/m,
  );

  const [remove, applied, grow, ...more] = commandsIn('upgrading.md', 'Growing a volume');
  expect(more).toEqual([]);
  const run = (command: string) => runCommand(cluster.kubectl, command, { folder, namespace: 'growing' });
  await run(remove!);
  await run(applied!);
  for (const { name } of own) {
    await run(grow!.replace('data-store-0', name));
  }
  await eventually('the claims have grown', async () => {
    const { items } = await cluster.kube.core.listNamespacedPersistentVolumeClaim({ namespace: 'growing' });
    return items.length === 3 && items.every(({ status }) => status?.capacity?.storage === '40Gi');
  });
  await untilStatus(
    cluster,
    'growing',
    'the new set has nothing to do',
    ({ updatedReplicas, availableReplicas }) => updatedReplicas === 3 && availableReplicas === 3,
  );
  const generation = async () =>
    (await cluster.kube.apps.readNamespacedStatefulSet({ name: 'store', namespace: 'growing' })).metadata!.generation;
  const settled = await generation();
  await cluster.kubectl.apply(folder);
  expect(await generation()).toBe(settled);
  expect(await claims('growing')).toEqual(own);
  expect((await ns.pods('store')).map(uidOf)).toEqual(before.map(uidOf));
  expect(story.lines('created', 'evicted', 'deleted', 'gone', 'unready')).toEqual([]);
});

test('the commands of the generated page grow the volumes of a set with two volumes a member, and restart none', async () => {
  const storage = (data: string, log: string) => [
    { mountPath: '/var/lib/store', size: data },
    { mountPath: '/log', size: log, name: 'log', folder: false as const },
  ];
  const { ns, story, before } = await start({
    tenant: 'paged',
    props: { replicas: 2, storage: storage('20Gi', '5Gi') },
  });
  const folder = manifestsOf(
    storeApp(program({ tenant: 'paged', props: { replicas: 2, storage: storage('40Gi', '5Gi') } })),
  );
  const page = fs.readFileSync(path.join(folder, 'volumes.md'), 'utf8');
  const [, block] = /^## paged\/store\n\n```sh\n([\s\S]*?)```/m.exec(page)!;
  const commands = block!.trim().split('\n');
  expect(commands).toHaveLength(7);
  for (const command of commands) {
    const inFolder = command.replace('apply -f .', 'apply -f dist/');
    await runCommand(cluster.kubectl, inFolder, { folder, namespace: 'paged' });
  }
  const sizes = async () => {
    const { items } = await cluster.kube.core.listNamespacedPersistentVolumeClaim({ namespace: 'paged' });
    return Object.fromEntries(items.map(({ metadata, status }) => [metadata!.name, status!.capacity!.storage]));
  };
  await eventually('the claims have grown', async () => (await sizes())['data-store-1'] === '40Gi');
  expect(await sizes()).toEqual({
    'data-store-0': '40Gi',
    'data-store-1': '40Gi',
    'log-store-0': '5Gi',
    'log-store-1': '5Gi',
  });
  await untilStatus(
    cluster,
    'paged',
    'the new set has its members',
    ({ availableReplicas }) => availableReplicas === 2,
  );
  await cluster.kubectl.apply(folder);
  expect((await ns.pods('store')).map(uidOf)).toEqual(before.map(uidOf));
  expect(story.lines('created', 'evicted', 'deleted', 'gone', 'unready')).toEqual([]);
});

test('a member whose node is lost comes back to its claim, on another node of the zone', async () => {
  const after = await untilReplaced(lost, lost.before, 1);
  expect(hostsOf(after)[1]).not.toBe(lostNode);
  expect(await zonesOf(cluster.kube, after)).toEqual(lostClaims.map(({ zone }) => zone));
  expect(mountedBy(after[1]!)).toEqual(['data-store-1']);
  expect(await claims('lost')).toEqual(lostClaims);
});
