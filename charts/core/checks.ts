import type { IConstruct } from 'constructs';
import { type Finding, formatFinding } from '../../kube/finding';
import { constructsOf } from './app-objects';
import { AppSlot } from './app-state';
import { isUnderEksApp } from './eks-app-mark';
import { PatternError } from './errors';

/** What a check says; an error about its own construct unless it says otherwise. */
export type Problem = Pick<Finding, 'rule' | 'message' | 'fix' | 'field'> &
  Partial<Pick<Finding, 'severity' | 'construct' | 'object' | 'docs'>>;

/** Checks what only the whole app can tell; runs once per synthesis. */
export type SynthesisCheck = (report: (problem: Problem) => void) => void;

const checks = new AppSlot<Map<IConstruct, readonly SynthesisCheck[]>>('checks', () => new Map());

/** Adds a check to a construct. Under a plain cdk8s App its errors come through the construct's validation. */
export function addCheck(construct: IConstruct, check: SynthesisCheck): void {
  const all = checks.of(construct);
  all.set(construct, [...(all.get(construct) ?? []), check]);
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
  const all = checks.of(root);
  return constructsOf(root).flatMap((construct) =>
    (all.get(construct) ?? []).flatMap((check) => findingsOf(construct, check)),
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
