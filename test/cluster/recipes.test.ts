import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../support/app';
import { useCluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { evict, untilHealthy } from './harness/evictions';
import type { Namespace } from './harness/namespace';
import { addNodes, node } from './harness/nodes';
import { isReady, nameOf } from './harness/pods';
import { outputOf } from './harness/programs';
import { applyOutput, LESS_CUSTOMS } from './harness/whole-program';

/** A set of a recipe, and of which set how many members must run before one of its members can be ready, as in its image. */
interface MembersOf {
  readonly set: string;
  readonly members: number;
  readonly needs: readonly [set: string, running: number];
}
const RECIPES: readonly [recipe: string, namespace: string, sets: readonly MembersOf[]][] = [
  // listeners open when a controller is elected
  [
    'kafka',
    'streams',
    [
      { set: 'controller', members: 3, needs: ['controller', 2] },
      { set: 'broker', members: 3, needs: ['controller', 2] },
    ],
  ],
  // a replica copies the primary
  [
    'postgresql',
    'orders',
    [
      { set: 'primary', members: 1, needs: ['primary', 1] },
      { set: 'replica', members: 2, needs: ['primary', 1] },
    ],
  ],
  ['mysql', 'store', [{ set: 'mysql', members: 1, needs: ['mysql', 1] }]],
  ['valkey', 'cache', [{ set: 'valkey', members: 6, needs: ['valkey', 1] }]],
  // more than half of the drives, which are two per member
  ['minio', 'files', [{ set: 'minio', members: 4, needs: ['minio', 3] }]],
  // the Job initiates the set when all members run
  ['mongodb', 'catalog', [{ set: 'mongodb', members: 3, needs: ['mongodb', 3] }]],
  [
    'clickhouse',
    'events',
    [
      { set: 'keeper', members: 3, needs: ['keeper', 2] },
      { set: 'shard-1', members: 2, needs: ['keeper', 2] },
      { set: 'shard-2', members: 2, needs: ['keeper', 2] },
    ],
  ],
  [
    'opensearch',
    'search',
    [
      { set: 'manager', members: 3, needs: ['manager', 2] },
      { set: 'data', members: 3, needs: ['manager', 2] },
    ],
  ],
  ['zookeeper', 'coordination', [{ set: 'zookeeper', members: 3, needs: ['zookeeper', 2] }]],
  ['cassandra', 'timeline', [{ set: 'cassandra', members: 3, needs: ['cassandra', 1] }]],
  // its classes are those of the recipes before it
  ['existing-cluster', 'media', [{ set: 'index', members: 1, needs: ['index', 1] }]],
];

const cluster = useCluster();

beforeAll(async () => {
  const zones = ['us-west-2a', 'us-west-2b', 'us-west-2c'];
  const nodes = zones.flatMap((zone) =>
    [1, 2, 3].map((i) => node({ name: `${zone}-${i}`, zone, region: 'us-west-2', instanceType: 'm5.4xlarge' })),
  );
  await addNodes(cluster.kube, nodes);
});

describe.each(RECIPES)(`%s${LESS_CUSTOMS}`, (recipe, namespace, sets) => {
  test('all members become ready', async () => {
    await applyOutput(cluster, waiting(await outputOf(recipe)));
    await untilReady(cluster.namespace(namespace), sets);
  });

  test('they do so again when all of them were lost', async () => {
    const ns = cluster.namespace(namespace);
    const labelSelector = `app.kubernetes.io/name in (${sets.map(({ set }) => set).join(',')})`;
    const before = new Set((await ns.pods()).map(({ metadata }) => metadata!.uid));
    await cluster.kube.core.deleteCollectionNamespacedPod({ namespace, labelSelector });
    await untilReady(ns, sets);
    const after = (await Promise.all(sets.map(({ set }) => ns.pods(set)))).flat();
    expect(after.filter(({ metadata }) => before.has(metadata!.uid))).toEqual([]);
  });

  test.each(sets)('a drain takes one member of $set at a time, which comes back', async ({ set, members }) => {
    const ns = cluster.namespace(namespace);
    const [first, second] = (await ns.pods(set)).map(nameOf);
    if (members > 1) {
      await untilHealthy(cluster.kube, namespace, set, members);
    }
    expect(await evict(cluster.kube, namespace, first!)).toBe(true);
    if (second) {
      expect(await evict(cluster.kube, namespace, second)).toBe(false);
    }
    await untilReady(ns, sets);
  });
});

/** A copy in which the members of sets are not ready before a test says so. */
function waiting(folder: string): string {
  const copy = temporaryFolder();
  fs.cpSync(folder, copy, { recursive: true });
  for (const file of fs.readdirSync(copy).filter((name) => name.endsWith('.yaml'))) {
    const documents = fs.readFileSync(path.join(copy, file), 'utf8').split(/^---\n/m);
    const texts = documents.map((text) =>
      /^kind: StatefulSet$/m.test(text)
        ? text.replace(/^( *(?:- )?image: \S+)$/gm, '$1-unready').replace('minReadySeconds: 10', 'minReadySeconds: 0')
        : text,
    );
    fs.writeFileSync(path.join(copy, file), texts.join('---\n'));
  }
  return copy;
}

/** Is the kubelet of all members until all are ready. */
async function untilReady(ns: Namespace, sets: readonly MembersOf[]): Promise<void> {
  await eventually(`all members of ${ns.name} are ready`, async () => {
    const pods = await Promise.all(sets.map(async ({ set }) => [set, await ns.pods(set)] as const));
    const running = new Map(pods.map(([set, all]) => [set, all.filter(({ status }) => status?.podIP)]));
    for (const { set, needs } of sets) {
      if (running.get(needs[0])!.length >= needs[1]) {
        const starting = running.get(set)!.filter((pod) => !isReady(pod));
        await Promise.all(starting.map((pod) => ns.kubelet.ready(nameOf(pod))));
      }
    }
    return sets.every(({ set, members }) => running.get(set)!.filter(isReady).length === members);
  });
}
