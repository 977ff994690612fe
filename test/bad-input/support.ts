/** The shape of a mistake, and the judge of tables of them. */
import { EksApp, PatternError, PropsError, SynthesisError } from 'cdk8s-eks-patterns';
import { formatFinding } from '../../kube/finding';
import { PATTERNS, synth } from '../support/app';

/** What a user writes by mistake, and what must be said about it. */
export interface Mistake {
  readonly mistake: string;
  /** Throws, or returns an app whose synthesis does. */
  readonly program: () => unknown;
  readonly error: abstract new (...args: never) => PatternError;
  /** Where it says it is. */
  readonly path: string;
  /** Words that tell what is wrong. */
  readonly problem: RegExp;
  /** Words that tell what to write instead. */
  readonly fix: RegExp;
}

/** One line of a table of props: the mistake, what is spread over the least props, and the words. */
export type Row = readonly [mistake: string, props: Record<string, unknown>, problem: RegExp, fix: RegExp];

const IDS = {
  WebService: 'web',
  StatefulService: 'store',
  Worker: 'worker',
  NodeAgent: 'agent',
  BatchJob: 'job',
  ScheduledJob: 'nightly',
} as const;

/** Mistakes in the props of one pattern, which its constructor refuses. */
export function propsOf(pattern: keyof typeof PATTERNS, rows: readonly Row[]): Mistake[] {
  return rows.map(([mistake, props, problem, fix]) => ({
    mistake: `${pattern}: ${mistake}`,
    program: () => PATTERNS[pattern](props),
    error: PropsError,
    path: `prod/shop/${IDS[pattern]}`,
    problem,
    fix,
  }));
}

/** All errors of a program, from its constructors or from its synthesis. */
export function errorsOf(program: () => unknown): readonly PatternError[] {
  try {
    const app = program();
    if (app instanceof EksApp) {
      synth(app);
    }
  } catch (e) {
    if (e instanceof SynthesisError) {
      return e.errors;
    }
    if (e instanceof PatternError) {
      return [e];
    }
    throw e;
  }
  return [];
}

/** Each mistake is refused once, at its place, in words that help. */
export function judge(table: readonly Mistake[]): void {
  test.each(table)('$mistake', ({ program, error, path, problem, fix }) => {
    const errors = errorsOf(program);
    expect(errors.map(({ message }) => message)).toHaveLength(1);
    const [found] = errors as [PatternError];
    expect(found).toBeInstanceOf(error);
    expect(found.constructPath).toBe(path);
    const [finding, ...more] = found.findings;
    expect(more).toEqual([]);
    expect(finding!.message).toMatch(problem);
    expect(finding!.fix).toMatch(fix);
    expect(found.message).toBe(formatFinding(finding!));
  });
}
