import * as fs from 'node:fs';
import * as path from 'node:path';
import type { EksApp } from 'cdk8s-eks-patterns';
import { parseAllDocuments } from 'yaml';
import { REPOSITORY, restore } from '../../app/support';
import { PROGRAMS } from '../../golden/programs';
import { quietly, synth } from '../../support/app';
import { eventually } from './eventually';
import type { ClusterConfig } from './nodes';

/** A folder for what the test files of one run share; scripts/test-cluster.mjs makes and removes it. */
const SHARED = process.env.CLUSTER_TEST_RUN!;

/**
 * What main.ts or an example writes, by the name of the program, for looking at only. The first test file that asks runs the
 * program; the others, mostly in processes of their own, get the same folder. That a program of its own process writes the
 * same is for the golden tests: here the starts of Node would be a good part of the work.
 */
export async function outputOf(name: string): Promise<string> {
  const folder = path.join(SHARED, name);
  const { main } = PROGRAMS.find((program) => program.name === name)!;
  if (isFirst(`${folder}.taken`)) {
    runHere(main, `${folder}.new`);
    fs.renameSync(`${folder}.new`, folder);
    return folder;
  }
  return eventually(`another test file has run ${main}`, async () => fs.existsSync(folder) && folder);
}

/** Runs a program as a module of this test file, whose output goes to the folder. */
function runHere(main: string, folder: string): void {
  const { CDK8S_OUTDIR } = process.env;
  try {
    process.env.CDK8S_OUTDIR = folder;
    quietly(() => require(path.join(REPOSITORY, main)));
  } finally {
    restore('CDK8S_OUTDIR', CDK8S_OUTDIR);
  }
}

/** Whether nobody has made this folder before. */
function isFirst(folder: string): boolean {
  try {
    fs.mkdirSync(folder);
    return true;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw e;
    }
    return false;
  }
}

/** Synthesizes an app; the folder is what kubectl is given. */
export function manifestsOf(app: EksApp): string {
  synth(app);
  return app.outdir;
}

/** The ClusterConfig in an output folder; undefined for a cluster that exists already. */
export function clusterConfigIn(folder: string): ClusterConfig | undefined {
  const below = path.join(folder, 'cluster');
  const file = fs.existsSync(below) ? fs.readdirSync(below).find((name) => name.endsWith('.yaml')) : undefined;
  return file === undefined ? undefined : parseAllDocuments(fs.readFileSync(path.join(below, file), 'utf8'))[0]!.toJS();
}
