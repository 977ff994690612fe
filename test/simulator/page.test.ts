import * as fs from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from '../app/support';
import { manifestsOf } from '../cluster/harness/programs';
import { reportOn, SHOWCASE, storeOn } from './store';

const PAGE = path.join(REPOSITORY, 'docs', 'capacity.md');
const BLOCK = /(<!-- showcase -->\n)[\s\S]*?(<!-- end -->)/;

test('the page shows the report on the showcase; UPDATE_DOCS=1 npx jest test/capacity/page writes it', () => {
  const page = fs.readFileSync(PAGE, 'utf8');
  const table = String(reportOn(manifestsOf(storeOn(SHOWCASE))));
  const wanted = page.replace(
    BLOCK,
    (_, begin: string, end: string) => `${begin}\n\`\`\`text\n${table}\n\`\`\`\n\n${end}`,
  );
  if (process.env.UPDATE_DOCS === '1') {
    fs.writeFileSync(PAGE, wanted);
  }
  expect(fs.readFileSync(PAGE, 'utf8')).toBe(wanted);
  expect(page).toMatch(BLOCK);
});
