import { isDeepStrictEqual } from 'node:util';
import { stringifyDocuments } from '../../charts/core/synthesis/yaml';
import { oddDocuments, oddScalars } from '../core/synthesis/odd-values';
import { WORDS } from '../core/synthesis/yaml-cases';
import { readDocuments } from './kubernetes';

const RUNS = 20_000;
const SEED = Number(process.env.ORACLE_SEED ?? 1);

/** As JSON, which knows neither prototypes nor the sign of zero. */
function isSame(document: unknown, json: unknown): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(document)), json);
}

function expectRead(documents: readonly unknown[]): void {
  const texts = documents.map((document) => stringifyDocuments([document]));
  const read = readDocuments(texts);
  expect(read).toHaveLength(documents.length);
  const wrong = documents.flatMap((document, i) => {
    const { ok, error, json } = read[i]!;
    return ok && isSame(document, json) ? [] : [{ document, yaml: texts[i]!, error, json }];
  });
  // the shortest say best what is wrong
  const shortest = [...wrong].sort((a, b) => a.yaml.length - b.yaml.length).slice(0, 10);
  expect({ wrong: wrong.length, shortest }).toEqual({ wrong: 0, shortest: [] });
}

describe('kubectl reads as they were written', () => {
  test(`${RUNS} random documents`, () => {
    expectRead(oddDocuments(RUNS, SEED));
  });

  test(`${RUNS} strings, one in each document`, () => {
    expectRead(oddScalars(RUNS, SEED));
  });

  test('every word that some reader takes for something else', () => {
    const words = WORDS.filter((word) => !/\p{Surrogate}/u.test(word));
    expectRead(words.flatMap((word) => [{ k: word }, { [word]: [word] }, [[word], word]]));
  });
});

test.each([
  ['another value', '{"a": 1}', { a: 2 }],
  ['a number for a string', 'a: 0o755', { a: '0o755' }],
  ['another key', 'yes: 1', { yes: 1 }],
  ['no document', 'a: *b', { a: '*b' }],
])('the comparison notices %s', (_what, yaml, document) => {
  const [read] = readDocuments([yaml]);
  expect(read!.ok && isSame(document, read!.json)).toBe(false);
});
