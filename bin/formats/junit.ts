import { type Finding, placeOf, titleOf } from '../../kube/finding';
import { type Format, fails, messageOf, saidOf } from '../report';

/** The XML that CI systems read as test results: a finding is a test case. */
export const junit: Format = (report) => {
  const { findings } = report;
  const failures = findings.filter((finding) => fails(report, finding)).length;
  const skipped = findings.filter(({ waived, baselined }) => waived || baselined).length;
  const cases =
    findings.length === 0 ? ['    <testcase classname="review" name="no findings"/>'] : findings.map(caseOf);
  const tests = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cdk8s-eks-patterns" ${tests}>
  <testsuite name="cdk8s-eks-patterns" ${tests}>
${cases.join('\n')}
  </testsuite>
</testsuites>
`;

  function caseOf(finding: Finding): string {
    const { rule, object, file, severity, waived, baselined } = finding;
    const name = object ? titleOf(object) : placeOf(finding);
    const said = textOf(finding);
    const body = waived
      ? `<skipped message="${escaped(`waived: ${waived.reason}`)}"/>`
      : baselined
        ? '<skipped message="in the baseline"/>'
        : fails(report, finding)
          ? `<failure type="${severity}" message="${escaped(messageOf(finding))}">${escaped(said)}</failure>`
          : `<system-out>${escaped(said)}</system-out>`;
    const at = file ? ` file="${escaped(file.path)}"${file.line === undefined ? '' : ` line="${file.line}"`}` : '';
    return `    <testcase classname="${escaped(rule)}" name="${escaped(name)}"${at}>${body}</testcase>`;
  }
};

function textOf(finding: Finding): string {
  const { severity, rule, field } = finding;
  const at = field === undefined ? '' : ` (${field})`;
  return `${placeOf(finding)}${at}: ${severity}: ${saidOf(finding)} [${rule}]`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Also without the control characters that XML has no way to write. */
function escaped(text: string): string {
  return text
    .replace(/[^\P{C}\t\n\r]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
