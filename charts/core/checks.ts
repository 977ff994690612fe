import type { IConstruct } from 'constructs';
import { isUnderEksApp } from './app-marker';
import { PatternError } from './errors';

/** Where a check puts what it finds. */
export interface Report {
  /** Synthesis fails, after all checks have run. */
  error(error: PatternError): void;
  /** Told to the user; synthesis goes on. */
  warn(construct: IConstruct, message: string): void;
}

/** Judges what only the whole app can tell; runs once a synthesis. */
export type SynthesisCheck = (report: Report) => void;

const checks = new WeakMap<IConstruct, SynthesisCheck[]>();
/** Adds a check to a construct. Under a plain cdk8s App its errors come through the construct's validation. */
export function addCheck(construct: IConstruct, check: SynthesisCheck): void {
  const own = checks.get(construct) ?? [];
  checks.set(construct, [...own, check]);
  if (!isUnderEksApp(construct)) {
    construct.node.addValidation({
      validate: () => {
        const found: string[] = [];
        check({ error: (e) => found.push(e.message), warn: () => undefined });
        return found;
      },
    });
  }
}

/** What all checks of an app found, in construct order. */
export function runChecks(root: IConstruct): { errors: PatternError[]; warnings: string[] } {
  const errors: PatternError[] = [];
  const warnings: string[] = [];
  const report: Report = {
    error: (e) => errors.push(e),
    warn: (construct, message) => warnings.push(`${construct.node.path}: ${message}`),
  };
  const visit = (construct: IConstruct) => {
    for (const check of checks.get(construct) ?? []) {
      try {
        check(report);
      } catch (e) {
        // a check that had to render something found an error there
        if (!(e instanceof PatternError)) {
          throw e;
        }
        errors.push(e);
      }
    }
    for (const child of construct.node.children) {
      visit(child);
    }
  };
  visit(root);
  return { errors, warnings };
}
