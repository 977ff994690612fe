// What a user gets: packs the library, installs the tarball into an empty folder beside its peer dependencies from the
// registry, and runs the first program there: node scripts/test-package.mjs [--keep]
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const NAME = 'cdk8s-eks-patterns';
const EXAMPLE = join(REPOSITORY, 'examples', 'first-program');

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
  const start = Date.now();
  const before = problems.length;
  try {
    const found = check() ?? [];
    problems.push(...found.map((problem) => `${title}: ${problem}`));
  } catch (error) {
    problems.push(`${title}: ${error.message}`);
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`${problems.length === before ? 'ok  ' : 'FAIL'} ${title} (${seconds} s)`);
}

/** Text of every file below a folder by its path. */
function tree(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((file) => [file.slice(folder.length + 1), read(file)]),
  );
}

const read = (file) => readFileSync(file, 'utf8');

/** Compiles and packs a copy, so that nothing stale of the checkout gets in. */
function pack() {
  const copy = join(root, 'copy');
  const parts = [
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    '.npmrc',
    'charts',
    'imports',
    'kube',
    'review',
    'bin',
  ];
  mkdirSync(copy);
  for (const part of [...parts, 'README.md', 'LICENSE', 'CHANGELOG.md', 'NOTICE']) {
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
  const allowed = /^(?:lib\/.*\.(?:js|d\.ts)|package\.json|README\.md|LICENSE|NOTICE|CHANGELOG\.md)$/;
  const required = [
    'package.json',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'lib/charts/index.js',
    'lib/charts/index.d.ts',
  ];
  return [
    ...files.filter((file) => !allowed.test(file) || /(?:^|\/)test\/|\.test\./.test(file)).map((f) => `holds ${f}`),
    ...required.filter((file) => !files.includes(file)).map((file) => `lacks ${file}`),
  ];
}

function installInto(user, tarball) {
  mkdirSync(user);
  run(user, 'npm', 'init', '-y');
  const { peerDependencies, devDependencies } = JSON.parse(read(join(REPOSITORY, 'package.json')));
  const tools = ['typescript', 'tsx', '@types/node', 'cdk8s-cli'].map((name) => `${name}@${devDependencies[name]}`);
  const peers = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range}`);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  run(user, 'npm', 'install', ...quiet, tarball, ...peers);
  run(user, 'npm', 'install', ...quiet, '--save-dev', ...tools);

  cpSync(join(EXAMPLE, 'main.ts'), join(user, 'main.ts'));
  cpSync(join(REPOSITORY, 'cdk8s.yaml'), join(user, 'cdk8s.yaml'));
  const compilerOptions = { target: 'ES2022', module: 'node16', strict: true, skipLibCheck: false, types: ['node'] };
  writeFileSync(join(user, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['main.ts'] }));
}

/** A program of files of the user's folder and the installed package, libraries checked. */
function compile(user, files) {
  return ts.createProgram(files, {
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(user, 'node_modules', '@types')],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
  });
}

const textOf = ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ');

/**
 * Names of ports and keys are checked by type parameters, which a declaration can lose with the members that use them:
 * programs that must not compile are tried against the package too. Where in a statement the compiler sees the error
 * depends on the order in which it reads types, so the comments that expect it are judged by statement, not by line.
 */
function checkTypes(user) {
  const from = join(REPOSITORY, 'test', 'types', 'bad');
  const to = join(user, 'bad');
  mkdirSync(to);
  const files = readdirSync(from).map((name) => join(to, name));
  for (const file of files) {
    writeFileSync(file, read(join(from, basename(file))).replaceAll('@ts-expect-error', 'EXPECTED'));
  }
  const program = compile(user, files);
  const found = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const expected = [...source.text.matchAll(/\/\/ EXPECTED.*\n/g)].map(({ index, 0: text }) => ({
      text: text.trim(),
      start: index,
      end: nodeAfter(source, index + text.length).end,
    }));
    const errors = ts.getPreEmitDiagnostics(program, source);
    const within = ({ start }, region) => start >= region.start && start < region.end;
    return [
      ...expected.filter((region) => !errors.some((e) => within(e, region))).map(({ text }) => `compiles: ${text}`),
      ...errors.filter((e) => !expected.some((region) => within(e, region))).map(textOf),
    ].map((problem) => `${basename(file)}: ${problem}`);
  });
  return files.length > 5 ? found : ['test/types/bad holds no programs that must not compile'];
}

/** The largest node that starts behind a position. */
function nodeAfter(source, position) {
  let found;
  const visit = (node) => {
    if (!found && node !== source && node.getStart(source) >= position) {
      found = node;
    } else if (!found) {
      ts.forEachChild(node, visit);
    }
  };
  visit(source);
  return found;
}

/** Every declaration of the package by itself, so that one which the index does not reach is judged too. */
function checkDeclarations(user) {
  const folder = join(user, 'node_modules', NAME, 'lib');
  const declarations = [...tree(folder)].filter(([file]) => file.endsWith('.d.ts'));
  const program = compile(
    user,
    declarations.map(([file]) => join(folder, file)),
  );
  const errors = ts.getPreEmitDiagnostics(program);
  const own = errors.filter(({ file }) => file === undefined || file.fileName.startsWith(folder));
  const having = (pattern) => declarations.filter(([, text]) => pattern.test(text)).map(([file]) => file);
  return [
    ...own.map((error) => `${error.file?.fileName.slice(folder.length + 1)}: ${textOf(error)}`),
    ...having(/@internal/).map((file) => `${file} declares what is @internal`),
    ...having(/from ['"](?:\/|cdk8s-eks-patterns)|import\(["']\//).map(
      (file) => `${file} imports by a path of the build`,
    ),
  ];
}

/** The names that charts/index.ts exports as values. */
function valueNames() {
  const index = join(REPOSITORY, 'charts', 'index.ts');
  const { config } = ts.readConfigFile(join(REPOSITORY, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, REPOSITORY);
  const program = ts.createProgram([index], options);
  const checker = program.getTypeChecker();
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(index)));
  const isValue = (symbol) => {
    const typeOnly = (symbol.declarations ?? []).some(ts.isTypeOnlyImportOrExportDeclaration);
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    // a module of types counts as a value for the checker: `export * as k8s`
    return !typeOnly && (target.flags & ts.SymbolFlags.Value) !== 0;
  };
  return symbols
    .filter(isValue)
    .map(({ name }) => name)
    .sort();
}

function checkNames(user) {
  const own = createRequire(join(user, 'main.cjs'));
  const [found, expected] = [Object.keys(own(NAME)).sort(), valueNames()];
  const difference = (a, b) => a.filter((name) => !b.includes(name));
  return [
    ...difference(expected, found).map((name) => `${name} is missing`),
    ...difference(found, expected).map((name) => `${name} is too much`),
    ...(expected.length > 10 ? [] : ['charts/index.ts exports next to nothing']),
  ];
}

/** Nothing else is public: what is reachable would be relied upon. */
function checkExports(user) {
  const own = createRequire(join(user, 'main.cjs'));
  try {
    own(`${NAME}/lib/charts/core/names.js`);
  } catch (error) {
    return error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' ? [] : [error.message];
  }
  return ['an inner file can be required'];
}

function checkOutput(user) {
  run(user, 'npx', 'cdk8s', 'synth', '--no-check-upgrade');
  const [found, expected] = [tree(join(user, 'dist')), tree(join(EXAMPLE, 'dist'))];
  const files = [...new Set([...found.keys(), ...expected.keys()])];
  return files.filter((file) => found.get(file) !== expected.get(file)).map((file) => `${file} differs from examples/`);
}

const user = join(root, 'user');
let packed;
step('builds and packs', () => {
  packed = pack();
});
if (packed) {
  console.log(`     ${packed.files.length} files`);
  step('the tarball holds the library and nothing else', () => checkFiles(packed.files));
  step('installs beside its peer dependencies', () => installInto(user, packed.tarball));
  step('the first program compiles, libraries checked', () => void run(user, 'npx', 'tsc', '--noEmit'));
  step('the first program is synthesized to the committed files', () => checkOutput(user));
  step('what must not compile does not', () => checkTypes(user));
  step('every declaration stands by itself', () => checkDeclarations(user));
  step('require gives the names of charts/index.ts', () => checkNames(user));
  step('nothing but the index can be required', () => checkExports(user));
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
