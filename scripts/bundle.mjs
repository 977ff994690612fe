// Writes the JavaScript of the package: node scripts/bundle.mjs [FOLDER], by default lib/. What is loaded together is one file:
// loading 700 takes longer than running most programs, and calls between modules are a fifth of the CPU time of a synthesis.
import { appendFileSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { withEarlyFunctions } from './lib/early-functions.mjs';
import { entryPoints } from './lib/entry-points.mjs';
import { indexLoops } from './lib/index-loops.mjs';
import { lateBundler } from './lib/late-bundle.mjs';
import { LATE } from './lib/late-files.mjs';
import { rewriter } from './lib/rewrite.mjs';
import { withoutRuleTexts } from './lib/rule-texts.mjs';
import { sharedShapes } from './lib/shared-shapes.mjs';
import { usualRuns } from './lib/usual-runs.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'lib'));

const entries = entryPoints(root).map(({ source }) => source.replace(/\.ts$/, ''));
const WITH_CONSTRUCTS = ['charts/index', 'testing/index'];
/** The entry points in each file: what reviews must not load cdk8s, nor a parser of arguments. */
const bundles = {
  'constructs.js': { inside: WITH_CONSTRUCTS, rewrites: [withoutRuleTexts] },
  'engines.js': { inside: entries.filter((entry) => !WITH_CONSTRUCTS.includes(entry)) },
  'command.js': { inside: ['bin/program'] },
};
/** A class that both throw: `instanceof` must hold whichever entry point it is imported from. */
const SHARED = 'eksctl/schema/config-error';
const shared = (up) => ({
  name: 'shared',
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`/${SHARED.split('/').at(-1)}$`) }, () => ({
      path: `${up || './'}config-error.js`,
      external: true,
    })),
});

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);
const { program, checker, written } = rewriter(
  Object.values(bundles).flatMap(({ inside }) => inside.map((entry) => join(root, `${entry}.ts`))),
  options,
  [sharedShapes, indexLoops],
);
const common = { platform: 'node', format: 'cjs', target: 'node20', packages: 'external', logLevel: 'warning' };

/** The name under which a bundle has the exports of an entry point. */
const nameOf = (entry) => entry.replace(/\W(.)/g, (_, letter) => letter.toUpperCase());

/** The late file of each value that an entry point exports, by its name. */
function lateNames(entry) {
  const fileOf = new Map(Object.entries(LATE).flatMap(([file, modules]) => modules.map((module) => [module, file])));
  const symbols = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(join(root, `${entry}.ts`))),
  );
  return new Map(
    symbols
      .filter((symbol) => symbol.flags & ts.SymbolFlags.Alias && isValue(checker.getAliasedSymbol(symbol)))
      .map((symbol) => [symbol.name, checker.getAliasedSymbol(symbol).declarations[0].getSourceFile().fileName])
      .map(([name, path]) => [name, fileOf.get(relative(root, path).replace(/\.ts$/, ''))])
      .filter(([, file]) => file !== undefined),
  );
}
const isValue = ({ flags }) => (flags & ts.SymbolFlags.Value) !== 0;

/** esbuild renames a class that refers to itself, and messages name the class of a construct: what gives the names back. */
function renaming(exported, isOther = () => false) {
  return Object.keys(exported)
    .filter((name) => !isOther(name) && /^class\b/.test(`${exported[name]}`) && exported[name].name !== name)
    .map((name) => `Object.defineProperty(module.exports.${name}, 'name', { value: '${name}' });\n`)
    .join('');
}

await build({
  ...common,
  entryPoints: [join(root, `${SHARED}.ts`)],
  outfile: join(folder, 'config-error.js'),
  bundle: true,
});
// run by its path, and therefore a file of its own
await build({ ...common, entryPoints: [join(root, 'bin', 'cli.ts')], outfile: join(folder, 'bin', 'cli.js') });

for (const [file, { inside, rewrites = [] }] of Object.entries(bundles)) {
  const contents = inside.map((entry) => `export * as ${nameOf(entry)} from './${entry}';`).join('\n');
  const bundle = lateBundler({
    root,
    program,
    checker,
    written: (path, before) => written(path, [...rewrites, ...before]),
    late: LATE,
    options: common,
    plugins: (up) => [shared(up)],
  });
  const named = inside.flatMap((entry) => [...lateNames(entry).values()]);
  for (const [late] of await bundle(contents, named, join(folder, file))) {
    const path = join(folder, late);
    appendFileSync(path, renaming(createRequire(path)(path)));
  }
}
for (const [file, { inside }] of Object.entries(bundles)) {
  for (const entry of inside) {
    const path = join(folder, `${entry}.js`);
    const up = entry.split('/').fill('..').slice(1).join('/');
    const late = lateNames(entry);
    const getters = [...late].map(([name, of]) => {
      const value = `require('${up}/${file.replace(/\.js$/, '')}/${of}.js').${name}`;
      return `  get ${name}() {\n    return ${value};\n  },\n`;
    });
    // plain properties: those of the bundle are getters
    const take = `module.exports = {\n  ...require('${up}/${file}').${nameOf(entry)},\n${getters.join('')}};\n`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, take);
    const exported = createRequire(path)(path);
    const own = renaming(exported, (name) => late.has(name));
    // import { Name } of a CommonJS file works for the names that Node finds in its text
    writeFileSync(path, `${take}${own}0 && (module.exports = { ${Object.keys(exported).join(', ')} });\n`);
  }
}
const ran = [...(await usualRuns(root, folder))].filter(([path]) => path.startsWith(`${realpathSync(folder)}${sep}`));
if (ran.length === 0) {
  throw new Error(`nothing in ${folder} ran`);
}
for (const [path, places] of ran) {
  writeFileSync(path, withEarlyFunctions(readFileSync(path, 'utf8'), places));
}
