import type { Manifest } from '../support/app';
import { drawnEdits, type EditedObject, moved } from '../support/plan-edits/draw';
import { libraryOriginals } from '../support/plan-edits/library-originals';
import { ORIGINALS } from '../support/plan-edits/originals';
import { SUPPORTED } from './harness/plane';
import { type Difference, differenceOf } from './harness/verdicts/compare';
import { VerdictServer } from './harness/verdicts/server';

/**
 * What the plan says of an apply, and what the API server says. Whoever changes the model draws more:
 * PLAN_SEED=7 PLAN_EDITS=1000 npm run test:cluster -- plan-verdicts
 */
const SEED = Number(process.env.PLAN_SEED ?? 1);
const EDITS = Number(process.env.PLAN_EDITS ?? 300);
/** The API server can be one that EKS does not offer yet: PLAN_MINORS=1.37. */
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

  /** What differs, and how many edits were compared. */
  async function compared(
    edits: readonly EditedObject[],
  ): Promise<{ readonly wrong: Difference[]; readonly refused: number }> {
    const outcomes = await server.outcomes(edits);
    const wrong = edits.flatMap(
      (edit, index) => differenceOf(edit, live.get(edit.original)!, outcomes[index]!, minor) ?? [],
    );
    return { wrong, refused: outcomes.filter(({ refused }) => refused !== undefined).length };
  }

  test('an edit as people make it: same verdict, same refused fields, same object', async () => {
    const edits = await server.withoutInvalid(moved(originals));
    const { wrong, refused } = await compared(edits);
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(200);
  }, 300_000);

  test(`${EDITS} random edits of any field: the same`, async () => {
    const edits = await drawnValid(EDITS);
    const { wrong, refused } = await compared(edits);
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(EDITS / 20);
  }, 600_000);

  /** Edits that are not refused on their own. */
  async function drawnValid(count: number): Promise<EditedObject[]> {
    const draw = drawnEdits(SEED, originals);
    const edits: EditedObject[] = [];
    while (edits.length < count) {
      const batch = Array.from({ length: 50 }, () => draw.next().value as EditedObject);
      edits.push(...(await server.withoutInvalid(batch)));
    }
    return edits.slice(0, count);
  }
});
