import { type Finding, formatFinding } from '../../kube/finding';
import { showPlaceOnly } from './error-place';

/** Base of all errors of the library: one or more findings. */
export abstract class PatternError extends Error {
  /** The findings: rule, place, message and fix. */
  declare readonly findings: readonly Finding[];

  protected constructor(findings: readonly Finding[]) {
    super(findings.map(formatFinding).join('\n'));
    // Node would print an own property of an uncaught error again
    Object.defineProperty(this, 'findings', { value: findings });
    showPlaceOnly(this);
  }

  /** The path of the construct of the first finding: 'prod/shop/web'. */
  get constructPath(): string {
    return this.findings[0]?.construct ?? '';
  }
}

/** Props that are invalid on their own; thrown by the constructor. */
export class PropsError extends PatternError {
  override readonly name = 'PropsError';
  constructor(...findings: readonly Finding[]) {
    super(findings);
  }
}

/** Objects that contradict each other, or refer to objects that do not exist; found at synthesis. */
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

/** The error of a finding; its class depends on the topic of the rule. */
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

/** The number of errors of one kind in a message. */
const PER_KIND = 10;
/** The number of lines in a message of many kinds. */
const LINES = 80;

/** All errors of a synthesis. The message has a few of each kind. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
  /** All errors, in construct order. */
  declare readonly errors: readonly PatternError[];

  constructor(errors: readonly PatternError[]) {
    super(summary(errors));
    // Node would print an own property of this name again, each error with its stack
    Object.defineProperty(this, 'errors', { get: () => errors });
    // the stack of the synthesis does not help to find the mistake
    this.stack = `${this.name}: ${this.message}`;
  }

  /** The findings of all errors. */
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
  // repeated at the end, since the first line of a long message has scrolled away
  return [`${count}:`, ...lines, ...(lines.length > 20 || shown > lines.length ? [`${count}.`] : [])].join('\n');
}

/** The rule, and its message without names, numbers and the construct path: equal for errors of one cause. */
function kindOf({ constructPath, findings }: PatternError): string {
  const text = findings.map(({ rule, message }) => `${rule}\0${message}`).join('\0');
  return (constructPath ? text.replaceAll(constructPath, '') : text).replace(/'[^']*'/g, "''").replace(/\d+/g, '0');
}

const counted = (n: number): string => n.toLocaleString('en-US');
