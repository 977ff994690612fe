import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { REPOSITORY, wholeTree } from '../app/support';
import { committed, PROGRAMS, runPrograms } from './programs';

const MEND = 'run `npm run synth && npm run examples`, look at the difference and commit it';

let root: string;
const made = new Map<string, Record<string, string>>();

beforeAll(async () => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'golden-')));
  for (const [name, folder] of await runPrograms(root)) {
    made.set(name, wholeTree(folder));
  }
}, 120_000);
afterAll(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

test('every example has a program and committed output', () => {
  const folders = fs.readdirSync(path.join(REPOSITORY, 'examples')).sort();
  const withOutput = PROGRAMS.filter((program) => Object.keys(committed(program)).length > 0);
  expect(withOutput.map(({ name }) => name)).toEqual(['main', ...folders.filter((name) => name !== 'retail-store')]);
});

describe.each(PROGRAMS)('$dist is what $main makes', (program) => {
  test('the same files', () => {
    const expected = Object.keys(committed(program));
    const found = Object.keys(made.get(program.name)!);
    const missing = found.filter((file) => !expected.includes(file)).map((file) => `not committed: ${file}`);
    const extra = expected.filter((file) => !found.includes(file)).map((file) => `not made any more: ${file}`);
    expect(complaint([...missing, ...extra])).toBe('');
    expect(found.length).toBeGreaterThan(0);
  });

  test('the same bytes', () => {
    const found = made.get(program.name)!;
    const changes = Object.entries(committed(program)).flatMap(([file, text]) =>
      found[file] === undefined || found[file] === text ? [] : [`${file}: ${firstDifference(text, found[file])}`],
    );
    expect(complaint(changes)).toBe('');
  });
});

function complaint(findings: readonly string[]): string {
  return findings.length === 0 ? '' : `${findings.join('\n')}\n${MEND}`;
}

/** Where two texts part, with the line of each. */
function firstDifference(committedText: string, madeText: string): string {
  const [one, other] = [committedText.split('\n'), madeText.split('\n')];
  const line = one.findIndex((text, i) => text !== other[i]);
  const at = line === -1 ? one.length : line;
  return `line ${at + 1} is committed as\n    ${one[at] ?? '(end)'}\n  and made as\n    ${other[at] ?? '(end)'}`;
}

test('cluster and retail store are at most 300 lines of TypeScript', () => {
  const folder = path.join(REPOSITORY, 'examples', 'retail-store');
  const sources = fs.readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const files = [path.join(REPOSITORY, 'main.ts'), ...sources.map((file) => path.join(folder, file))];
  const lines = files.map((file) => [path.relative(REPOSITORY, file), lineCount(file)] as const);
  expect(sources).not.toEqual([]);
  const total = lines.reduce((sum, [, count]) => sum + count, 0);
  expect(total > 300 ? `${total} lines: ${JSON.stringify(lines)}` : '').toBe('');
});

const lineCount = (file: string): number => fs.readFileSync(file, 'utf8').trimEnd().split('\n').length;
