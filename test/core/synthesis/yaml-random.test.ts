import * as fc from 'fast-check';
import { expectSame, WORDS } from './yaml-cases';

const RUNS = Number(process.env.FUZZ_RUNS ?? 700);

const FRAGMENTS = ['\n', '\n\n', ' ', '  ', '\t', ': ', ' #', '- ', '---', '...', '%', '"', "'", '\\', 'a', 'é', '漢'];
const text = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...FRAGMENTS, ...WORDS), { maxLength: 8 }).map((f) => f.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  // any code unit, so that surrogates stand alone
  { weight: 1, arbitrary: fc.array(fc.nat(0xffff), { maxLength: 6 }).map((c) => String.fromCharCode(...c)) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[-+.]?[0-9][-+.:0-9_eExobTZ ]{0,8}$/) },
  { weight: 1, arbitrary: fc.stringMatching(/^[-+.~?=<!&*a-zA-Z0-9][-+.:~yYnNeEsSoOfF0-9]{0,3}$/) },
);
const { document } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    { weight: 4, arbitrary: text },
    {
      weight: 1,
      arbitrary: fc.oneof(fc.double(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined, -0, 5n)),
    },
    { weight: 3, arbitrary: fc.array(tie('document'), { maxLength: 4 }) },
    { weight: 5, arbitrary: fc.dictionary(text, tie('document'), { maxKeys: 4 }) },
  ),
}));

/** Puts an object of the tree into it a second time. */
function share(tree: unknown, choice: number): unknown {
  const found: object[] = [];
  JSON.stringify(tree, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null) {
      found.push(value);
    }
    return typeof value === 'bigint' ? 0 : value;
  });
  return found.length === 0 ? tree : { tree, again: found[choice % found.length] };
}

describe('stringifyDocuments on arbitrary data', () => {
  test('strings in every position', () => {
    fc.assert(
      fc.property(text, (value) => {
        expectSame([{ k: value, d: { [value]: [value] } }, { [value]: value }, [value, { [value]: value }], value]);
      }),
      { numRuns: RUNS },
    );
  });

  test('trees', () => {
    fc.assert(
      fc.property(fc.array(document, { maxLength: 3 }), (documents) => {
        expectSame(documents);
      }),
      { numRuns: RUNS },
    );
  });

  test('trees with an object that occurs twice', () => {
    fc.assert(
      fc.property(document, fc.nat(), (tree, choice) => {
        expectSame([share(tree, choice)]);
      }),
      { numRuns: RUNS / 5 },
    );
  });
});
