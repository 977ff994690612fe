// Puts the compiled files of a folder into one, bundle.js, and leaves a file for each entry point that takes its part of it:
// node scripts/bundle.mjs [FOLDER], by default lib/. Loading 700 files takes longer than running most programs.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { entryPoints } from './lib/entry-points.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'lib'));
const BUNDLE = 'bundle.js';
/** Run by its path, and therefore a file of its own. */
const PROGRAM = 'bin/cli.js';
/** What is loaded from outside of the bundle, relative to the folder. */
const entries = [...entryPoints(root).map(({ file }) => file.replace(/^lib\//, '')), 'bin/program.js'];

// each entry is loaded when it is asked for: the review without cdk8s
const contents = `module.exports = { ${entries.map((file) => `'${file}': () => require('./${file}')`).join(', ')} };`;
const { errors, warnings } = buildSync({
  stdin: { contents, resolveDir: folder, sourcefile: 'entries.js' },
  outfile: join(folder, BUNDLE),
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
if (errors.length + warnings.length > 0) {
  process.exit(1);
}

const kept = new Set([BUNDLE, PROGRAM]);
for (const file of readdirSync(folder, { recursive: true })) {
  if (file.endsWith('.js') && !kept.has(file)) {
    rmSync(join(folder, file));
  }
}
for (const file of entries) {
  const up = file.split('/').fill('..').slice(1).join('/');
  const take = `module.exports = require('${up}/${BUNDLE}')['${file}']();\n`;
  writeFileSync(join(folder, file), take);
  // import { Name } of a CommonJS file works for the names that Node finds in its text
  const names = Object.keys(createRequire(join(folder, file))(join(folder, file)));
  writeFileSync(join(folder, file), `${take}0 && (module.exports = { ${names.join(', ')} });\n`);
}
