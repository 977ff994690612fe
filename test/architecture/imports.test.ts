import { builtinModules } from 'node:module';
import * as ts from 'typescript';
import { type Import, importsOf, parse, ROOMS, sourcesIn } from './sources';

/** The rooms below charts/, highest first: each may import those after it. */
const ENGINES = ['review', 'simulator', 'eksctl', 'eks', 'kube', 'imports'];
const PARTS = ['pods', 'config', 'network', 'storage', 'identity', 'scaling', 'delivery'];
const TOPS = ['cluster', 'tenancy', 'workloads'];
/** What each room may import; charts/ by folder. bin/ takes the engines alone, testing/ what it needs. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  bin: ENGINES,
  testing: ['charts/app', 'charts/core', ...ENGINES],
  ...Object.fromEntries(ENGINES.map((room, i) => [room, ENGINES.slice(i + 1)])),
  'charts/core': ENGINES,
  ...Object.fromEntries(PARTS.map((part) => [`charts/${part}`, ['charts/core', ...ENGINES]])),
  'charts/app': ['charts/core', ...PARTS.map((part) => `charts/${part}`), ...ENGINES],
  ...Object.fromEntries(
    TOPS.map((top) => [`charts/${top}`, ['charts/core', 'charts/app', ...PARTS.map((p) => `charts/${p}`), ...ENGINES]]),
  ),
};

/** Packages that are loaded on demand, since loading takes long, and the only file that may load each. */
const LOADED_LATE: ReadonlyMap<string, string> = new Map([['yaml', 'kube/yaml.ts']]);

const SOURCES = ROOMS.flatMap((room) => sourcesIn(room));
const IMPORTS = SOURCES.flatMap((file) => importsOf(file));
const describeImport = ({ from, specifier }: Import): string => `${from} imports ${specifier}`;

/** 'charts/core' of charts/core/x, 'kube' of kube/x, 'index' of an entry point. */
function roomOf(file: string): string {
  const [top, folder, more] = file.split('/');
  return top !== 'charts' ? top! : more === undefined ? 'index' : `${top}/${folder}`;
}

/** Imports between rooms that the rules forbid, type-only ones included. */
function wrongDirections(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from, file }) => file !== undefined && roomOf(from) !== 'index')
    .filter(({ from, file }) => {
      const [own, other] = [roomOf(from), roomOf(file!)];
      return own !== other && !ALLOWED[own]?.includes(other);
    })
    .map(describeImport);
}

test('every room has its rule, and every rule its room', () => {
  const rooms = new Set(SOURCES.map(roomOf).filter((room) => room !== 'index'));
  expect([...rooms].sort()).toEqual(Object.keys(ALLOWED).sort());
});

describe('imports point one way', () => {
  test('between the rooms', () => {
    expect(wrongDirections(IMPORTS)).toEqual([]);
    expect(IMPORTS.filter(({ file }) => file !== undefined).length).toBeGreaterThan(300);
  });

  test.each([
    ['charts/core/check.ts', "import { x } from '../pods/image';"],
    ['charts/core/synthesis/graph.ts', "import type { X } from '../../app/eks-app';"],
    ['charts/pods/image.ts', "export { x } from '../network/policy';"],
    ['charts/storage/volumes.ts', "const x = () => import('../app/defaults');"],
    ['charts/app/eks-app.ts', "import { Cluster } from '../cluster/cluster';"],
    ['charts/tenancy/tenant.ts', "import { Cluster } from '../cluster/cluster';"],
    ['charts/cluster/cluster.ts', "type X = import('../workloads/workload').Workload;"],
    ['charts/workloads/worker.ts', "import { EksApp } from '..';"],
    ['charts/workloads/worker.ts', "import { EksApp } from '../index';"],
    ['bin/check.ts', "import { EksApp } from '../charts/app/eks-app';"],
    ['review/levels.ts', "import { x } from '../bin/report';"],
    ['kube/names.ts', "import { x } from '../charts/core/check';"],
    ['charts/app/eks-app.ts', "import { Testing } from '../../testing/testing';"],
    ['kube/names.ts', "import type { X } from '../eks/values';"],
    ['eks/regions.ts', "import { x } from '../eksctl/rules/rule';"],
    ['eksctl/rules/rule.ts', "import { x } from '../../simulator/nodes';"],
    ['simulator/nodes.ts', "import type { X } from '../review/cluster/input';"],
  ])('a wrong one in %s would be found: %s', (file, text) => {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    expect(wrongDirections(importsOf(file, source))).toHaveLength(1);
  });

  test('nothing imports the index of the library, under whatever name', () => {
    const wrong = IMPORTS.filter(
      ({ file, specifier }) =>
        (file !== undefined && /^charts(?:\/index)?$/.test(file)) || specifier.startsWith('cdk8s-eks-patterns'),
    );
    expect(wrong.map(describeImport)).toEqual([]);
  });

  test('no file imports itself in a circle, by types alone included', () => {
    expect(circles(IMPORTS)).toEqual([]);
  });

  test('a circle by types alone would be found', () => {
    const [from, to] = ['charts/cluster/props.ts', 'charts/cluster/user-config.ts'];
    const text = "import type { UserConfig } from './user-config';";
    const back = importsOf(from, ts.createSourceFile(from, text, ts.ScriptTarget.ES2022, true));
    expect(circles([...IMPORTS, ...back])).toEqual([`${from} -> ${to} -> ${from}`]);
  });
});

describe('packages', () => {
  const packages = IMPORTS.filter(({ file }) => file === undefined);

  test('charts/ and testing/ take cdk8s and constructs, bin/ commander, every room what Node has; of cdk8s-plus nothing, of yaml only types', () => {
    const builtin = new Set(builtinModules.map((name) => `node:${name}`));
    const wrong = packages.filter(({ specifier, typeOnly, from }) => {
      if (LOADED_LATE.has(specifier)) {
        return !typeOnly && from !== LOADED_LATE.get(specifier);
      }
      const own = /^(?:charts|testing)\//.test(from)
        ? ['cdk8s', 'constructs']
        : from === 'bin/program.ts'
          ? ['commander']
          : [];
      return !own.includes(specifier) && !builtin.has(specifier);
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
    // the files that run after this one in its batch load it
    jest.dontMock(name);
  });
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
