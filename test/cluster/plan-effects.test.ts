import { useCluster } from './harness/cluster';
import { disagreements } from './harness/plan-against';
import { type Observation, upgrade } from './harness/upgrade';
import { drawnEdit } from './upgrades/drawn';

/** How many; the first of them has this seed. */
const EDITS = Number(process.env.PLAN_EDITS ?? 30);
const SEED = Number(process.env.PLAN_SEED ?? 1);
/** As many as find room on the nodes at once. */
const BATCH = 40;

const cluster = useCluster();
const seen: Observation[] = [];
beforeAll(async () => {
  const edits = Array.from({ length: EDITS }, (_, i) => drawnEdit(SEED + i));
  for (let i = 0; i < edits.length; i += BATCH) {
    const prefix = `drawn-${i / BATCH + 1}`;
    const batch = edits.slice(i, i + BATCH);
    seen.push(...(await upgrade(cluster, batch, prefix)));
    // room for the next ones
    await cluster.kubectl.run('delete', 'namespace', '--wait=false', ...batch.map((_, k) => `${prefix}-${k + 1}`));
  }
}, 3_600_000);

test(`a plan of ${EDITS} drawn edits says what controllers do: which pods go and come, in which order, and the fewest`, () => {
  const wrong = seen.flatMap((observation) => {
    const found = disagreements(observation);
    return found.length > 0 ? [`${observation.edit.edit}: ${found.join('; ')}`] : [];
  });
  expect(wrong).toEqual([]);
  expect(seen).toHaveLength(EDITS);
});

test('the edits are of many kinds', () => {
  const kinds = new Set(seen.map(({ edit }) => edit.edit.replace(/^\d+: | \{.*|\[.*/g, '')));
  expect(kinds.size).toBeGreaterThan(EDITS / 3);
});
