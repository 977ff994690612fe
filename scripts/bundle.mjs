// Writes the JavaScript of the package: node scripts/bundle.mjs [FOLDER], by default lib/. What is loaded together is one file:
// loading 700 takes longer than running most programs, and calls between modules are a fifth of the CPU time of a synthesis.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { entryPoints } from './lib/entry-points.mjs';
import { indexLoops } from './lib/index-loops.mjs';
import { rewriter } from './lib/rewrite.mjs';
import { sharedShapes } from './lib/shared-shapes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'lib'));

const entries = entryPoints(root).map(({ source }) => source.replace(/\.ts$/, ''));
const WITH_CONSTRUCTS = ['charts/index', 'testing/index'];
/** The entry points in each file: what reviews must not load cdk8s, nor a parser of arguments. */
const bundles = {
  'constructs.js': WITH_CONSTRUCTS,
  'engines.js': entries.filter((entry) => !WITH_CONSTRUCTS.includes(entry)),
  'command.js': ['bin/program'],
};
/** A class that both throw: `instanceof` must hold whichever entry point it is imported from. */
const SHARED = 'eksctl/schema/config-error';
const shared = {
  name: 'shared',
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`/${SHARED.split('/').at(-1)}$`) }, () => ({
      path: './config-error.js',
      external: true,
    })),
};

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);
const written = rewriter(
  Object.values(bundles)
    .flat()
    .map((entry) => join(root, `${entry}.ts`)),
  options,
  [sharedShapes, indexLoops],
);
const rewritten = {
  name: 'rewritten',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const contents = written(path);
      return contents === undefined ? undefined : { contents, loader: 'ts' };
    }),
};

const common = { platform: 'node', format: 'cjs', target: 'node20', packages: 'external', logLevel: 'warning' };

/** The name under which a bundle has the exports of an entry point. */
const nameOf = (entry) => entry.replace(/\W(.)/g, (_, letter) => letter.toUpperCase());

for (const [file, inside] of Object.entries(bundles)) {
  const contents = inside.map((entry) => `export * as ${nameOf(entry)} from './${entry}';`).join('\n');
  const stdin = { contents, resolveDir: root, sourcefile: 'entries.ts', loader: 'ts' };
  await build({ ...common, stdin, outfile: join(folder, file), bundle: true, plugins: [shared, rewritten] });
}
await build({
  ...common,
  entryPoints: [join(root, `${SHARED}.ts`)],
  outfile: join(folder, 'config-error.js'),
  bundle: true,
});
// run by its path, and therefore a file of its own
await build({ ...common, entryPoints: [join(root, 'bin', 'cli.ts')], outfile: join(folder, 'bin', 'cli.js') });

for (const [file, inside] of Object.entries(bundles)) {
  for (const entry of inside) {
    const path = join(folder, `${entry}.js`);
    const up = entry.split('/').fill('..').slice(1).join('/');
    // plain properties: those of the bundle are getters
    const take = `module.exports = { ...require('${up}/${file}').${nameOf(entry)} };\n`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, take);
    const exported = Object.entries(createRequire(path)(path));
    const names = exported.map(([name]) => name);
    // esbuild renames a class that refers to itself, and messages name the class of a construct
    const renamed = exported.filter(([name, value]) => /^class\b/.test(`${value}`) && value.name !== name);
    const named = renamed.map(
      ([name]) => `Object.defineProperty(module.exports.${name}, 'name', { value: '${name}' });\n`,
    );
    // import { Name } of a CommonJS file works for the names that Node finds in its text
    writeFileSync(path, `${take}${named.join('')}0 && (module.exports = { ${names.join(', ')} });\n`);
  }
}
