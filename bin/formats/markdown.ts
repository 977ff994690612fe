import { sentence, titleOf } from '../../kube/finding';
import { type Format, messageOf, openFindings, summaryOf } from '../report';

/** A table for the comment of a pull request. */
export const markdown: Format = (report) => {
  const open = openFindings(report);
  const rows = open.map((finding) => {
    const { severity, object, message, fix, rule, file } = finding;
    const place = file ? `\`${file.path}${file.line === undefined ? '' : `:${file.line}`}\`` : '';
    const cells = [
      severity,
      [object ? titleOf(object) : '', place].filter((part) => part !== '').join('<br>'),
      `${escaped(object ? `${message}.` : messageOf(finding))}${fix ? `<br>${escaped(sentence(fix))}` : ''}`,
      `\`${rule}\``,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const table = ['| severity | where | what | rule |', '| --- | --- | --- | --- |', ...rows, ''];
  return [`**Review of the manifests:** ${summaryOf(report)}`, '', ...(open.length > 0 ? table : [])].join('\n');
};

/** Text without meaning for Markdown and HTML, on one line. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replace(/\r?\n/g, '<br>');
}
