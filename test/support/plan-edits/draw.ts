import { storedKind } from '../../../kube/stored/types';
import { pick, seeded } from '../../review/damage';
import type { Manifest } from '../app';
import { allowedValues } from './allowed';
import { randomEdit } from './edits';
import { MOVES } from './moves';

/** An object before and after an edit. */
export interface EditedObject {
  readonly original: Manifest;
  readonly edited: Manifest;
  /** What was edited, for messages. */
  readonly edit: string;
}

/** Random edits of objects, without an end; one to three fields each. */
export function* drawnEdits(seed: number, originals: readonly Manifest[]): Generator<EditedObject> {
  const random = seeded(seed);
  const given = { random, allowed: allowedValues(), drawn: new Map<string, number>() };
  for (;;) {
    yield drawn(pick(random, originals), given);
  }
}

function drawn(original: Manifest, given: Parameters<typeof randomEdit>[2]): EditedObject {
  const { random } = given;
  const { apiVersion, kind } = original;
  const dice = random();
  const count = dice < 0.7 ? 1 : dice < 0.9 ? 2 : 3;
  const edits: string[] = [];
  let edited = original;
  for (let i = 0; i < count; i++) {
    const { object, path } = randomEdit(edited, storedKind(apiVersion, kind)!, given);
    edited = { apiVersion, kind, ...(object as object) } as Manifest;
    edits.push(path);
  }
  return { original, edited, edit: edits.join(' & ') };
}

/** Each move of each object that it fits. */
export function moved(originals: readonly Manifest[]): EditedObject[] {
  return originals.flatMap((original) =>
    MOVES.flatMap((move, index) => {
      const edited = move(JSON.parse(JSON.stringify(original)));
      // what a file can hold: no undefined
      return edited ? [{ original, edited: JSON.parse(JSON.stringify(edited)), edit: `move ${index}` }] : [];
    }),
  );
}
