import { ANNOTATION_PREFIX } from '../kube/labels';

/** The annotation of a waiver, up to the rule. */
export const WAIVER_PREFIX = `${ANNOTATION_PREFIX}/allow.`;

/** For CEL, in a text without space around it: an end at all, and a reason with a date for its end; of leap years it knows nothing. */
export const WITH_END = '(^|\\s)until=\\S*$';
export const DATED =
  '\\S\\s+until=\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|[12]\\d))$';

/** The annotation that waives a rule: names of annotations have one '/', so that of the id becomes '.'. */
export function waiverAnnotation(rule: string): string {
  return WAIVER_PREFIX + rule.replace('/', '.');
}

/** The rule that an annotation waives; undefined for other annotations. */
export function waivedRule(annotation: string): string | undefined {
  return annotation.startsWith(WAIVER_PREFIX) ? annotation.slice(WAIVER_PREFIX.length).replace('.', '/') : undefined;
}

/** What the value of a waiver says. */
export interface WaiverText {
  readonly reason: string;
  readonly until?: string;
  /** What 'until=' has where that is not a date. */
  readonly invalidDate?: string;
}

/** 'the vendor needs it until=2027-03-31'. */
export function parseWaiver(value: string): WaiverText {
  const [, reason = '', date] = /^(.*?)(?:(?:^|\s)until=(\S*)\s*)?$/s.exec(value) ?? [];
  return {
    reason: reason.trim(),
    ...(date === undefined ? {} : isDate(date) ? { until: date } : { invalidDate: date }),
  };
}

function isDate(text: string): boolean {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
