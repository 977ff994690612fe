import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../app/support';
import { ROOMS, sourcesIn } from './sources';

test('every file of the library is under 300 lines', () => {
  const files = ROOMS.filter((room) => room !== 'imports')
    .flatMap((room) => sourcesIn(room))
    .map((file) => {
      const text = fs.readFileSync(path.join(REPOSITORY, file), 'utf8');
      return { file, lines: text.trimEnd().split('\n').length };
    });
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter(({ lines }) => lines >= 300)).toEqual([]);
});

test('charts/index.ts only re-exports, so that everything public has a home of its own', () => {
  const text = fs
    .readFileSync(path.join(REPOSITORY, 'charts/index.ts'), 'utf8')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const statements = text.split(';').filter((statement) => statement.trim() !== '');
  expect(statements.length).toBeGreaterThan(30);
  expect(
    statements.filter((statement) => !/^\s*export (?:type )?(?:\*|\{)[\s\S]* from '\.\.?\//.test(statement)),
  ).toEqual([]);
});
