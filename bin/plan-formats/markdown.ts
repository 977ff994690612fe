import { titleOf } from '../../kube/finding';
import type { RemedyStep, Risk } from '../../review/plan/model';
import { escaped } from '../formats/markdown';
import type { ClusterChange } from '../plan';
import { changeText, countsOfPlan, type Entry, entriesOf, type PlanFormat, stepText, VERDICTS } from './entries';

/** Emoji of GitHub stand out in a table; other sites show their names. */
const MARKS: Readonly<Record<Risk, string>> = { danger: ':red_circle:', notice: ':yellow_circle:', none: '' };
/** GitHub refuses a comment of more than 65,536 characters. */
const MAX_LENGTH = 60_000;
/** Of these, so many are for the table; the rest is for steps and details. */
const MAX_TABLE = 40_000;

/** For the comment of a pull request: one table, the worst first, and the details folded. */
export const markdown: PlanFormat = (report) => {
  const { entries, others } = entriesOf(report);
  const head = `**Plan of the apply:** ${escaped(countsOfPlan(report))}, against ${escaped(report.from)}`;
  const unread = report.unread.map(({ message }) => `Not read: ${escaped(message)}`);
  const rows = [
    ...entries.map((entry) => `| ${MARKS[entry.risk]} | ${verdictCell(entry)} | ${whatCell(entry)} |`),
    ...others.map(({ risk, text }) => `| ${MARKS[risk]} |  | ${escaped(text)} |`),
  ];
  const clusters = report.clusters.flatMap(clusterLines);
  const table = rows.length === 0 ? [] : ['|  | object | what happens |', '| --- | --- | --- |', ...fitting(rows), ''];
  const lines = [head, '', ...unread, ...(unread.length > 0 ? [''] : []), ...table, ...clusters];
  return `${withDetails(lines.join('\n'), entries.map(detailsOf))}`;
};

/** As many rows as the table has room for; the worst come first. */
function fitting(rows: readonly string[]): string[] {
  let length = 0;
  const count = rows.findIndex((row) => {
    length += row.length + 1;
    return length > MAX_TABLE;
  });
  return count < 0
    ? [...rows]
    : [...rows.slice(0, count), `|  |  | and ${rows.length - count} more: run the command |`];
}

/** The steps in their order, as a list. */
function clusterLines({ name, steps, ignored, newCluster }: ClusterChange): string[] {
  return [
    `**Cluster ${escaped(name)}:**`,
    '',
    ...steps.flatMap((step) => [
      `1. ${MARKS[step.risk]} ${escaped(stepText(step))}`.replace(/ {2,}/, ' '),
      ...(step.command === undefined ? [] : ['', '   ```sh', `   ${step.command}`, '   ```', '']),
    ]),
    ...newCluster.map(({ field, text }) => `- ${MARKS.danger} \`${field}\`: ${escaped(text)}`),
    ...ignored.map(({ field, text }) => `- \`${field}\`: ignored: ${escaped(text)}`),
    '',
  ];
}

function verdictCell({ object: { object, verdict, was } }: Entry): string {
  return `${VERDICTS[verdict]}<br>${escaped(titleOf(object))}${was ? `<br>was ${escaped(titleOf(was))}` : ''}`;
}

function whatCell({ object: { refusals, condition }, effects }: Entry): string {
  return [
    ...refusals.map(({ field, reason }) => `\`${field}\`: ${escaped(reason)}`),
    ...(condition === undefined ? [] : [escaped(condition)]),
    ...effects.map(({ text }) => escaped(text)),
  ].join('<br>');
}

/** The fields, and the steps; '' where there are none. */
function detailsOf({ object: { object, fields, remedy }, effects }: Entry): string {
  const steps = [...(remedy ?? []), ...effects.flatMap((effect) => effect.remedy ?? [])];
  if (fields.length === 0 && steps.length === 0) {
    return '';
  }
  return [
    `<details><summary>${escaped(titleOf(object))}</summary>`,
    '',
    ...fields.map((field) => `- ${escaped(changeText(field))}`),
    ...(fields.length > 0 ? [''] : []),
    ...steps.flatMap(stepLines),
    '</details>',
    '',
  ].join('\n');
}

function stepLines({ text, command }: RemedyStep): string[] {
  return [`1. ${escaped(text)}`, ...(command === undefined ? [] : ['', '   ```sh', `   ${command}`, '   ```', ''])];
}

/** As many details as a comment holds. */
function withDetails(table: string, details: readonly string[]): string {
  let text = table;
  let left = 0;
  for (const detail of details.filter((one) => one !== '')) {
    if (text.length + detail.length > MAX_LENGTH) {
      left++;
    } else {
      text += `\n${detail}`;
    }
  }
  return left === 0 ? text : `${text}\n${left} more are too long for a comment: run the command.\n`;
}
