import { applied } from '../../../../review/plan/verdict';
import { RECORDED_DRAWS, RECORDED_MINOR, RECORDED_SEED, recordedAnswers } from '../../../support/plan-edits/answers';
import { drawnEdits, type EditedObject, moved } from '../../../support/plan-edits/draw';
import { ORIGINALS } from '../../../support/plan-edits/originals';
import { agrees, planSays, type Said } from '../../../support/plan-edits/said';

/** Edits of which the recorded server said something else than the plan. */
function wrong(edits: readonly EditedObject[], answers: Readonly<Record<string, Said>>): object[] {
  return Object.entries(answers).flatMap(([place, server]) => {
    const { original, edited, edit } = edits[Number(place)]!;
    const plan = applied(original, edited, RECORDED_MINOR);
    return agrees(plan, server)
      ? []
      : [{ object: `${original.kind} ${original.metadata.name}`, edit, server, plan: planSays(plan) }];
  });
}

test('the plan says what an API server was recorded to say of edits as people make them', () => {
  const { moves } = recordedAnswers();
  expect(wrong(moved(ORIGINALS), moves)).toEqual([]);
  const said = Object.values(moves);
  expect(said.filter((one) => one.startsWith('refused')).length).toBeGreaterThan(200);
  expect(said.filter((one) => one === '').length).toBeGreaterThan(20);
});

test('and of random ones', () => {
  const { random } = recordedAnswers();
  const draw = drawnEdits(RECORDED_SEED, ORIGINALS);
  const edits = Array.from({ length: RECORDED_DRAWS }, () => draw.next().value as EditedObject);
  expect(wrong(edits, random)).toEqual([]);
  expect(Object.keys(random).length).toBeGreaterThan(300);
});
