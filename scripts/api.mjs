// Writes docs/api/ from the declarations in lib/: the reference, one page a name, and surface.md, the public API on one
// page: npm run api, which builds lib/ first
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application } from 'typedoc';
import { entryPoints } from './lib/entry-points.mjs';
import { surfaceReport } from './lib/surface.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'docs', 'api');
const entries = entryPoints(root);

/** TypeDoc reads what a configuration includes; tsconfig.json leaves lib/ out. */
function configuration() {
  const file = join(root, 'lib', 'tsconfig.api.json');
  const include = entries.map(({ declaration }) => join(root, declaration));
  const compilerOptions = { noEmit: true, skipLibCheck: true, rootDir: '.' };
  writeFileSync(file, JSON.stringify({ extends: '../tsconfig.build.json', compilerOptions, include, exclude: [] }));
  return file;
}

const app = await Application.bootstrapWithPlugins({
  entryPoints: entries.map(({ declaration }) => join(root, declaration)),
  tsconfig: configuration(),
  plugin: ['typedoc-plugin-markdown'],
  outputs: [{ name: 'markdown', path: out }],
  name: 'API reference',
  readme: 'none',
  alwaysCreateEntryPointModule: true,
  sortEntryPoints: false,
  // line numbers would change with every edit
  disableSources: true,
  hideGenerator: true,
  githubPages: false,
  excludeExternals: true,
  excludePrivate: true,
  // the types of the Kubernetes API and of eksctl: their fields are documented where they come from
  exclude: ['**/lib/imports/**'],
  parametersFormat: 'table',
  validation: { notExported: false },
  logLevel: 'Warn',
});
const project = await app.convert();
if (!project) {
  process.exit(1);
}
for (const [index, module] of (project.children ?? []).entries()) {
  module.name = entries[index].specifier;
}
await app.generateOutputs(project);
writeFileSync(join(out, 'surface.md'), surfaceReport(root.replace(/\/$/, ''), entries));
if (app.logger.hasErrors() || app.logger.hasWarnings()) {
  process.exit(1);
}
