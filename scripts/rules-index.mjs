// Writes review/rules/index.ts from the files of the rules, in the order of their ids:
//   npm run rules
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = resolve(fileURLToPath(import.meta.url), '../../review/rules');

/** The text of the index for the rules of a folder. */
export function rulesIndex(folder = FOLDER) {
  const ids = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file.replace(/\.ts$/, '')}`))
    .sort();
  const nameOf = (id) => id.replace(/[-/](.)/g, (_, letter) => letter.toUpperCase());
  return `// Written by \`npm run rules\` from the files of this folder.
import type { Rule } from '../rule';
${ids.map((id) => `import { rule as ${nameOf(id)} } from './${id}';`).join('\n')}

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
${ids.map((id) => `  ${nameOf(id)},`).join('\n')}
];
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(FOLDER, 'index.ts'), rulesIndex());
}
