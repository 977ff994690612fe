import * as fs from 'node:fs';
import * as path from 'node:path';
import { RULES } from '../../review/rules';
import { rulesPage } from '../../scripts/rules-page';
import { REPOSITORY } from '../app/support';

test('docs/rules.md is what the rules say; npm run rules writes it', () => {
  const page = fs.readFileSync(path.join(REPOSITORY, 'docs', 'rules.md'), 'utf8');
  expect(page === rulesPage(RULES)).toBe(true);
});

test('every rule has a section, to which its row leads', () => {
  const page = rulesPage(RULES);
  for (const { id } of RULES) {
    expect(page).toContain(`| [${id}](#${id.replace('/', '')}) |`);
    expect(page).toContain(`\n### ${id}\n`);
  }
});
