import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { node, REPOSITORY, wholeTree } from '../app/support';

/** A program whose output is committed beside it. */
export interface Program {
  /** 'main' or the name of the example. */
  readonly name: string;
  /** Relative to the repository, as are the folders below. */
  readonly main: string;
  readonly dist: string;
}

/** main.ts and every example. */
export const PROGRAMS: readonly Program[] = [
  { name: 'main', main: 'main.ts', dist: 'dist' },
  ...fs
    .readdirSync(path.join(REPOSITORY, 'examples'))
    .sort()
    .map((name) => ({ name, main: `examples/${name}/main.ts`, dist: `examples/${name}/dist` }))
    .filter(({ main }) => fs.existsSync(path.join(REPOSITORY, main))),
];

/** The committed files of a program, the list of them included. */
export const committed = ({ dist }: Program): Record<string, string> => wholeTree(path.join(REPOSITORY, dist));

const ESBUILD = path.join(REPOSITORY, 'node_modules', 'esbuild', 'bin', 'esbuild');

/** What the programs import by its name, below the folder. */
const MODULES = 'modules';

/**
 * Compiles all programs at once into a folder, and the library once beside them. That takes a part of the time of tsx for
 * each of them; the programs as the CLI runs them are what `npm run generated` compares.
 */
async function compilePrograms(folder: string): Promise<void> {
  const options = ['--bundle', '--platform=node', '--packages=external', '--log-level=error'];
  const compile = (...args: string[]) =>
    // the file is a program of the machine or a script, whichever npm has put there
    promisify(execFile)(ESBUILD, [...options, ...args], { cwd: REPOSITORY });
  const mains = PROGRAMS.map(({ main }) => main);
  await Promise.all([
    // without the paths of tsconfig.json the library is a package like any other
    compile(...mains, '--outbase=.', `--outdir=${folder}`, '--tsconfig-raw={}'),
    compile('charts/index.ts', `--outfile=${path.join(folder, MODULES, 'cdk8s-eks-patterns', 'index.js')}`),
  ]);
  fs.symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules'));
}

/** Runs compiled programs in one process, which loads cdk8s once: each with the folder of its output. */
const RUN_ALL = `
for (const [main, folder] of JSON.parse(process.argv[1])) {
  process.env.CDK8S_OUTDIR = folder;
  require(main);
}`;

/** Runs every program, each into a folder of its own below the root; the folders by the names of the programs. */
export async function runPrograms(root: string): Promise<ReadonlyMap<string, string>> {
  const compiled = path.join(root, 'compiled');
  await compilePrograms(compiled);
  const runs = PROGRAMS.map(({ name, main }) => ({
    name,
    main: path.join(compiled, main.replace(/\.ts$/, '.js')),
    folder: path.join(root, name),
  }));
  const list = JSON.stringify(runs.map(({ main, folder }) => [main, folder]));
  const { status, output } = await node(['--eval', RUN_ALL, list], REPOSITORY, {
    NODE_PATH: path.join(compiled, MODULES),
  });
  if (status !== 0) {
    throw new Error(`a program failed:\n${output}`);
  }
  return new Map(runs.map(({ name, folder }) => [name, folder]));
}

// biome-ignore lint/suspicious/noExplicitAny: tests walk into plain YAML
export type Manifest = any;

/** The manifests of a program, each with its place for messages. */
export function manifests(program: Program): readonly { readonly at: string; readonly manifest: Manifest }[] {
  return Object.entries(committed(program))
    .filter(([file]) => file.endsWith('.yaml'))
    .flatMap(([file, text]) =>
      parseAllDocuments(text).map((document) => {
        const manifest: Manifest = document.toJSON();
        return { at: `${program.dist}/${file}: ${manifest?.kind} ${manifest?.metadata?.name}`, manifest };
      }),
    );
}
