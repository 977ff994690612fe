import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(__dirname, '../..');
const page = readFileSync(join(REPOSITORY, 'docs/features.md'), 'utf8');
const surface = readFileSync(join(REPOSITORY, 'docs/api/surface.md'), 'utf8');
const rows = page.split('\n').flatMap((line) => {
  const [, feature, props, tests] = line.split('|').map((cell) => cell.trim());
  return props?.includes('`') && tests ? [[feature!, props, tests] as const] : [];
});

test('there are rows', () => {
  expect(rows.length).toBeGreaterThan(40);
});

test.each(rows)('%s: its props and tests exist', (_, props, tests) => {
  const files = [...tests.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path]) => path!);
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(join(REPOSITORY, file)))).toEqual([]);
  const words = [...props.matchAll(/`([^`]+)`/g)].flatMap(([, text]) => text!.match(/[A-Za-z]{3,}/g) ?? []);
  expect(words.filter((word) => !surface.includes(word) && word !== 'cdk')).toEqual([]);
});
