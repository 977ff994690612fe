import { type Finding, isOpen, type Severity, sentence, titleOf } from '../kube/finding';

/** What a check has found, as formats print it. */
export interface Report {
  readonly findings: readonly Finding[];
  /** Findings of this severity or above fail the check. */
  readonly failOn: Severity;
  readonly objects: number;
  readonly files: number;
  /** Files of folders that hold no manifests. */
  readonly skipped: number;
  readonly hasBaseline: boolean;
  /** Of the package. */
  readonly version: string;
}

/** Turns a report into text. */
export type Format = (report: Report, options: { readonly color: boolean }) => string;

/** From the lightest. */
export const SEVERITIES: readonly Severity[] = ['advice', 'warning', 'error'];

/** Whether a finding fails the check. */
export function fails({ failOn }: Pick<Report, 'failOn'>, finding: Finding): boolean {
  return isOpen(finding) && SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(failOn);
}

/** The findings that count, the most severe first. */
export function openFindings({ findings }: Pick<Report, 'findings'>): Finding[] {
  return [...SEVERITIES]
    .reverse()
    .flatMap((severity) => findings.filter((finding) => finding.severity === severity && isOpen(finding)));
}

/** The message with its object, unless it names the object itself, and the fix; without the place. */
export function saidOf(finding: Finding): string {
  return `${messageOf(finding)}${finding.fix ? ` ${sentence(finding.fix)}` : ''}`;
}

/** The message with its object, unless it names the object itself. */
export function messageOf({ object, field, message }: Finding): string {
  // those of a ClusterConfig rely on the field: 'metadata.region: required'
  const subject = object ? titleOf(object) : field;
  return `${subject === undefined || message.includes(subject) ? '' : `${subject}: `}${message}.`;
}

/** Without characters that a terminal or a log takes as commands: names and values come from the files. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

/** '2 errors, 1 warning, 3 advice'. */
export function countsOf(findings: readonly Finding[]): string {
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return `${counted(of('error'), 'error')}, ${counted(of('warning'), 'warning')}, ${of('advice')} advice`;
}

/** '1 file', '2 files'. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The same as a sentence, with what was read and what is accepted. */
export function summaryOf(report: Report): string {
  const { findings, objects, files, skipped } = report;
  const waived = findings.filter((finding) => finding.waived).length;
  const known = findings.filter((finding) => finding.baselined && !finding.waived).length;
  return [
    `${countsOf(openFindings(report))} in ${counted(objects, 'object')} of ${counted(files, 'file')}`,
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(known > 0 ? [`${known} in the baseline`] : []),
    ...(skipped > 0 ? [`${counted(skipped, 'file')} without manifests skipped`] : []),
  ].join('; ');
}
