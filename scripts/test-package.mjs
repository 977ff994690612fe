// What a user gets: packs the library, installs the tarball into an empty folder beside its peer dependencies from the
// registry, and runs the first program there: node scripts/test-package.mjs [--keep]
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { entryPoints, packageOf, rooms } from './lib/entry-points.mjs';
import { read, tree } from './lib/files.mjs';
import { checkReadme } from './lib/package-readme.mjs';
import { checkDeclarations, checkModes, checkNeighbours, checkTypes } from './lib/package-types.mjs';
import { checkCreated, createProject, runWorkflow, useProject } from './lib/starter.mjs';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const NAME = 'cdk8s-eks-patterns';
const EXAMPLE = join(REPOSITORY, 'examples', 'first-program');
/** The versions of cdk8s-plus that a program can have beside this library. */
const NEIGHBOURS = ['cdk8s-plus-28', 'cdk8s-plus-33', 'cdk8s-plus-34'];
const ROOMS = rooms(REPOSITORY);
const ENTRIES = entryPoints(REPOSITORY);

const root = mkdtempSync(join(tmpdir(), 'package-'));
const problems = [];

/** Runs a command; its output is shown only when it fails. */
function run(cwd, command, ...args) {
  try {
    // what npm tells its scripts would reach the npm in here
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([key]) => !/^npm_(?!config_)|^CDK8S_/.test(key)),
    );
    return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
  }
}

