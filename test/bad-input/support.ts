/** The shape of a mistake, and the judge of tables of them. */

import { EksApp, PatternError, PropsError, SynthesisError } from 'cdk8s-eks-patterns';
import { formatFinding } from '../../kube/finding';
import { RULES } from '../../review/rules';
import { PATTERNS, synth } from '../support/app';

/** What a user writes by mistake, and what must be said about it. */
export interface Mistake {
  readonly mistake: string;
  /** Throws, or returns an app whose synthesis does. */
  readonly program: () => unknown;
  readonly error: abstract new (...args: never) => PatternError;
  /** Where it says it is. */
  readonly path: string;
  /** The id of the rule, such as 'props/required'; words of the message in tables that are not converted yet. */
  readonly problem: string | RegExp;
  /** The field, such as 'replicas.min' ('' is the construct itself); words of the fix in tables that are not converted yet. */
  readonly fix: string | RegExp;
  /** What the message must name besides the place: the other object, or the variable. */
  readonly names?: string;
}

/** One line of a table of props: the mistake, what is spread over the least props, the rule and the field. */
export type Row = readonly [
  mistake: string,
  props: Record<string, unknown>,
  rule: string | RegExp,
  field: string | RegExp,
];

const IDS = {
  WebService: 'web',
  StatefulService: 'store',
  Worker: 'worker',
  NodeAgent: 'agent',
  BatchJob: 'job',
  ScheduledJob: 'nightly',
  ScaledJob: 'encoder',
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

const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

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
  test.each(table)('$mistake', ({ program, error, path, problem, fix, names = '' }) => {
    // the least objects that a rule is about may break others
    const isRule = typeof problem === 'string' && RULE_IDS.has(problem);
    const errors = errorsOf(program).filter(({ findings }) => !isRule || findings[0]!.rule === problem);
    expect(errors.map(({ message }) => message)).toHaveLength(1);
    const [found] = errors as [PatternError];
    expect(found).toBeInstanceOf(error);
    expect(found.constructPath).toBe(path);
    const [finding, ...more] = found.findings;
    expect(more).toEqual([]);
    if (typeof problem === 'string') {
      expect([finding!.rule, finding!.field ?? '']).toEqual([problem, fix]);
    } else {
      expect(finding!.message).toMatch(problem);
      expect(finding!.fix).toMatch(fix);
    }
    expect(finding!.message).toContain(names);
    expect(finding!.message.length).toBeGreaterThan(10);
    expect(finding!.fix!.length).toBeGreaterThan(5);
    expect(found.message).toBe(formatFinding(finding!));
  });
}

/** Arguments that a static factory refuses: what is wrong, the call, the rule, and the field. */
export const factory = (
  path: string,
  rows: readonly (readonly [mistake: string, program: Mistake['program'], rule: string, field: string])[],
): Mistake[] =>
  rows.map(([mistake, program, problem, fix]) => ({
    mistake: `${path}: ${mistake}`,
    program,
    error: PropsError,
    path,
    problem,
    fix,
  }));
