import { type Finding, lineOf } from '../finding';

/** A file that is no ClusterConfig; everything that is wrong with it, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** What is wrong, in the order of the file. */
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const count = findings.length === 1 ? '1 error' : `${findings.length} errors`;
    super(`${count} in the ClusterConfig:\n${findings.map((finding) => `  - ${lineOf(finding)}`).join('\n')}`);
    this.findings = findings;
  }
}
