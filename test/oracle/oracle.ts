import { answers, type Program, run } from './program';

export const EKSCTL: Program = { name: 'eksctl-oracle', variable: 'EKSCTL_ORACLE' };

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
  return answers(
    EKSCTL,
    '--stdin',
    configs.map(({ file, yaml }) => ({ file, yaml })),
  );
}

/** The JSON schema that eksctl embeds. */
export function oracleSchema(): unknown {
  return JSON.parse(run(EKSCTL, '--schema', ''));
}
