import * as fs from 'node:fs';
import * as path from 'node:path';
import { RULES } from '../../review/rules';
import { REPOSITORY } from '../app/support';

const FOLDER = path.join(REPOSITORY, 'review', 'rules');

/** 'references/missing' for each file of a rule. */
const files = fs
  .readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => fs.readdirSync(path.join(FOLDER, name)).map((file) => `${name}/${file.replace(/\.ts$/, '')}`));

test('every rule is in a file that is named as its id, and in the index (npm run rules)', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(RULES.map(({ id }) => id)).toEqual([...files].sort());
});

test('every rule has a title and a check', () => {
  for (const { title, check, severity } of RULES) {
    expect(title.length).toBeGreaterThan(15);
    expect(typeof check).toBe('function');
    expect(['error', 'warning', 'advice']).toContain(severity);
  }
});
