import type { IConstruct } from 'constructs';
import { appended } from '../../kube/collections';
import { type Finding, formatFinding } from '../../kube/finding';
import { constructsOf } from './app-objects';
import { AppSlot, isUnderEksApp } from './app-state';
import { PatternError } from './errors';

/** A finding of a check; by default an error of its own construct. */
export type Problem = Pick<Finding, 'rule' | 'message' | 'fix' | 'field'> &
  Partial<Pick<Finding, 'severity' | 'construct' | 'object' | 'docs'>>;

/** A check that needs the whole app; runs once per synthesis. */
export type SynthesisCheck = (report: (problem: Problem) => void) => void;
/** What has such a check. */
export interface AppCheck {
  run(report: (problem: Problem) => void): void;
}
type AnyCheck = SynthesisCheck | AppCheck;

const checks = new AppSlot<Map<IConstruct, readonly AnyCheck[]>>('checks', () => new Map());

const NONE: readonly never[] = [];

/** Adds a check to a construct. In a plain cdk8s App its errors are reported by the validation of the construct. */
export function addCheck(construct: IConstruct, check: AnyCheck): void {
  const all = checks.of(construct);
  all.set(construct, appended(all.get(construct), check));
  if (!isUnderEksApp(construct)) {
    construct.node.addValidation({
      validate: () => {
        const findings: Finding[] = [];
        runCheck(construct, check, findings);
        return findings.filter(({ severity }) => severity === 'error').map(formatFinding);
      },
    });
  }
}

/** The findings of all checks of an app, in construct order. */
export function runChecks(root: IConstruct): Finding[] {
  const all = checks.of(root);
  const findings: Finding[] = [];
  for (const construct of constructsOf(root)) {
    for (const check of all.get(construct) ?? NONE) {
      runCheck(construct, check, findings);
    }
  }
  return findings;
}

/** Runs a check, which adds what it finds. */
function runCheck(construct: IConstruct, check: AnyCheck, findings: Finding[]): void {
  const report = (problem: Problem): void => {
    findings.push({ severity: 'error', construct: construct.node.path, ...problem });
  };
  try {
    if (typeof check === 'function') {
      check(report);
    } else {
      check.run(report);
    }
  } catch (e) {
    // thrown while the check rendered an object
    if (!(e instanceof PatternError)) {
      throw e;
    }
    findings.push(...e.findings);
  }
}
