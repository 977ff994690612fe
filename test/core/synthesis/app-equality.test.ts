import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { LinearApp } from './linear-app';
import { buildApp, type Recipe, recipes } from './random-app';

/** .ci/run sets more, which differ each time; of a few apps the shares below hold for this seed. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 200);
const SEED = process.env.FUZZ_RUNS === undefined ? 7 : undefined;

/** Files by path, or the message of the error. */
type Outcome = Output | { readonly error: string };
interface Output {
  readonly files: ReadonlyMap<string, string>;
  /** What synthYaml() returns, of a share of the apps. */
  readonly yaml: string | undefined;
}

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'synthesis-'));
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => {
  fs.rmSync(dir, { recursive: true, force: true });
});

/** What App writes, caught before it reaches the disk. Two files of one name are reported as a clash. */
function outcomeOfApp(recipe: Recipe): { readonly outcome: Outcome; readonly clash: boolean } {
  const files = new Map<string, string>();
  let clash = false;
  const save = (file: string, text: string): void => {
    const name = path.relative(dir, file).split(path.sep).join('/');
    clash ||= files.has(name);
    files.set(name, text);
  };
  jest.spyOn(Yaml, 'save').mockImplementation((file, docs) => save(file, Yaml.stringify(...docs)));
  try {
    const app = buildApp(recipe, dir, App, false);
    app.synth();
    const metadata = path.join(dir, 'construct-metadata.json');
    if (recipe.metadata) {
      save(metadata, fs.readFileSync(metadata, 'utf8'));
    }
    return { outcome: { files, yaml: asksForYaml(recipe) ? app.synthYaml() : undefined }, clash };
  } catch (error) {
    return { outcome: { error: (error as Error).message }, clash: false };
  } finally {
    jest.restoreAllMocks();
  }
}

function outcomeOfLinearApp(recipe: Recipe, numericPrefixes: boolean): Outcome {
  try {
    const app = buildApp(recipe, dir, LinearApp, numericPrefixes);
    return { files: app.render(), yaml: asksForYaml(recipe) ? app.synthYaml() : undefined };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

function asksForYaml(recipe: Recipe): boolean {
  return recipe.parts.length % 3 === 0;
}

function withoutPrefixes(outcome: Outcome): Outcome {
  if ('error' in outcome) {
    return outcome;
  }
  const files = new Map([...outcome.files].map(([name, text]) => [name.replace(/^\d{4}-/, ''), text]));
  // prefixes keep charts of the same name apart
  return files.size === outcome.files.size ? { ...outcome, files } : { error: 'clash' };
}

describe('synthesis against App of cdk8s', () => {
  const seen = { runs: 0, errors: 0, cycles: 0, invalid: 0, prefixed: 0, clashes: 0 };

  test(`${RUNS} random apps give the same files, bytes and errors`, () => {
    fc.assert(
      fc.property(recipes, fc.integer({ min: 0, max: 3 }), (recipe, choice) => {
        const numericPrefixes = choice !== 0;
        const { outcome, clash } = outcomeOfApp(recipe);
        const expected = numericPrefixes ? outcome : withoutPrefixes(outcome);
        const actual = outcomeOfLinearApp(recipe, numericPrefixes);
        seen.runs++;
        if (clash || ('error' in expected && expected.error === 'clash')) {
          seen.clashes++;
          expect(actual).toEqual({ error: expect.stringMatching(/ would both be written to '/) });
          return;
        }
        if ('error' in expected) {
          seen.errors++;
          seen.cycles += expected.error.startsWith('Dependency cycle detected') ? 1 : 0;
          seen.invalid += expected.error.startsWith('Validation failed') ? 1 : 0;
        } else {
          seen.prefixed += numericPrefixes && [...expected.files.keys()].some((f) => /^\d{4}-/.test(f)) ? 1 : 0;
        }
        expect(actual).toStrictEqual(expected);
      }),
      { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: SEED }) },
    );
  });

  test('the random apps cover what they are meant to', () => {
    const share = (count: number): number => count / seen.runs;
    expect(share(seen.cycles)).toBeGreaterThan(0.1);
    expect(share(seen.invalid)).toBeGreaterThan(0.01);
    expect(share(seen.prefixed)).toBeGreaterThan(0.05);
    expect(share(seen.errors)).toBeLessThan(0.6);
    expect(share(seen.clashes)).toBeLessThan(0.2);
  });
});
