import type { IConstruct } from 'constructs';
import { type Finding, formatFinding } from '../../kube/finding';
import { isUnderEksApp } from './app-marker';
import { constructsOf } from './app-objects';
import { PatternError } from './errors';

/** What a check says; an error about its own construct unless it says otherwise. */
export type Problem = Pick<Finding, 'rule' | 'message' | 'fix' | 'field'> &
  Partial<Pick<Finding, 'severity' | 'construct' | 'object' | 'docs'>>;

/** Checks what only the whole app can tell; runs once per synthesis. */
export type SynthesisCheck = (report: (problem: Problem) => void) => void;

const checks = new WeakMap<IConstruct, SynthesisCheck[]>();

/** Adds a check to a construct. Under a plain cdk8s App its errors come through the construct's validation. */
export function addCheck(construct: IConstruct, check: SynthesisCheck): void {
  const own = checks.get(construct) ?? [];
  checks.set(construct, [...own, check]);
  if (!isUnderEksApp(construct)) {
    construct.node.addValidation({
      validate: () =>
        findingsOf(construct, check)
          .filter(({ severity }) => severity === 'error')
          .map(formatFinding),
    });
  }
}

/** What all checks of an app found, in construct order. */
export function runChecks(root: IConstruct): Finding[] {
  return constructsOf(root).flatMap((construct) =>
    (checks.get(construct) ?? []).flatMap((check) => findingsOf(construct, check)),
  );
}

function findingsOf(construct: IConstruct, check: SynthesisCheck): Finding[] {
  const findings: Finding[] = [];
  try {
    check((problem) => findings.push({ severity: 'error', construct: construct.node.path, ...problem }));
  } catch (e) {
    // a check that had to render something found an error there
    if (!(e instanceof PatternError)) {
      throw e;
    }
    findings.push(...e.findings);
  }
  return findings;
}
