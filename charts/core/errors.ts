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

/** Everything that synthesis found, at once. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
  /** The single errors, in construct order. */
  readonly errors: readonly PatternError[];

  constructor(errors: readonly PatternError[]) {
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    super(`${count}, nothing was written:\n${errors.map((e) => `  - ${e.message}`).join('\n')}`);
    this.errors = errors;
  }
}
