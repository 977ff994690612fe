import type { Theme } from '../cluster/upgrades/edit';
import type { PlanWords } from './plan-words';
import { NEWEST } from './supported-versions';

const HEAD = `# What an edit does

For each edit, what a [plan](plan.md) says of the program before it and the program after it. \`test/cluster/upgrade.test.ts\` applies one
after the other to a control plane of Kubernetes ${NEWEST} with simulated nodes, and fails when something else happens.

- **\`kubectl apply -f dist/\`**: what it does, by kinds. When it refuses an object, it applies the others.
- **pods**: whether they are replaced, and how many are ready at the worst moment. There are three unless the row says otherwise.
- **stays behind**: what is no longer in \`dist/\` but still in the cluster.

The steps are in [Upgrading](upgrading.md).
`;

const COLUMNS = ['edit', '`kubectl apply`', 'pods', 'stays behind', 'what to do'] as const;

/** The page, from what plans say of the edits. */
export function renderPage(themes: readonly Theme[], words: ReadonlyMap<Theme['edits'][number], PlanWords>): string {
  const sections = themes.map(({ theme, edits }) => {
    const rows = edits.map((edit) => {
      const { apply, pods, left } = words.get(edit)!;
      return [edit.edit, apply, pods, left, edit.advice];
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
