import type { Severity } from '../../kube/finding';
import { type Format, openFindings, saidOf, summaryOf } from '../report';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', advice: 'notice' };

/**
 * Commands of GitHub Actions, which show findings at their lines in a pull request.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const github: Format = (report) => {
  const lines = openFindings(report).map((finding) => {
    const { severity, rule, file } = finding;
    const properties = {
      ...(file ? { file: file.path } : {}),
      ...(file?.line === undefined ? {} : { line: String(file.line) }),
      title: rule,
    };
    const listed = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
    return `::${COMMANDS[severity]} ${listed.join(',')}::${escapeData(saidOf(finding))}`;
  });
  return `${[...lines, summaryOf(report)].join('\n')}\n`;
};

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
