import type { Manifest } from '../support/app';
import { RECORDED_DRAWS, RECORDED_MINOR, RECORDED_SEED, record } from '../support/plan-edits/answers';
import { drawnEdits, type EditedObject, moved } from '../support/plan-edits/draw';
import { libraryOriginals } from '../support/plan-edits/library-originals';
import { ORIGINALS } from '../support/plan-edits/originals';
import { type Said, short } from '../support/plan-edits/said';
import { SUPPORTED } from './harness/plane';
import { type Difference, differenceOf, serverSays } from './harness/verdicts/compare';
import { type Outcome, VerdictServer } from './harness/verdicts/server';

/**
 * What the plan says of an apply, and what kubectl and the API server make of it. Whoever changes the model draws more:
 * PLAN_SEED=7 PLAN_EDITS=1000 npm run test:cluster -- plan-verdicts
 */
const SEED = Number(process.env.PLAN_SEED ?? 1);
const EDITS = Number(process.env.PLAN_EDITS ?? 300);
/** Also of a version that EKS does not offer yet: PLAN_MINORS=1.37. */
const MINORS: readonly string[] = process.env.PLAN_MINORS?.split(',') ?? SUPPORTED;

describe.each(MINORS)('Kubernetes %s', (minor) => {
  let server: VerdictServer;
  let originals: Manifest[];
  const live = new Map<Manifest, Manifest>();

  beforeAll(async () => {
    server = await VerdictServer.start(minor);
    originals = [...ORIGINALS, ...libraryOriginals()];
    await server.apply(originals);
    for (const original of originals) {
      live.set(original, await server.live(original));
    }
  }, 300_000);
  afterAll(() => server?.stop());

  const said = (edit: EditedObject, outcome: Outcome): Said => serverSays(edit, live.get(edit.original)!, outcome);

  /** What differs, of edits that a server takes on their own. */
  async function differences(edits: readonly EditedObject[]): Promise<Difference[]> {
    const outcomes = await server.outcomes(edits);
    expect(outcomes.filter(({ refused }) => refused !== undefined).length).toBeGreaterThan(edits.length / 20);
    return edits.flatMap((edit, index) => {
      const outcome = outcomes[index]!;
      return differenceOf(edit, said(edit, outcome), outcome.message, minor) ?? [];
    });
  }

  test('an edit as people make it: same verdict, same refused fields, same object', async () => {
    const edits = await server.withoutInvalid(moved(originals));
    expect(edits.length).toBeGreaterThan(1000);
    expect(await differences(edits)).toEqual([]);
  }, 300_000);

  test(`${EDITS} random edits of any field: the same`, async () => {
    const draw = drawnEdits(SEED, originals);
    const edits: EditedObject[] = [];
    while (edits.length < EDITS) {
      const batch = Array.from({ length: 50 }, () => draw.next().value as EditedObject);
      edits.push(...(await server.withoutInvalid(batch)));
    }
    expect(await differences(edits.slice(0, EDITS))).toEqual([]);
  }, 600_000);

  /** What the server says of those edits that it takes on their own, by their place. */
  async function answersTo(edits: readonly EditedObject[]): Promise<Record<string, Said>> {
    const valid = await server.withoutInvalid(edits);
    const outcomes = await server.outcomes(valid);
    return Object.fromEntries(valid.map((edit, i) => [edits.indexOf(edit), short(said(edit, outcomes[i]!))]));
  }

  // for test/review/plan/verdict/answers.test.ts, which asks no server
  (process.env.UPDATE_ANSWERS === '1' && minor === RECORDED_MINOR ? test : test.skip)(
    'the answers are recorded',
    async () => {
      const draw = drawnEdits(RECORDED_SEED, ORIGINALS);
      const random = Array.from({ length: RECORDED_DRAWS }, () => draw.next().value as EditedObject);
      record({ moves: await answersTo(moved(ORIGINALS)), random: await answersTo(random) });
    },
    300_000,
  );
});
