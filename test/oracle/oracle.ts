import { spawnSync } from 'node:child_process';

/** One thing that eksctl says against a file, and the step of creating a cluster that says it. */
export interface OracleFinding {
  readonly stage: string;
  readonly msg: string;
}

/** What eksctl's own code says to a file before it makes anything. */
export interface Verdict {
  readonly file: string;
  /** False when it refuses. */
  readonly ok: boolean;
  /** The stage at which it stops. */
  readonly first?: string;
  /** Those of every step, where eksctl stops at the first. */
  readonly errors: readonly OracleFinding[];
  /** Of checks that eksctl has, and that creating a cluster does not ask. */
  readonly extra?: readonly OracleFinding[];
  readonly warnings?: readonly string[];
}

/** eksctl's verdicts on the files, in their order; one process for all. */
export function verdicts(configs: readonly { readonly file: string; readonly yaml: string }[]): Verdict[] {
  const answer = run(['--stdin'], configs.map(({ file, yaml }) => `${JSON.stringify({ file, yaml })}\n`).join(''));
  return answer
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Verdict);
}

/** The JSON schema that eksctl embeds. */
export function oracleSchema(): unknown {
  return JSON.parse(run(['--schema'], ''));
}

function run(args: readonly string[], input: string): string {
  const program = process.env.EKSCTL_ORACLE;
  if (program === undefined) {
    throw new Error('no eksctl-oracle: run these tests with `npm run test:oracle`');
  }
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
  });
  if (status !== 0) {
    throw new Error(`eksctl-oracle failed: ${error?.message ?? stderr}`);
  }
  return stdout;
}
