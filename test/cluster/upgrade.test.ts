import type { Manifest } from '../support/app';
import { withFieldsOnly } from '../support/plan-words';
import { useCluster } from './harness/cluster';
import { planned } from './harness/planned';
import { type Observation, upgrade } from './harness/upgrade';
import { isFromHighest, podFacts, words } from './harness/upgrade-words';
import type { Theme } from './upgrades/edit';
import { network } from './upgrades/network';
import { GROWN, IN_ONE_STEP, scaling } from './upgrades/scaling';
import { THEMES } from './upgrades/themes';
import { pods, spelling } from './upgrades/workloads';

const EDITS = THEMES.flatMap(({ edits }) => edits);
const COMPONENT = 'app.kubernetes.io/component';

const cluster = useCluster();
let seen: Observation[];
beforeAll(async () => {
  seen = await upgrade(cluster, EDITS);
}, 600_000);

const about = (...themes: readonly Theme[]): Observation[] =>
  seen.filter(({ edit }) => themes.some(({ edits }) => edits.includes(edit)));
const refusals = ({ answers }: Observation) => answers.filter(({ did }) => did === 'refused');
/** The edits of which something holds. */
const those = (among: readonly Observation[], holds: (observation: Observation) => boolean): string[] =>
  among.filter(holds).map(({ edit }) => edit.edit);

test('a program that is only written differently changes nothing', () => {
  for (const { before, answers, was, is, events, since } of about(spelling)) {
    expect(answers.map(({ manifest }) => JSON.stringify(manifest)).sort()).toEqual(
      before.map((manifest) => JSON.stringify(manifest)).sort(),
    );
    expect(events.slice(since)).toEqual([]);
    const versions = ({ deployments, statefulSets, jobs: runs }: typeof was) =>
      [...deployments, ...statefulSets, ...runs].map(({ metadata }) => [metadata?.uid, metadata?.generation]);
    expect(versions(is)).toEqual(versions(was));
    expect(versions(is)).toHaveLength(3);
  }
});

test('what runs, how many there are and who calls whom may change: nothing of it is refused', () => {
  const changed = about(pods, scaling, network);
  expect(changed.length).toBeGreaterThan(25);
  expect(changed.flatMap(refusals)).toEqual([]);
});

test('while a Deployment changes, none of its pods is missing, but on the way to an autoscaler in one step', () => {
  const alone = seen.filter(({ was }) => was.deployments.length > 0 && was.statefulSets.length + was.jobs.length === 0);
  const dropping = those(alone, (observation) => {
    const { ready, lowest } = podFacts(observation);
    const wanted = observation.is.deployments.reduce((sum, { spec }) => sum + spec!.replicas!, 0);
    return lowest < Math.min(ready, wanted);
  });
  expect(alone.length).toBeGreaterThan(20);
  expect(dropping).toEqual([IN_ONE_STEP]);
});

test('while a StatefulService changes, one member at most is missing, the last one first', () => {
  const rolled = seen.filter((observation) => {
    const { created, deleted } = podFacts(observation);
    return observation.was.statefulSets.length > 0 && created.length > 0 && deleted.length > 0;
  });
  expect(rolled.length).toBeGreaterThan(3);
  for (const observation of rolled) {
    const { deleted, ready, lowest } = podFacts(observation);
    expect(isFromHighest(deleted)).toBe(true);
    expect(lowest).toBe(ready - 1);
  }
});

test('an edit that is refused touches no pod', () => {
  const refused = seen.filter((observation) => refusals(observation).length > 0);
  expect(refused.length).toBeGreaterThan(10);
  expect(refused.flatMap(({ events, since }) => events.slice(since))).toEqual([]);
});

test('no edit takes a claim', () => {
  const uids = ({ claims }: Observation['was']) => claims.map(({ metadata }) => metadata!.uid!);
  expect(seen.flatMap(({ was }) => uids(was)).length).toBeGreaterThan(20);
  for (const { was, is } of seen) {
    expect(uids(is)).toEqual(expect.arrayContaining(uids(was)));
  }
});

test('a BatchJob runs once more when its content has changed, and only then', () => {
  const withJobs = seen.filter(({ was }) => was.jobs.length > 0);
  const ran = those(withJobs, (observation) => podFacts(observation).created.length > 0);
  const changed = those(withJobs, ({ before, answers }) => {
    const contents = (manifests: readonly Manifest[]) =>
      manifests
        .filter(({ kind, metadata }) => kind === 'Job' && metadata.labels?.[COMPONENT] === 'batch-job')
        .map(({ spec }) => JSON.stringify(spec));
    const after = contents(answers.map(({ manifest }) => manifest));
    return after.some((content) => !contents(before).includes(content));
  });
  expect(ran).toEqual(changed);
  expect(ran.length).toBeGreaterThan(1);
  expect(withJobs.length).toBeGreaterThan(ran.length);
});

test('a new version of an autoscaled service keeps the count that the autoscaler has chosen', () => {
  const [observation] = seen.filter(({ edit }) => edit.edit === GROWN);
  expect(observation!.is.deployments.map(({ spec }) => spec?.replicas)).toEqual([5]);
  expect(podFacts(observation!)).toMatchObject({ ready: 5, lowest: 5 });
});

test('what is no longer in the output stays in the cluster', () => {
  expect(seen.flatMap(({ removed }) => removed)).toEqual([]);
  expect(those(seen, ({ left }) => left.length > 0).length).toBeGreaterThan(5);
});

test('a plan says the same before it happens, and so does docs/upgrade-table.md, which is made of it', () => {
  for (const observation of seen) {
    const expected = { edit: observation.edit.edit, ...withFieldsOnly(words(observation)) };
    expect({ edit: observation.edit.edit, ...withFieldsOnly(planned(observation)) }).toEqual(expected);
  }
});
