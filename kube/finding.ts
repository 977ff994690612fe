/** An error fails the synthesis, a warning is printed, advice is shown on request. */
export type Severity = 'error' | 'warning' | 'advice';

/** The Kubernetes object that a finding is about. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  /** Missing for cluster-scoped kinds. */
  readonly namespace?: string;
  readonly name: string;
}

/** Where a document stands. */
export interface FilePlace {
  /** As it was given, or relative to the output folder. */
  readonly path: string;
  /** The document's position in the file, from 0. */
  readonly index?: number;
  /** From 1. */
  readonly line?: number;
}

/** What a rule, a check or a constructor has found. */
export interface Finding {
  /** The id of the rule: 'references/missing', 'N12' of a ClusterConfig, 'props/invalid'. */
  readonly rule: string;
  readonly severity: Severity;
  readonly object?: ObjectReference;
  /** The field, as in 'spec.template.spec.containers[0].image'; of props the prop: 'replicas.min'. */
  readonly field?: string;
  /** The name of the container that the field is in. */
  readonly container?: string;
  readonly file?: FilePlace;
  /** The path of the construct: 'prod/shop/web'. */
  readonly construct?: string;
  /** What is invalid, its value, and what is allowed; one sentence without its full stop. */
  readonly message: string;
  /** What to write instead; one sentence without its full stop. */
  readonly fix?: string;
  /** A page that explains the rule. */
  readonly docs?: string;
  /** The prop to change, where the object belongs to a pattern: 'resources', 'customize.deployment'. */
  readonly prop?: string;
  /** The waiver that covers it: it is listed, but neither fails nor warns. */
  readonly waived?: WaivedBy;
  /** Whether the baseline has it: it is listed, but neither fails nor warns. */
  readonly baselined?: boolean;
}

/** Why a finding is accepted. */
export interface WaivedBy {
  readonly reason: string;
  /** The last day on which the waiver holds: '2027-03-31'. */
  readonly until?: string;
}

/** Whether a finding is neither waived nor in the baseline. */
export function isOpen({ waived, baselined }: Finding): boolean {
  return waived === undefined && baselined !== true;
}

/** A finding as one line: place, prop, message, fix, and the id of the rule in brackets. */
export function formatFinding(finding: Finding): string {
  const { message, fix, rule, prop } = finding;
  return `${placeOf(finding)}${prop === undefined ? '' : ` (${prop})`}: ${message}.${fix ? ` ${sentence(fix)}` : ''} [${rule}]`;
}

/** The construct where there is one, else the file or the object. */
export function placeOf({ construct, file, object }: Finding): string {
  if (construct !== undefined) {
    return construct || '(app)';
  }
  if (file) {
    return file.line === undefined ? file.path : `${file.path}:${file.line}`;
  }
  return object ? titleOf(object) : '(app)';
}

/** "Deployment 'shop/web'", for messages. */
export function titleOf({ kind, namespace, name }: Omit<ObjectReference, 'apiVersion'>): string {
  return `${kind} '${namespace === undefined ? '' : `${namespace}/`}${name}'`;
}

/** A fix as a sentence of its own. */
export function sentence(fix: string): string {
  return `${fix.charAt(0).toUpperCase()}${fix.slice(1)}${fix.endsWith('?') ? '' : '.'}`;
}
