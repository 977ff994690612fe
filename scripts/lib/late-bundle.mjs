// Bundles modules into one file, and those that are loaded late into files of their own beside it. A late file has what only its
// modules need; the rest it takes from the first file, so that no class and no state exists twice.
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { LATE_PREFIX, lateImports } from './late-imports.mjs';

/** How a late file names the first file, and its modules. */
const FIRST = 'first';

/**
 * A function that bundles entries into a file: `late` are the modules of each late file, and `plugins(up)` those of esbuild for a
 * file that is one or no folder below the package.
 */
export function lateBundler({ root, program, checker, written, late, options, plugins }) {
  const fileOfModule = new Map(
    Object.entries(late).flatMap(([file, modules]) => modules.map((module) => [join(root, module), file])),
  );
  const sourceOf = (module) => program.getSourceFile(join(root, module));
  const isValue = (symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return (target.flags & ts.SymbolFlags.Value) !== 0;
  };

  const texts = new Map();
  /** A module for the first file or a late one, which has its own modules at hand; few differ between files. */
  const textOf = (path, within) => {
    const used = new Set();
    const write = (own) =>
      written(path, [
        lateImports((module) => {
          const file = fileOfModule.get(module) ?? fileOfModule.get(`${module}/index`);
          used.add(file);
          return file === own ? undefined : file;
        }),
      ]);
    if (!texts.has(path)) {
      texts.set(path, { contents: write(undefined), used });
    }
    const common = texts.get(path);
    return within !== undefined && common.used.has(within) ? write(within) : common.contents;
  };
  const rewritten = (within) => ({
    name: 'rewritten',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/, namespace: 'file' }, ({ path }) => {
        const contents = textOf(path, within);
        return contents === undefined ? undefined : { contents, loader: 'ts' };
      }),
  });
  /** Puts the path of a late file where a rewritten module names it. */
  const latePaths = (pathOf) => ({
    name: 'late',
    setup: ({ onResolve }) =>
      onResolve({ filter: new RegExp(`^${LATE_PREFIX}`) }, ({ path }) => ({
        path: pathOf(path.slice(LATE_PREFIX.length)),
        external: true,
      })),
  });
  const run = (contents, up, own, more) =>
    build({
      ...options,
      absWorkingDir: root,
      bundle: true,
      stdin: { contents, resolveDir: root, sourcefile: 'entries.ts', loader: 'ts' },
      plugins: [...plugins(up), ...own],
      ...more,
    });

  const lateEntries = (file) =>
    late[file]
      .map((module) => [module, checker.getExportsOfModule(checker.getSymbolAtLocation(sourceOf(`${module}.ts`)))])
      .map(([module, symbols]) => `export { ${symbols.filter(isValue).map(({ name }) => name)} } from './${module}';`)
      .join('\n');

  /** The modules that entries reach without late files, and the late files that they name. */
  const reach = async (contents, file) => {
    const files = new Set();
    const seen = (name) => {
      files.add(name);
      return name;
    };
    const own = [latePaths(seen), rewritten(file)];
    const { metafile } = await run(contents, '', own, { write: false, metafile: true, outfile: 'reached.js' });
    return { modules: new Set(Object.keys(metafile.inputs).filter((path) => sourceOf(path))), files };
  };

  /** The modules of the first file and of each late one. What two late files need is in the first one. */
  const divide = async (entries, named) => {
    const shared = new Set();
    for (;;) {
      // by name, as esbuild leaves out what is imported for nothing
      const brought = [...shared].map((module, i) => `export * as shared${i} from './${module}';`);
      const first = await reach([entries, ...brought].join('\n'));
      const files = new Map();
      const queue = [...new Set([...named, ...first.files])];
      for (const file of queue) {
        const { modules, files: more } = await reach(lateEntries(file), file);
        files.set(file, new Set([...modules].filter((module) => !first.modules.has(module))));
        queue.push(...[...more].filter((name) => !queue.includes(name)));
      }
      const all = [...files.values()].flatMap((modules) => [...modules]);
      const twice = all.filter((module, i) => all.indexOf(module) !== i);
      if (twice.length === 0) {
        return { first: first.modules, files };
      }
      for (const module of twice) {
        shared.add(module);
      }
    }
  };

  /** The names that modules take from the first file, by its modules. */
  const taken = (modules, first) => {
    const names = new Map();
    for (const module of modules) {
      for (const { importClause, exportClause, moduleSpecifier } of sourceOf(module).statements) {
        const path = moduleSpecifier && join(dirname(module), moduleSpecifier.text);
        const from = [`${path}.ts`, `${path}/index.ts`].find((one) => first.has(one));
        for (const { name, propertyName } of (importClause?.namedBindings ?? exportClause)?.elements ?? []) {
          if (from && isValue(checker.getSymbolAtLocation(name))) {
            names.set(from, (names.get(from) ?? new Set()).add((propertyName ?? name).text));
          }
        }
      }
    }
    return [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  };

  /** For a late file: its imports of the first file become values that the first file hands over. */
  const fromFirst = (file, firstFile, names) => ({
    name: FIRST,
    setup: ({ onResolve, onLoad }) => {
      const known = new Map(names);
      onResolve({ filter: /^\./, namespace: 'file' }, ({ path, resolveDir }) => {
        const module = relative(root, join(resolveDir, path));
        const found = [`${module}.ts`, `${module}/index.ts`].find((one) => known.has(one));
        return found && { path: found, namespace: FIRST };
      });
      onResolve({ filter: /./, namespace: FIRST }, ({ path }) =>
        path === FIRST ? { path, namespace: FIRST } : { path, external: true },
      );
      onLoad({ filter: /./, namespace: FIRST }, ({ path }) => ({
        contents:
          path === FIRST
            ? `export const first = require('../${firstFile}').late['${file}']();`
            : `import { first } from '${FIRST}'; export const { ${[...known.get(path)]} } = first['${path}'];`,
      }));
    },
  });

  /** Bundles entries, which let users name values of late files. The modules of each late file are returned, by its path. */
  return async (entries, named, outfile) => {
    const { first, files } = await divide(entries, named);
    const firstFile = basename(outfile);
    const folder = basename(outfile, '.js');
    const needed = [];
    for (const [file, modules] of files) {
      const names = taken(modules, first);
      needed.push([file, names]);
      const own = [latePaths((name) => `./${name}.js`), fromFirst(file, firstFile, names), rewritten(file)];
      await run(lateEntries(file), '../', own, { outfile: join(dirname(outfile), folder, `${file}.js`) });
    }
    const modules = [...new Set(needed.flatMap(([, names]) => names.map(([module]) => module)))];
    const nameOf = (module) => `m${modules.indexOf(module)}`;
    const handed = (names) =>
      names.map(([module, own]) => `'${module}': { ${[...own].map((name) => `${name}: ${nameOf(module)}.${name}`)} }`);
    const contents = [
      entries,
      ...modules.map((module) => `import * as ${nameOf(module)} from './${module}';`),
      `export const late = { ${needed.map(([file, names]) => `'${file}': () => ({ ${handed(names)} })`)} };`,
    ];
    await run(contents.join('\n'), '', [latePaths((name) => `./${folder}/${name}.js`), rewritten()], { outfile });
    return new Map([...files].map(([file, modules]) => [join(folder, `${file}.js`), modules]));
  };
}
