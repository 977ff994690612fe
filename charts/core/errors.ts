import { type Finding, formatFinding } from '../../kube/finding';

/** Base of all errors of the library: what it says is one finding or several. */
export abstract class PatternError extends Error {
  /** What is wrong, as data: rule, place, message, fix. */
  readonly findings: readonly Finding[];

  protected constructor(findings: readonly Finding[]) {
    super(findings.map(formatFinding).join('\n'));
    this.findings = findings;
  }

  /** Path of the construct of the first finding: 'prod/shop/web'. */
  get constructPath(): string {
    return this.findings[0]?.construct ?? '';
  }
}

/** A prop that is invalid on its own; thrown by the constructor. */
export class PropsError extends PatternError {
  override readonly name = 'PropsError';
  constructor(...findings: readonly Finding[]) {
    super(findings);
  }
}

/** Objects that contradict each other or refer to nothing; found over the whole app at synthesis. */
export class ManifestError extends PatternError {
  override readonly name = 'ManifestError';
  constructor(...findings: readonly Finding[]) {
    super(findings);
  }
}

/** A requirement that the cluster does not meet. */
export class RequirementError extends PatternError {
  override readonly name = 'RequirementError';
  constructor(...findings: readonly Finding[]) {
    super(findings);
  }
}

/** The error that stands for a finding. */
export function errorOf(finding: Finding): PatternError {
  const [topic] = finding.rule.split('/');
  switch (topic) {
    case 'props':
      return new PropsError(finding);
    case 'requirements':
      return new RequirementError(finding);
    default:
      return new ManifestError(finding);
  }
}

/** Errors of one kind that a message shows. */
const PER_KIND = 10;
/** Lines that a message of many kinds shows. */
const LINES = 80;

/** Everything that synthesis found, at once. The message shows a few errors of each kind. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
  /** The single errors, in construct order: all of them. */
  declare readonly errors: readonly PatternError[];

  constructor(errors: readonly PatternError[]) {
    super(summary(errors));
    // Node prints the errors of an array of this name once more, each with its stack, unless it stands behind a getter
    Object.defineProperty(this, 'errors', { get: () => errors });
    // where synthesis throws says nothing about the mistake
    this.stack = `${this.name}: ${this.message}`;
  }

  /** What is wrong, as data. */
  get findings(): readonly Finding[] {
    return this.errors.flatMap(({ findings }) => findings);
  }
}

function summary(errors: readonly PatternError[]): string {
  const count = `${counted(errors.length)} ${errors.length === 1 ? 'error' : 'errors'}, nothing was written`;
  const totals = new Map<string, number>();
  for (const error of errors) {
    totals.set(kindOf(error), (totals.get(kindOf(error)) ?? 0) + 1);
  }
  const lines: string[] = [];
  const seen = new Map<string, number>();
  let shown = 0;
  for (const error of errors) {
    const kind = kindOf(error);
    const nth = (seen.get(kind) ?? 0) + 1;
    const total = totals.get(kind) ?? 0;
    if (nth > PER_KIND || lines.length >= LINES) {
      continue;
    }
    seen.set(kind, nth);
    lines.push(`  - ${error.message}`);
    shown++;
    if (nth === PER_KIND && total > PER_KIND) {
      lines.push(`    … and ${counted(total - PER_KIND)} more of this kind`);
      shown += total - PER_KIND;
    }
  }
  if (shown < errors.length) {
    lines.push(`  … and ${counted(errors.length - shown)} more`);
  }
  // the first line of a long message has scrolled away
  return [`${count}:`, ...lines, ...(lines.length > 20 || shown > lines.length ? [`${count}.`] : [])].join('\n');
}

/** Equal for errors of one cause: the rule, and its message without names, numbers and the construct path. */
function kindOf({ constructPath, findings }: PatternError): string {
  const text = findings.map(({ rule, message }) => `${rule}\0${message}`).join('\0');
  return (constructPath ? text.replaceAll(constructPath, '') : text).replace(/'[^']*'/g, "''").replace(/\d+/g, '0');
}

const counted = (n: number): string => n.toLocaleString('en-US');
