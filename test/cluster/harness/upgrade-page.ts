import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Theme } from '../upgrades/edit';
import { NEWEST } from './plane';
import type { Observation } from './upgrade';
import { words } from './upgrade-words';

const PAGE = path.join(__dirname, '../../../docs/upgrade-table.md');
const HOW_TO_REWRITE = 'UPDATE_DOCS=1 npm run test:cluster -- /test/cluster/upgrade';

const HEAD = `# What an edit does

For each edit, the program before it is applied to a running cluster, then the program after it. All columns but the last are
recorded by \`test/cluster/upgrade.test.ts\`, on a control plane of Kubernetes ${NEWEST} with simulated nodes; the test fails when one of
them changes. Another version may word a refusal differently.

- **\`kubectl apply -f dist/\`**: what it did, by kinds. When it refuses an object, it applies the others.
- **pods**: whether they were replaced, and how many were ready at the worst moment. There are three unless the row says otherwise.
- **stays behind**: what is no longer in \`dist/\` but still in the cluster.

The steps are in [Upgrading](upgrading.md).
`;

const COLUMNS = ['edit', '`kubectl apply`', 'pods', 'stays behind', 'what to do'] as const;

/** The page, from what was seen. */
export function renderPage(themes: readonly Theme[], seen: readonly Observation[]): string {
  const sections = themes.map(({ theme, edits }) => {
    const rows = seen
      .filter(({ edit }) => edits.includes(edit))
      .map((observation) => {
        const { apply, pods, left } = words(observation);
        return [observation.edit.edit, apply, pods, left, observation.edit.advice];
      });
    return `\n## ${theme}\n\n${table([COLUMNS, ...rows])}`;
  });
  return HEAD + sections.join('');
}

function table([head, ...rows]: readonly (readonly string[])[]): string {
  const widths = head!.map((_, i) => Math.max(...[head!, ...rows].map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |\n`;
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('');
}

/** Where the committed page says something else; empty when it is as it should be, or has just been rewritten. */
export function differences(rendered: string): string {
  if (process.env.UPDATE_DOCS === '1') {
    fs.writeFileSync(PAGE, rendered);
  }
  const [committed, wanted] = [fs.existsSync(PAGE) ? fs.readFileSync(PAGE, 'utf8') : '', rendered].map((text) =>
    text.split('\n').map((line) => line.replace(/ {2,}|-{2,}/g, ' ')),
  );
  const wrong = committed!.filter((line) => !wanted!.includes(line)).map((line) => `says: ${line}`);
  const missing = wanted!.filter((line) => !committed!.includes(line)).map((line) => `seen: ${line}`);
  const isSame = fs.existsSync(PAGE) && fs.readFileSync(PAGE, 'utf8') === rendered;
  return isSame ? '' : ['docs/upgrade-table.md is not what was seen', ...wrong, ...missing, HOW_TO_REWRITE].join('\n');
}
