/** Base of all errors: the message is construct path, problem, fix. */
export abstract class PatternError extends Error {
  /** Where: 'prod/shop/web'. */
  readonly constructPath: string;
  /** What is wrong. */
  readonly problem: string;
  /** What to write instead. */
  readonly fix: string;

  protected constructor(constructPath: string, problem: string, fix: string) {
    super(`${constructPath || '(app)'}: ${problem}. ${sentence(fix)}`);
    this.constructPath = constructPath;
    this.problem = problem;
    this.fix = fix;
  }
}

/** What to write, as a sentence of its own. */
export function sentence(fix: string): string {
  return `${fix.charAt(0).toUpperCase()}${fix.slice(1)}${fix.endsWith('?') ? '' : '.'}`;
}

/** A prop that can be judged alone; thrown by the constructor. */
export class PropsError extends PatternError {
  override readonly name = 'PropsError';
  constructor(constructPath: string, problem: string, fix: string) {
    super(constructPath, problem, fix);
  }
}

/** Objects that contradict each other or refer to nothing; found over the whole app at synthesis. */
export class ManifestError extends PatternError {
  override readonly name = 'ManifestError';
  constructor(constructPath: string, problem: string, fix: string) {
    super(constructPath, problem, fix);
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

/** Equal for errors of one cause: problem and fix without names, numbers and the construct path. */
function kindOf({ constructPath, problem, fix }: PatternError): string {
  const text = `${problem}\0${fix}`;
  return (constructPath ? text.replaceAll(constructPath, '') : text).replace(/'[^']*'/g, "''").replace(/\d+/g, '0');
}

const counted = (n: number): string => n.toLocaleString('en-US');
