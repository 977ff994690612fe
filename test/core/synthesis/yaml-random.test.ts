import * as fc from 'fast-check';
import { stringifyDocuments } from '../../../charts/core/synthesis/yaml';
import { oddTexts, oddTrees } from './odd-values';
import { expectWritten, hasOwnForm, WORDS } from './yaml-cases';

const RUNS = Number(process.env.FUZZ_RUNS ?? 60);

const text = fc.oneof(
  fc.constantFrom(...WORDS).filter((word) => !/\p{Surrogate}/u.test(word)),
  { weight: 5, arbitrary: oddTexts },
);

/** Puts an object of the tree into it a second time. */
function share(tree: unknown, choice: number): unknown {
  const found: object[] = [];
  JSON.stringify(tree, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null) {
      found.push(value);
    }
    return value;
  });
  return found.length === 0 ? tree : { tree, again: found[choice % found.length] };
}

describe('stringifyDocuments on arbitrary data', () => {
  test('strings in every position', () => {
    let same = 0;
    fc.assert(
      fc.property(text, (value) => {
        same += hasOwnForm(value) ? 0 : 1;
        expectWritten([{ k: value, d: { [value]: [value] } }, { [value]: value }, [value, { [value]: value }], value]);
      }),
      { numRuns: RUNS },
    );
    // the bytes of cdk8s are compared in a good part of the cases
    expect(same).toBeGreaterThan(RUNS / 4);
  });

  test('trees, and such with an object that occurs twice', () => {
    fc.assert(
      fc.property(fc.array(oddTrees, { maxLength: 3 }), fc.nat(), (documents, choice) => {
        expectWritten([...documents, share(documents[0] ?? {}, choice)]);
      }),
      { numRuns: RUNS / 2 },
    );
  });

  test('any code units: what is not text is refused, all else is read as it is', () => {
    const units = fc.array(fc.nat(0xffff), { maxLength: 6 }).map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(units, (value) => {
        if (/\p{Surrogate}/u.test(value)) {
          expect(() => stringifyDocuments([{ [value]: 1 }])).toThrow('surrogate');
          expect(() => stringifyDocuments([[value]])).toThrow('surrogate');
        } else {
          expectWritten([{ [value]: value }]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
