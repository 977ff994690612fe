import type { NodeGroup } from 'cdk8s-eks-patterns';
import type { CapacityNodes, CapacityReport, CapacityState } from '../../../simulator/report';
import { reportOn, storeOn } from '../../simulator/store';
import { useCluster } from './cluster';
import { addNodes, loseNodes, loseZone, nodeOf, removePodsOf } from './nodes';
import { clusterConfigIn, manifestsOf } from './programs';
import { autoscale, rollBack, rollEverything, worstZone } from './states';
import { type Unplaced, untilSettled } from './unplaced';
import { applyOutput, createCluster } from './whole-program';

type Size = 'minSize' | 'desiredCapacity' | 'maxSize';

/** The retail store on nodes of a group, whose number the test moves, and the report that foretells what becomes of it. */
export function useStoreOn(group: NodeGroup & Required<Pick<NodeGroup, Size>>) {
  const cluster = useCluster();
  let folder: string;
  let report: CapacityReport;
  /** Of the nodes that are there; the index decides the zone, and is used once. */
  let indices: number[] = [];

  beforeAll(async () => {
    folder = manifestsOf(storeOn(group));
    report = reportOn(folder);
  });

  const nameOf = (index: number) => `${group.name}-${index}`;
  const zoneCount = () => clusterConfigIn(folder)!.availabilityZones!.length;
  const add = async (added: readonly number[]) => {
    const config = clusterConfigIn(folder)!;
    const [own] = config.managedNodeGroups!;
    await addNodes(
      cluster.kube,
      added.map((index) => nodeOf(config, own!, index)),
    );
    indices.push(...added);
  };
  /** Removes the pods of nodes that went, and forgets the nodes. */
  const gone = async (names: readonly string[]) => {
    await removePodsOf(cluster.kube, names);
    const lost = indices.filter((index) => names.includes(nameOf(index)));
    indices = indices.filter((index) => !lost.includes(index));
    return lost;
  };

  return {
    /** Makes the cluster with this number of nodes, and applies the store. */
    async begin(count: number): Promise<void> {
      const config = clusterConfigIn(folder)!;
      const groups = config.managedNodeGroups!.map((one) => ({ ...one, desiredCapacity: count }));
      await createCluster(cluster, folder, { ...config, managedNodeGroups: groups });
      indices = Array.from({ length: count }, (_, i) => i);
      await applyOutput(cluster, folder);
    },
    /** More nodes, as an autoscaler adds them. */
    async grow(count: number): Promise<void> {
      const from = indices.length;
      await add(Array.from({ length: count - from }, (_, i) => unused(indices, zoneCount(), from + i)));
    },
    /** Takes a node from a zone that has another one. */
    async shrink(): Promise<void> {
      const zoneOf = (index: number) => index % zoneCount();
      const [second] = indices.filter((index, i) => indices.findIndex((one) => zoneOf(one) === zoneOf(index)) < i);
      const names = [nameOf(second!)];
      await loseNodes(cluster.kube, names);
      await gone(names);
    },
    /** The indices of the nodes that went. */
    async loseWorstZone(): Promise<number[]> {
      return gone(await loseZone(cluster.kube, await worstZone(cluster.kube)));
    },
    /** Other nodes in the zones of lost ones. */
    async giveBack(lost: readonly number[]): Promise<void> {
      await add(replacements(indices, lost, zoneCount()));
    },
    roll: () => rollEverything(cluster.kube),
    rollBack: () => rollBack(cluster.kube),
    autoscale: (to: 'maximum' | 'minimum') => autoscale(cluster.kube, to),
    settled: (isExpected?: (found: readonly Unplaced[]) => boolean): Promise<Unplaced[]> =>
      untilSettled(cluster.kube, isExpected),
    foretold: (state: CapacityState, at: CapacityNodes) => report.verdict(state, at)!,
    kube: () => cluster.kube,
  };
}

/** An index of the same zone that no node has had: the CSI driver remembers names. */
function unused(had: readonly number[], zones: number, index: number): number {
  const last = Math.max(-1, ...had);
  return index > last ? index : index + zones * Math.ceil((last + 1 - index) / zones);
}

/** Nodes in place of lost ones, each in the zone of another. */
export function replacements(kept: readonly number[], lost: readonly number[], zones: number): number[] {
  const added: number[] = [];
  for (const index of lost) {
    added.push(unused([...kept, ...lost, ...added], zones, index));
  }
  return added;
}

/** Pods without a place by workload. */
export function byWorkload(
  unplaced: readonly { readonly workload: string; readonly pods?: number }[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { workload, pods = 1 } of unplaced) {
    counts[workload] = (counts[workload] ?? 0) + pods;
  }
  return counts;
}

const notByDesign = (pods: readonly Unplaced[]): Unplaced[] => pods.filter(({ stranded }) => !stranded);

/** As the scheduler calls what a node lacks. */
const LACKS = { cpu: 'cpu', memory: 'memory', pods: 'Too many pods', ephemeralStorage: 'ephemeral-storage' } as const;

/**
 * Waits until nothing moves any more, and compares what the scheduler made of a state with what the report foretold: whether
 * all have a place, and if not, that some lack what the report calls the bottleneck. Who waits for the zone of a volume does so
 * by design.
 */
export async function judge(
  store: ReturnType<typeof useStoreOn>,
  state: CapacityState,
  at: CapacityNodes,
): Promise<Unplaced[]> {
  const { verdict, bottleneck, unplaced } = store.foretold(state, at);
  const all = await store.settled((pods) => (notByDesign(pods).length === 0) === (verdict === 'fits'));
  const found = notByDesign(all);
  const fits = found.length === 0 ? 'fits' : 'does not fit';
  // the pods of both sides are only there for the message of a failure
  const pods = { foretold: byWorkload(unplaced), found: byWorkload(found) };
  expect({ state, at, verdict: verdict === 'tight' ? fits : verdict, pods }).toEqual({
    state,
    at,
    verdict: fits,
    pods,
  });
  if (found.length > 0) {
    expect(found.map(({ why }) => why).join('\n')).toContain(LACKS[bottleneck as keyof typeof LACKS]);
  }
  return found;
}

/** The states that follow from each other on the same nodes; at the end everything is as it was. */
export async function judgeChanges(store: ReturnType<typeof useStoreOn>, at: CapacityNodes): Promise<void> {
  await judge(store, 'as applied', at);
  const lost = await store.loseWorstZone();
  await judge(store, 'one zone lost', at);
  await store.giveBack(lost);
  await store.autoscale('maximum');
  await judge(store, 'autoscalers at maximum', at);
  await store.autoscale('minimum');
}

/** A test for each change: after the first two everything is as it was; the zone that the last one takes stays lost. */
export function testEachChange(store: ReturnType<typeof useStoreOn>, at: CapacityNodes): void {
  test('everything rolling', async () => {
    await store.roll();
    await judge(store, 'everything rolling', at);
    await store.rollBack();
    await store.settled();
  });

  test('autoscalers at maximum', async () => {
    await store.autoscale('maximum');
    await judge(store, 'autoscalers at maximum', at);
    await store.autoscale('minimum');
    await store.settled();
  });

  test('one zone lost', async () => {
    await store.loseWorstZone();
    await judge(store, 'one zone lost', at);
  });
}
