import type { ObjectPlan } from '../../review/plan/model';
import { NODE_GROUP, newApp, newCluster } from '../support/app';
import { readyOverTime } from './harness/audit';
import { useCluster } from './harness/cluster';
import { eventually, pause } from './harness/eventually';
import { PlanCase } from './harness/plan-case';
import { nameOf } from './harness/pods';
import { snapshot, unsettled, within } from './harness/snapshot';
import { AUTOSCALED, FIXED_COUNT, LEFT_BEHIND, REMEDY_CASES, type RemedyCase } from './plans/remedies';

const cluster = useCluster();

const said = ({ object }: ObjectPlan): string => `${object.kind} ${object.name}`;

async function settled(namespace: string): Promise<true> {
  return eventually(
    `everything in ${namespace} is as it was asked for`,
    async () => {
      await pause(500);
      const open = unsettled(within(await snapshot(cluster.kube), new Set([namespace])));
      if (open.length > 0) {
        throw new Error(open.join(', '));
      }
      return true as const;
    },
    { seconds: 150 },
  );
}

const podsOf = async (namespace: string): Promise<string[]> =>
  (await cluster.namespace(namespace).pods()).map(({ metadata }) => `${metadata?.name} ${metadata?.uid}`).sort();

beforeAll(async () => {
  const app = newApp();
  newCluster(app, { nodeGroups: [{ ...NODE_GROUP, minSize: 4, desiredCapacity: 4, maxSize: 4 }] } as object);
  await cluster.addNodesOf(app);
});

/** What was seen of a case: all run side by side, since each mostly waits. */
interface Seen {
  readonly refused: readonly string[];
  readonly answer: string;
  readonly kept: boolean;
  readonly fewest: number;
  readonly missing: string;
  readonly left: readonly string[];
}

async function tried(remedy: RemedyCase, namespace: string): Promise<Seen> {
  const trial = new PlanCase(cluster, namespace, remedy.old, remedy.next);
  await trial.applyOld();
  await settled(namespace);
  const before = await podsOf(namespace);
  const events = cluster.audit.pods(namespace).length;
  const answer = await trial.applyNew();
  const refused = trial.plan.objects.filter(({ verdict }) => verdict === 'refused');
  for (const { remedy: steps = [] } of refused) {
    await trial.follow(steps);
  }
  await settled(namespace);
  const after = await podsOf(namespace);
  const counts = readyOverTime(cluster.audit.pods(namespace));
  const ends = (await cluster.kube.apps.listNamespacedReplicaSet({ namespace })).items.filter(
    ({ metadata }) => metadata?.ownerReferences === undefined,
  );
  return {
    refused: refused.map(said),
    answer,
    kept: JSON.stringify(before) === JSON.stringify(after),
    fewest: Math.min(...counts.slice(Math.max(events - 1, 0))),
    missing: await trial.missing(),
    left: ends.map((set) => nameOf(set as never)),
  };
}

describe('each remedy, its commands run as they are printed', () => {
  let seen: readonly PromiseSettledResult<Seen>[];
  beforeAll(async () => {
    seen = await Promise.allSettled(REMEDY_CASES.map((remedy, i) => tried(remedy, `remedy-${i}`)));
  }, 600_000);

  test.each(REMEDY_CASES.map((remedy, i) => [remedy.what, remedy, i] as const))('%s', (_what, remedy, i) => {
    const result = seen[i]!;
    if (result.status === 'rejected') {
      throw result.reason;
    }
    const { refused, answer, kept, fewest, missing, left } = result.value;
    expect(refused).toEqual([remedy.refused.replace('NAMESPACE', `remedy-${i}`)]);
    // the plan says what kubectl says
    expect(answer).toMatch(/is invalid|Forbidden|immutable|cannot change/);
    expect(missing).toBe('');
    expect(left).toEqual([]);
    if (remedy.samePods) {
      expect(kept).toBe(true);
    }
    if (remedy.ready !== undefined) {
      expect(fewest).toBeGreaterThanOrEqual(remedy.ready);
    }
  });
});

test('on the way to an autoscaler no pod is missing with the steps of the plan', async () => {
  const namespace = 'remedy-autoscaler';
  const trial = new PlanCase(cluster, namespace, FIXED_COUNT, AUTOSCALED);
  await trial.applyOld();
  await settled(namespace);
  const [dip] = trial.plan.effects.filter(({ risk, kind }) => risk === 'danger' && kind === 'scale');
  // an editor in which somebody deletes the line
  process.env.KUBE_EDITOR = 'sed -i.before /^[[:space:]]*replicas:/d';
  try {
    await trial.follow(dip!.remedy!);
  } finally {
    delete process.env.KUBE_EDITOR;
  }
  await settled(namespace);
  expect(cluster.namespace(namespace).story('web', 'created', 'deleted')).toHaveLength(3);
  expect(await trial.missing()).toBe('');
});

test('what stays behind is deleted by the commands of the plan', async () => {
  const namespace = 'remedy-left';
  const trial = new PlanCase(cluster, namespace, LEFT_BEHIND, '');
  await trial.applyOld();
  const left = trial.plan.objects;
  expect(left.map(({ verdict }) => verdict)).toEqual(left.map(() => 'left-behind'));
  expect(left.length).toBeGreaterThan(20);
  await trial.follow(left.flatMap(({ remedy = [] }) => remedy));
  expect(await trial.remaining()).toBe('');
});
