import * as fs from 'node:fs';
import * as path from 'node:path';
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

/** Runs a program, whose output goes to the folder. */
async function runProgram(main: string, folder: string): Promise<string> {
  const { status, output } = await node(['--import', 'tsx', main], REPOSITORY, { CDK8S_OUTDIR: folder });
  if (status !== 0) {
    throw new Error(`${main} failed:\n${output}`);
  }
  return folder;
}

/** Runs every program, each into a folder of its own below the root; the folders by the names of the programs. */
export async function runPrograms(root: string): Promise<ReadonlyMap<string, string>> {
  const folders = PROGRAMS.map(
    async ({ name, main }) => [name, await runProgram(main, path.join(root, name))] as const,
  );
  return new Map(await Promise.all(folders));
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
