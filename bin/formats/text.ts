import { type Finding, placeOf, type Severity, sentence, titleOf } from '../../kube/finding';
import { type Format, messageOf, openFindings, printable, summaryOf } from '../report';

const COLORS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, advice: 36 };

/** For people: one paragraph a finding, as compilers print them, and the counts. */
export const text: Format = (report, { color }) => {
  const paint = (code: number, value: string) => (color ? `\u001b[${code}m${value}\u001b[0m` : value);
  const paragraph = (finding: Finding): string => {
    const { severity, rule, fix } = finding;
    const place = finding.file || finding.construct !== undefined ? placeOf(finding) : undefined;
    const head = [
      ...(place === undefined ? [] : [paint(1, `${printable(place)}:`)]),
      paint(COLORS[severity], `${severity}:`),
      printable(messageOf(finding)),
      paint(2, `[${rule}]`),
    ].join(' ');
    const at = detailsOf(finding);
    return [
      head,
      ...(at === '' ? [] : [`  ${paint(2, `at ${printable(at)}`)}`]),
      ...(fix ? [`  ${printable(sentence(fix))}`] : []),
    ].join('\n');
  };
  const accepted = report.findings
    .filter(({ waived }) => waived)
    .map((finding) => {
      const { rule, waived, object } = finding;
      const until = waived?.until === undefined ? '' : ` until ${waived.until}`;
      const subject = object ? titleOf(object) : placeOf(finding);
      return paint(2, printable(`waived${until}: ${subject} [${rule}]: ${waived?.reason}`));
    });
  return `${[...openFindings(report).map(paragraph), ...accepted, summaryOf(report)].join('\n')}\n`;
};

function detailsOf({ object, field, container }: Finding): string {
  return [object ? (field ?? '') : '', container === undefined ? '' : `container '${container}'`]
    .filter((part) => part !== '')
    .join(', ');
}
