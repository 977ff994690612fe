import { builtinModules } from 'node:module';
import * as ts from 'typescript';
import { type Import, importsOf, parse, sourcesIn } from './sources';

/** The folders of charts/ and the folders that each may take from; 'imports' are the generated types, and all may take from kube/. */
const BELOW = ['imports', 'kube'];
const PARTS = ['pods', 'config', 'network', 'storage', 'identity', 'scaling'];
const TOPS = ['cluster', 'tenancy', 'workloads'];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: BELOW,
  ...Object.fromEntries(PARTS.map((part) => [part, ['core', ...BELOW]])),
  app: ['core', ...BELOW, ...PARTS],
  ...Object.fromEntries(TOPS.map((top) => [top, ['core', ...BELOW, 'app', ...PARTS]])),
};

/** Packages that are loaded only when they are asked for, since it takes long, and the only file that may load each. */
const LOADED_LATE: ReadonlyMap<string, string> = new Map([
  ['cdk8s-plus-28', 'charts/core/plus.ts'],
  ['yaml', 'charts/cluster/schema/parse.ts'],
]);

const SOURCES = sourcesIn('charts');
const IMPORTS = SOURCES.flatMap((file) => importsOf(file));
const describeImport = ({ from, specifier }: Import): string => `${from} imports ${specifier}`;

/** 'core' of charts/core/x, 'imports' of imports/x, 'index' of charts/index. */
function folderOf(file: string): string {
  const [top, folder] = file.split('/');
  return top === 'charts' ? (folder ?? 'index').replace(/\.ts$/, '') : top!;
}

/** Imports between the folders of the library that the rules forbid. */
function wrongDirections(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from, file }) => file !== undefined && folderOf(from) !== 'index')
    .filter(({ from, file }) => {
      const [own, other] = [folderOf(from), folderOf(file!)];
      return own !== other && !ALLOWED[own]?.includes(other);
    })
    .map(describeImport);
}

test('every folder of charts/ has its rule, and every rule its folder', () => {
  const folders = new Set(SOURCES.filter((file) => file !== 'charts/index.ts').map(folderOf));
  expect([...folders].sort()).toEqual(Object.keys(ALLOWED).sort());
});

describe('imports point one way', () => {
  test('between the folders of charts/', () => {
    expect(wrongDirections(IMPORTS)).toEqual([]);
    expect(IMPORTS.filter(({ file }) => file !== undefined).length).toBeGreaterThan(300);
  });

  test.each([
    ['charts/core/names.ts', "import { x } from '../pods/image';"],
    ['charts/core/synthesis/graph.ts', "import type { X } from '../../app/eks-app';"],
    ['charts/pods/image.ts', "export { x } from '../network/policy';"],
    ['charts/storage/volumes.ts', "const x = () => import('../app/defaults');"],
    ['charts/app/eks-app.ts', "import { Cluster } from '../cluster/cluster';"],
    ['charts/tenancy/tenant.ts', "import { Cluster } from '../cluster/cluster';"],
    ['charts/cluster/cluster.ts', "type X = import('../workloads/workload').Workload;"],
    ['charts/workloads/worker.ts', "import { EksApp } from '..';"],
    ['charts/workloads/worker.ts', "import { EksApp } from '../index';"],
    ['charts/workloads/worker.ts', "import { x } from '../../review/check';"],
  ])('a wrong one in %s would be found: %s', (file, text) => {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    expect(wrongDirections(importsOf(file, source))).toHaveLength(1);
  });

  test('nothing imports the index of the library, under whatever name', () => {
    const wrong = [...IMPORTS, ...sourcesIn('imports').flatMap((file) => importsOf(file))].filter(
      ({ file, specifier }) =>
        (file !== undefined && /^charts(?:\/index)?$/.test(file)) || specifier.startsWith('cdk8s-eks-patterns'),
    );
    expect(wrong.map(describeImport)).toEqual([]);
  });

  test('no file imports itself in a circle that exists at run time', () => {
    expect(circles(IMPORTS.filter(({ typeOnly, byCall }) => !typeOnly && !byCall))).toEqual([]);
  });
});

describe('packages', () => {
  const packages = IMPORTS.filter(({ file }) => file === undefined);

  test('charts/ takes cdk8s, constructs and what Node has; of cdk8s-plus-28 and yaml only types', () => {
    const builtin = new Set(builtinModules.map((name) => `node:${name}`));
    const wrong = packages.filter(({ specifier, typeOnly, from }) => {
      if (LOADED_LATE.has(specifier)) {
        return !typeOnly && from !== LOADED_LATE.get(specifier);
      }
      return !['cdk8s', 'constructs'].includes(specifier) && !builtin.has(specifier);
    });
    expect(wrong.map(describeImport)).toEqual([]);
  });

  test.each([...LOADED_LATE])('%s is loaded in one place, %s, when it is asked for', (name, file) => {
    const values = packages.filter(({ specifier, typeOnly }) => specifier === name && !typeOnly);
    expect(values).toEqual([expect.objectContaining({ from: file, byCall: true })]);
    // at the top of the file the call would run with the import
    const atTop = parse(file).statements.filter((statement) => !ts.isFunctionDeclaration(statement));
    expect(atTop.filter((statement) => /require\(/.test(statement.getText()))).toEqual([]);
  });

  test.each([...LOADED_LATE.keys()])('the index of the library loads without %s', (name) => {
    jest.isolateModules(() => {
      jest.doMock(name, () => {
        throw new Error('loaded');
      });
      expect(Object.keys(require('../../charts/index'))).toContain('WebService');
      expect(() => require(name)).toThrow('loaded');
    });
  });
});

test('kube/ takes types of imports/, and nothing else', () => {
  const taken = sourcesIn('kube').flatMap((file) => importsOf(file));
  expect(taken.length).toBeGreaterThan(0);
  const wrong = taken.filter(({ file }) => file === undefined || !['kube', 'imports'].includes(folderOf(file)));
  expect(wrong.map(describeImport)).toEqual([]);
});

describe('imports/', () => {
  test('holds types only: nothing of it is left at run time', () => {
    const files = sourcesIn('imports');
    expect(files).toContain('imports/kubernetes.ts');
    const code = files.filter((file) => {
      const { outputText } = ts.transpileModule(parse(file).getFullText(), {
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022, removeComments: true },
      });
      return outputText.replace(/export \{\};?/, '').trim() !== '';
    });
    expect(code).toEqual([]);
  });
});

/** Each circle of files once, by its first member in the order of names. */
function circles(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, file } of imports) {
    const target = [`${file}.ts`, `${file}/index.ts`].find((name) => SOURCES.includes(name));
    if (target) {
      targets.set(from, [...(targets.get(from) ?? []), target]);
    }
  }
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, above: readonly string[]): void => {
    if (above.includes(file)) {
      found.push([...above.slice(above.indexOf(file)), file].join(' -> '));
    } else if (!done.has(file)) {
      for (const target of targets.get(file) ?? []) {
        walk(target, [...above, file]);
      }
      done.add(file);
    }
  };
  for (const file of SOURCES) {
    walk(file, []);
  }
  return found;
}
