import { type Finding, formatFinding } from '../../kube/finding';

/** Base of all errors of the library: what it says is one finding or several. */
export abstract class PatternError extends Error {
  /** What is wrong, as data: rule, place, message, fix. */
  readonly findings: readonly Finding[];

  protected constructor(findings: readonly Finding[]) {
    super(findings.map(formatFinding).join('\n'));
    this.findings = findings;
  }

  /** Path of the construct of the first finding: 'prod/shop/web'. */
  get constructPath(): string {
    return this.findings[0]?.construct ?? '';
  }
}

/** A prop that is invalid on its own; thrown by the constructor. */
export class PropsError extends PatternError {
  override readonly name = 'PropsError';
  constructor(...findings: readonly Finding[]) {
    super(findings);
  }
}

/** Objects that contradict each other or refer to nothing; found over the whole app at synthesis. */
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

/** The error that stands for a finding. */
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

  /** What is wrong, as data. */
  get findings(): readonly Finding[] {
    return this.errors.flatMap(({ findings }) => findings);
  }
}
