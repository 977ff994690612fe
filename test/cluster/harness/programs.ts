import * as fs from 'node:fs';
import * as path from 'node:path';
import type { EksApp } from 'cdk8s-eks-patterns';
import { parseAllDocuments } from 'yaml';
import { synth } from '../../support/app';
import type { ClusterConfig } from './nodes';

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
