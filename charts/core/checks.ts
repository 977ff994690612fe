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

/** Adds a check to a construct. In a plain cdk8s App its errors are reported by the validation of the construct. */
export function addCheck(construct: IConstruct, check: AnyCheck): void {
  const all = checks.of(construct);
  all.set(construct, appended(all.get(construct), check));
  if (!isUnderEksApp(construct)) {
    construct.node.addValidation({
      validate: () =>
        findingsOf(construct, check)
          .filter(({ severity }) => severity === 'error')
          .map(formatFinding),
    });
  }
}

/** The findings of all checks of an app, in construct order. */
export function runChecks(root: IConstruct): Finding[] {
  const all = checks.of(root);
  return constructsOf(root).flatMap((construct) =>
    (all.get(construct) ?? []).flatMap((check) => findingsOf(construct, check)),
  );
}

function findingsOf(construct: IConstruct, check: AnyCheck): Finding[] {
  const findings: Finding[] = [];
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
  return findings;
}
