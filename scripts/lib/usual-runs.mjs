// Runs what most users run, to see which functions of the package that takes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { functionsRun } from './early-functions.mjs';

/** The first program with the package of a folder, and a review of what it writes: the functions that ran, as `functionsRun` has them. */
export async function usualRuns(root, folder) {
  const scratch = mkdtempSync(join(tmpdir(), 'usual-'));
  try {
    const program = join(scratch, 'program.js');
    const ours = ({ onResolve }) =>
      onResolve({ filter: /^cdk8s-eks-patterns$/ }, () => ({
        path: join(folder, 'charts', 'index.js'),
        external: true,
      }));
    await build({
      entryPoints: [join(root, 'examples', 'first-program', 'main.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      plugins: [{ name: 'ours', setup: ours }],
      logLevel: 'warning',
    });
    const coverage = join(scratch, 'coverage');
    mkdirSync(coverage);
    for (const args of [[program], [join(folder, 'bin', 'cli.js'), 'check', 'dist']]) {
      const env = { ...process.env, NODE_V8_COVERAGE: coverage };
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: scratch, env, encoding: 'utf8' });
      if (status !== 0) {
        throw new Error(`${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
      }
    }
    return functionsRun(coverage);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
