import { isObject } from '../../../../kube/loose';
import type { Manifest } from '../../../../kube/objects';
import { applied, created } from '../../../../review/plan/verdict';
import { ORIGINALS } from '../../../support/plan-edits/originals';
import { damaged, pick, seeded } from '../../damage';
import { object, VERSION } from './objects';

/** What is no object with a kind and a name is none of a set. */
function withNames(damage: unknown, { apiVersion, kind, metadata: { name } }: Manifest): Manifest {
  const object = isObject(damage) ? damage : {};
  const metadata = isObject(object.metadata) ? object.metadata : {};
  return { ...object, apiVersion, kind, metadata: { ...metadata, name } } as Manifest;
}

const DAMAGED = Number(process.env.FUZZ_RUNS ?? 200);

test('no manifest makes it throw, whatever is wrong with it', () => {
  const random = seeded(5);
  for (let i = 0; i < DAMAGED; i++) {
    const original = pick(random, ORIGINALS);
    const [before, after] = [original, original].map((one) =>
      withNames(damaged([structuredClone(one)], random)[0], one),
    );
    expect(() => [
      applied(original, after!, VERSION),
      applied(before!, original, VERSION),
      applied(before!, after!, '1.34'),
    ]).not.toThrow();
  }
});

test('nor does one of which nothing is there', () => {
  for (const { apiVersion, kind } of ORIGINALS) {
    for (const spec of [undefined, null, 'none', 1, [], {}]) {
      const bare = object(apiVersion, kind, { spec });
      expect(() => [
        created(bare, VERSION),
        applied(bare, object(apiVersion, kind, { spec: { a: 1 } }), VERSION),
      ]).not.toThrow();
    }
  }
});
