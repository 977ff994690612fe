// What the compiler says to programs that use the installed package, for scripts/test-package.mjs.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { entryPoints, packageOf } from './entry-points.mjs';
import { read, tree } from './files.mjs';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const NAME = packageOf(REPOSITORY).name;
const ENTRIES = entryPoints(REPOSITORY);
const EXAMPLE = join(REPOSITORY, 'examples', 'first-program');

/** How a user's tsconfig.json may resolve modules, by `module` and `moduleResolution`. */
const MODES = [
  ['NodeNext', 'NodeNext'],
  ['Node20', 'Node16'],
  ['Node16', 'Node16'],
  ['ESNext', 'Bundler'],
  ['Preserve', 'Bundler'],
  ['CommonJS', 'Node10'],
];

/** A program of files of the user's folder and the installed package, libraries checked. */
function compile(user, files, [module, moduleResolution] = ['Node16', 'Node16']) {
  return ts.createProgram(files, {
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(user, 'node_modules', '@types')],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind[module],
    moduleResolution: ts.ModuleResolutionKind[moduleResolution],
  });
}

/** The first program and an import of every entry, as a module of each kind, under each way of finding modules. */
export function checkModes(user) {
  const imports = ENTRIES.map(({ specifier }, index) => `export * as entry${index} from '${specifier}';\n`).join('');
  const folder = join(user, 'modes');
  mkdirSync(folder);
  const files = ['cts', 'mts', 'ts'].map((extension) => join(folder, `main.${extension}`));
  for (const file of files) {
    writeFileSync(file, imports + read(join(EXAMPLE, 'main.ts')));
  }
  return MODES.flatMap((mode) => {
    const program = compile(user, files, mode);
    // whole libraries are checked under one mode, which takes long
    const errors = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
    return errors.map((error) => `${mode.join(' and ')}: ${basename(error.file?.fileName ?? '')}: ${textOf(error)}`);
  });
}

/**
 * Objects of cdk8s-plus beside ours, whichever version the user has, under each way of finding modules, libraries checked.
 *
 * @param versions 'cdk8s-plus-33'
 */
export function checkNeighbours(user, versions) {
  const program = read(join(REPOSITORY, 'test', 'types', 'neighbours.ts'));
  const files = versions.map((version) => {
    const file = join(user, `${version}.ts`);
    writeFileSync(file, program.replaceAll('cdk8s-plus-28', version));
    return file;
  });
  return MODES.flatMap((mode) => {
    const errors = ts.getPreEmitDiagnostics(compile(user, files, mode));
    return errors.map((error) => `${mode.join(' and ')}: ${error.file?.fileName ?? ''}: ${textOf(error)}`);
  });
}

const textOf = ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ');

/**
 * Names of ports and keys are checked by type parameters, which a declaration can lose with the members that use them:
 * programs that must not compile are tried against the package too. Where in a statement the compiler sees the error
 * depends on the order in which it reads types, so the comments that expect it are judged by statement, not by line.
 */
export function checkTypes(user) {
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
export function checkDeclarations(user) {
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
    // examples in comments import by the name of the package
    ...having(/^(?! *\*).*(?:from ['"](?:\/|cdk8s-eks-patterns)|import\(["']\/)/m).map(
      (file) => `${file} imports by a path of the build`,
    ),
  ];
}