/** A part of the test: what goes wrong in it is kept, and the next one starts all the same. */
function step(title, check) {
  const [start, before] = [Date.now(), problems.length];
  try {
    const found = check() ?? [];
    problems.push(...found.map((problem) => `${title}: ${problem}`));
  } catch (error) {
    problems.push(`${title}: ${error.message}`);
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${problems.length === before ? 'ok  ' : 'FAIL'} ${title} (${seconds} s)`);
}

/** Compiles and packs a copy, so that nothing stale of the checkout gets in. */
function pack() {
  const copy = join(root, 'copy');
  const built = ['tsconfig.json', 'tsconfig.build.json', '.npmrc', 'scripts', 'examples/first-program', ...ROOMS];
  mkdirSync(copy);
  for (const part of [...built, 'package.json', 'docs', 'README.md', 'LICENSE', 'CHANGELOG.md', 'NOTICE']) {
    if (existsSync(join(REPOSITORY, part))) {
      cpSync(join(REPOSITORY, part), join(copy, part), { recursive: true });
    }
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
  run(copy, 'npm', 'run', 'build');
  // --ignore-scripts: a prepack would only build again
  const [{ filename, files }] = JSON.parse(
    run(copy, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', root),
  );
  return { tarball: join(root, filename), files: files.map(({ path }) => path) };
}

function checkFiles(files) {
  const own = new RegExp(`^(?:${ROOMS.join('|')})/.*\\.ts$`);
  const allowed =
    /^(?:lib\/.*\.(?:js|d\.ts|d\.ts\.map)|docs\/.*\.md|package\.json|README\.md|LICENSE|NOTICE|CHANGELOG\.md)$/;
  const required = [
    ...['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'docs/README.md', 'docs/api/README.md'],
    ...ENTRIES.flatMap(({ file, declaration, source }) => [file, declaration, source]),
  ];
  const isAllowed = (file) => (allowed.test(file) || own.test(file)) && !/(?:^|\/)test\/|\.test\./.test(file);
  return [
    ...files.filter((file) => !isAllowed(file)).map((file) => `holds ${file}`),
    ...required.filter((file) => !files.includes(file)).map((file) => `lacks ${file}`),
  ];
}

/** What a registry and an editor read of the package. */
function checkMetadata() {
  const { homepage, repository, bugs } = packageOf(REPOSITORY);
  const addresses = { homepage, 'repository.url': repository?.url, 'bugs.url': bugs?.url };
  return Object.entries(addresses)
    .filter(([, address]) => !/^(?:git\+)?https:\/\/\S+$/.test(address ?? ''))
    .map(([field]) => `package.json: ${field} is no address`);
}

/** 'Go to definition' follows a declaration's map to a source of the same package. */
function checkMaps(user) {
  const folder = join(user, 'node_modules', NAME);
  const declarations = [...tree(join(folder, 'lib')).keys()].filter((file) => file.endsWith('.d.ts'));
  return declarations.flatMap((file) => {
    const map = join(folder, 'lib', `${file}.map`);
    const sources = existsSync(map) ? JSON.parse(read(map)).sources : [];
    const found = sources.filter((source) => existsSync(join(dirname(map), source)));
    return found.length === 1 ? [] : [`lib/${file} leads to no source`];
  });
}

function installInto(user, tarball) {
  mkdirSync(user);
  run(user, 'npm', 'init', '-y');
  const { peerDependencies, peerDependenciesMeta, devDependencies } = packageOf(REPOSITORY);
  const tools = ['typescript', 'tsx', '@types/node', 'cdk8s-cli'].map((name) => `${name}@${devDependencies[name]}`);
  const required = Object.entries(peerDependencies).filter(([name]) => !peerDependenciesMeta[name]?.optional);
  const peers = required.map(([name, range]) => `${name}@${range}`);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  run(user, 'npm', 'install', ...quiet, tarball, ...peers);
  run(user, 'npm', 'install', ...quiet, '--save-dev', ...tools);

  cpSync(join(EXAMPLE, 'main.ts'), join(user, 'main.ts'));
  cpSync(join(REPOSITORY, 'cdk8s.yaml'), join(user, 'cdk8s.yaml'));
  const compilerOptions = { target: 'ES2022', module: 'node16', strict: true, skipLibCheck: false, types: ['node'] };
  writeFileSync(join(user, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['main.ts'] }));
}

/** A program with each version of cdk8s-plus compiles and runs. */
function checkPlus(user) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  run(user, 'npm', 'install', ...quiet, ...NEIGHBOURS);
  const found = checkNeighbours(user, NEIGHBOURS);
  for (const version of NEIGHBOURS) {
    run(user, process.execPath, '--import', 'tsx', '--eval', `require('./${version}.ts').app.synthYaml()`);
  }
  return found;
}

/** The names that each entry exports as values, by its specifier. */
function valueNames() {
  const { config } = ts.readConfigFile(join(REPOSITORY, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, REPOSITORY);
  const sources = ENTRIES.map(({ source }) => join(REPOSITORY, source));
  const program = ts.createProgram(sources, options);
  const checker = program.getTypeChecker();
  const isValue = (symbol) => {
    const typeOnly = (symbol.declarations ?? []).some(ts.isTypeOnlyImportOrExportDeclaration);
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    // a module of types counts as a value for the checker: `export * as k8s`
    return !typeOnly && (target.flags & ts.SymbolFlags.Value) !== 0;
  };
  return ENTRIES.map(({ specifier }, index) => {
    const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(sources[index])));
    return [specifier, symbols.filter(isValue).map(({ name }) => name)];
  });
}

/** `require` and `import` give the same names, which are those of the sources. */
function checkNames(user) {
  const file = join(user, 'names.mjs');
  writeFileSync(
    file,
    `import { createRequire } from 'node:module';
     const names = async (of) => [Object.keys(createRequire(import.meta.url)(of)), Object.keys(await import(of))];
     console.log(JSON.stringify(await Promise.all(process.argv.slice(2).map(names))));`,
  );
  const all = JSON.parse(run(user, process.execPath, file, ...ENTRIES.map(({ specifier }) => specifier)));
  const difference = (a, b) => a.filter((name) => !b.includes(name));
  return valueNames().flatMap(([specifier, expected], index) => {
    const [required, imported] = all[index];
    const additional = [...expected, 'default', 'module.exports', '__esModule'];
    return [
      ...difference(expected, required).map((name) => `require of ${specifier} lacks ${name}`),
      ...difference(required, expected).map((name) => `require of ${specifier} gives ${name}`),
      ...difference(expected, imported).map((name) => `import of ${specifier} lacks ${name}`),
      ...difference(imported, additional).map((name) => `import of ${specifier} gives ${name}`),
      ...(expected.length > 0 ? [] : [`${specifier} exports no value`]),
    ];
  });
}

/** Nothing else is public: what is reachable would be relied upon. */
function checkExports(user) {
  const own = createRequire(join(user, 'main.cjs'));
  const inner = ENTRIES.flatMap(({ file, source }) => [file, source]);
  return inner.flatMap((file) => {
    try {
      own(`${NAME}/${file}`);
    } catch (error) {
      return error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' ? [] : [error.message];
    }
    return [`${file} can be required by its path`];
  });
}

/** Rules and ClusterConfigs serve programs that have no cdk8s. */
function checkEngines(user) {
  const file = join(user, 'engine.cjs');
  writeFileSync(
    file,
    `const Module = require('node:module');
     const resolve = Module._resolveFilename;
     Module._resolveFilename = function (request, ...rest) {
       if (/^(?:cdk8s|cdk8s-plus-\\d+|constructs)(?:\\/|$)/.test(request)) {
         throw new Error('loads ' + request);
       }
       return resolve.call(this, request, ...rest);
     };
     require(process.argv[2]);`,
  );
  const loads = (specifier) => {
    try {
      run(user, process.execPath, file, specifier);
      return undefined;
    } catch (error) {
      return /loads [\w-]+/.exec(error.message)?.[0] ?? error.message;
    }
  };
  const wrong = [`${NAME}/review`, `${NAME}/eksctl`].map((specifier) => [specifier, loads(specifier)]);
  return [
    ...wrong.filter(([, problem]) => problem !== undefined).map((pair) => pair.join(' ')),
    ...(/^loads (?:cdk8s|constructs)$/.test(loads(NAME) ?? '') ? [] : [`${NAME} should need cdk8s`]),
  ];
}

function checkOutput(user) {
  run(user, 'npx', 'cdk8s', 'synth', '--no-check-upgrade');
  const [found, expected] = [tree(join(user, 'dist')), tree(join(EXAMPLE, 'dist'))];
  const files = [...new Set([...found.keys(), ...expected.keys()])];
  return files.filter((file) => found.get(file) !== expected.get(file)).map((file) => `${file} differs from examples/`);
}

/** A program reads what it uses: the text that Node compiles before it starts takes a third of the CPU time of a small one. */
const MOST_TEXT = 1.4e6;
function checkLoading(user) {
  const file = join(user, 'loading.cjs');
  writeFileSync(
    file,
    `require(process.argv[2]);
     const own = Object.keys(require.cache).filter((path) => path.includes('/${NAME}/lib/'));
     console.log(JSON.stringify(own.map((path) => [path.split('/lib/')[1], require('node:fs').statSync(path).size])));`,
  );
  const read = JSON.parse(run(user, process.execPath, file, NAME));
  const size = read.reduce((sum, [, bytes]) => sum + bytes, 0);
  const late = read.filter(([path]) => path.startsWith('constructs/'));
  return [
    ...late.map(([path]) => `${path} is read before it is used`),
    ...(read.length >= 2 && size <= MOST_TEXT ? [] : [`${size} bytes are read, more than ${MOST_TEXT}`]),
  ];
}

/** The command reviews what the first program has written. */
function checkCommand(user) {
  const said = run(user, 'npx', '--no-install', NAME, 'check', 'dist', '--format', 'json');
  const { objects, failed } = JSON.parse(said);
  return objects > 10 && !failed ? [] : [said];
}

const user = join(root, 'user');
let packed;
step('builds and packs', () => {
  packed = pack();
});
if (packed) {
  console.log(`     ${packed.files.length} files`);
  step('the tarball holds the library with its docs and sources, and nothing else', () => checkFiles(packed.files));
  step('package.json has the addresses that a registry shows', checkMetadata);
  step('installs beside its peer dependencies', () => installInto(user, packed.tarball));
  step('the first program compiles, libraries checked', () => void run(user, 'npx', 'tsc', '--noEmit'));
  step('the first program is synthesized to the committed files', () => checkOutput(user));
  step('loading the library reads nothing that is loaded late', () => checkLoading(user));
  step('the command reviews them', () => checkCommand(user));
  step('what must not compile does not', () => checkTypes(user));
  step('every declaration stands by itself', () => checkDeclarations(user));
  step('every declaration leads to its source', () => checkMaps(user));
  step('the first program compiles under every way of finding modules', () => checkModes(user));
  step('require and import give the names of the entry points', () => checkNames(user));
  step('rules and ClusterConfigs need no cdk8s', () => checkEngines(user));
  step("the README's examples of the entry points run", () => checkReadme(user, run));
  step('nothing but the entry points can be required', () => checkExports(user));
  step('objects of each version of cdk8s-plus select, connect and bind ours', () => checkPlus(user));

  let project;
  step('the starter writes a project from its tarball', () => {
    project = createProject(root, REPOSITORY, run);
    return checkCreated(project);
  });
  if (project) {
    step('its project installs the library, is synthesized and checked', () =>
      useProject(project, packed.tarball, run),
    );
    step('its workflow passes, and stops what was edited by hand', () => runWorkflow(project, run));
  }
}
if (process.argv.includes('--keep')) {
  console.log(`kept: ${root}`);
} else {
  rmSync(root, { recursive: true, force: true });
}
for (const problem of problems) {
  console.error(`  ${problem}`);
}
process.exit(problems.length > 0 ? 1 : 0);
