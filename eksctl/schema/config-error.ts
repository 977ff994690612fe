import type { Finding } from '../rules/rule';

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

function lineOf({ rule, path, problem, fix }: Finding): string {
  const end = fix.endsWith('?') ? '' : '.';
  return `${path === '' ? '' : `${path}: `}${problem}. ${fix.charAt(0).toUpperCase()}${fix.slice(1)}${end} [${rule}]`;
}
