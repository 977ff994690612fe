import { type Finding, lineOf } from '../finding';

/** Findings of one kind that a message shows. */
const PER_KIND = 100;
/** Findings that a message shows in all. */
const LINES = 300;

/** A file that isn't a valid ClusterConfig. Contains every finding; the message shows at most 100 of one kind. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** All findings, in the order of the file. */
  declare readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(summary(findings));
    // Node would print an own property of an uncaught error again, and the stack leads through this library
    Object.defineProperty(this, 'findings', { value: findings });
    this.stack = `${this.name}: ${this.message}`;
  }
}

function summary(findings: readonly Finding[]): string {
  const seen = new Map<string, number>();
  const shown = findings
    .filter((finding) => {
      const nth = (seen.get(kindOf(finding)) ?? 0) + 1;
      seen.set(kindOf(finding), nth);
      return nth <= PER_KIND;
    })
    .slice(0, LINES);
  const more = findings.length - shown.length;
  return [
    `${findings.length === 1 ? '1 error' : `${counted(findings.length)} errors`} in the ClusterConfig:`,
    ...shown.map((finding) => `  - ${lineOf(finding)}`),
    ...(more === 0 ? [] : [`  ... and ${counted(more)} more`]),
  ].join('\n');
}

/** Equal for findings of one rule with the same message, apart from names and numbers. */
function kindOf({ rule, message }: Finding): string {
  return `${rule} ${message.replace(/'[^']*'/g, "''").replace(/\d+/g, '0')}`;
}

const counted = (n: number): string => n.toLocaleString('en-US');
