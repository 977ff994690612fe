import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { loadYaml } from '../../kube/yaml';
import { CONSTRUCT_METADATA, type OutputSummary, writeOutput } from '../core/synthesis/files';
import { LIST, parseList, STATE } from '../core/synthesis/own-files';
import type { ReviewContext } from './review-plugin';

/** In the staging folder: where its files go, once the validations of the CLI have passed. */
const TARGET = `${STATE}.target`;

interface Target {
  readonly dir: string;
  readonly extension: string;
  readonly recursive: boolean;
}

/**
 * A validation of the cdk8s CLI that finds nothing: with it, `dist/` gets the files of an EksApp only after every validation of
 * `cdk8s.yaml` has passed, and stays as it was when one fails. Without it, an EksApp writes `dist/` before the CLI validates.
 *
 * @example
 * // cdk8s.yaml
 * // output: .synth
 * // validations:
 * //   - package: ./node_modules/cdk8s-eks-patterns
 * //     version: 0.1.0
 * //     class: Promotion
 */
export class Promotion {
  /** Called by the CLI. */
  async validate({ manifests, report }: Pick<ReviewContext, 'manifests' | 'report'>): Promise<void> {
    const staged = stagedFolders(manifests);
    // the CLI runs all validations, and then ends with 0 if none has failed
    process.once('exit', (code) => {
      if (code === 0) {
        promoteAll(staged);
      }
    });
    report.submit('success', { promotes: String(staged.length) });
  }
}

/** Whether the CLI that runs this program validates its files, and promotes them then. */
export function isPromotedByCli(): boolean {
  // the CLI asks for metadata where it has validations to run
  if (process.env.CDK8S_RECORD_CONSTRUCT_METADATA !== 'true' || !existsSync('cdk8s.yaml')) {
    return false;
  }
  const config: unknown = loadYaml().parse(readFileSync('cdk8s.yaml', 'utf8'));
  const { validations } = (config ?? {}) as { readonly validations?: unknown };
  return Array.isArray(validations) && validations.some((one) => one?.class === 'Promotion');
}

/** The file that tells the CLI's process where staged files go. */
export function targetFile(target: Target): readonly [path: string, text: string] {
  return [TARGET, `${JSON.stringify({ ...target, dir: path.resolve(target.dir) })}\n`];
}

/** The folders above the files that an EksApp has staged. */
function stagedFolders(files: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = path.dirname(path.resolve(file)); !folders.has(folder); folder = path.dirname(folder)) {
      folders.add(folder);
    }
  }
  return [...folders].filter((folder) => existsSync(path.join(folder, TARGET))).sort();
}

function promoteAll(staged: readonly string[]): void {
  try {
    for (const folder of staged) {
      const warning = promote(folder);
      if (warning !== undefined) {
        console.warn(warning);
      }
    }
  } catch (e) {
    console.error((e as Error).message);
    process.exitCode = 1;
  }
}

function promote(folder: string): string | undefined {
  const target: Target = JSON.parse(readFileSync(path.join(folder, TARGET), 'utf8'));
  const names = parseList(readFileSync(path.join(folder, LIST), 'utf8'));
  const files = names
    .filter((name) => name !== TARGET && name !== CONSTRUCT_METADATA)
    .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')] as const);
  const shown = path.relative(process.cwd(), target.dir) || '.';
  return removalOf(shown, writeOutput({ ...target, files: new Map(files) }));
}

/** Says which files were removed; undefined where none were. */
export function removalOf(outdir: string, { removed }: Pick<OutputSummary, 'removed'>): string | undefined {
  const shown = removed.slice(0, 10).map((file) => path.join(outdir, file));
  const more = removed.length > shown.length ? `, and ${removed.length - shown.length} more` : '';
  const count = `${removed.length} ${removed.length === 1 ? 'file' : 'files'}`;
  return removed.length === 0 ? undefined : `removed ${count}: ${shown.join(', ')}${more}`;
}
