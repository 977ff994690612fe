import { titleOf } from '../../kube/finding';
import type { Effect, RemedyStep, Risk } from '../../review/plan/model';
import type { ClusterChange } from '../plan';
import { printable } from '../report';
import {
  becauseText,
  changeText,
  countsOfPlan,
  type Entry,
  entriesOf,
  MOST_FIELDS,
  type PlanFormat,
  stepText,
  VERDICTS,
} from './entries';

const COLORS: Readonly<Record<Risk, number>> = { danger: 31, notice: 33, none: 36 };
const MARKS: Readonly<Record<Risk, string>> = { danger: '!', notice: '-', none: ' ' };

const NOTHING_KNOWN: ReadonlySet<string> = new Set();

/** For people: a paragraph an object, the worst first, and the counts. */
export const text: PlanFormat = (report, { color }) => {
  const paint = (code: number, value: string) => (color ? `\u001b[${code}m${value}\u001b[0m` : value);
  const effectLines = ({ risk, text: said, because = [], remedy }: Effect, known: ReadonlySet<string>): string[] => {
    const causes = becauseText(because.filter((cause) => !known.has(cause)));
    return [
      `  ${paint(COLORS[risk], MARKS[risk])} ${printable(said)}${causes === '' ? '' : paint(2, ` (${printable(causes)})`)}`,
      ...stepLines(remedy),
    ];
  };
  const paragraph = ({ object: planned, effects, risk }: Entry): string => {
    const { object, verdict, was, fields, refusals, condition, remedy } = planned;
    const more = fields.length - MOST_FIELDS;
    return [
      `${paint(COLORS[risk], VERDICTS[verdict])}: ${paint(1, printable(titleOf(object)))}${was ? `, was ${printable(titleOf(was))}` : ''}`,
      ...refusals.map(({ field, reason }) => `  ${paint(COLORS.danger, '!')} ${printable(`${field}: ${reason}`)}`),
      ...(condition === undefined ? [] : [`  - ${printable(condition)}`]),
      ...fields.slice(0, MOST_FIELDS).map((field) => `    ${printable(changeText(field))}`),
      ...(more > 0 ? [paint(2, `    and ${more} more`)] : []),
      ...effects.flatMap((effect) => effectLines(effect, new Set(fields.map(({ field }) => field)))),
      ...stepLines(remedy),
    ].join('\n');
  };
  const stepLines = (steps: readonly RemedyStep[] = []): string[] =>
    steps.flatMap(({ text: said, command }, i) => [
      `    ${steps.length > 1 ? `${i + 1}. ` : ''}${printable(said)}`,
      ...(command === undefined ? [] : [`       ${printable(command)}`]),
    ]);
  const clusterParagraph = ({ name, steps, ignored, newCluster }: ClusterChange): string =>
    [
      `${paint(COLORS.notice, 'cluster')}: ${paint(1, printable(name))}`,
      ...steps.flatMap((step, i) => [
        `  ${paint(COLORS[step.risk], MARKS[step.risk])} ${i + 1}. ${printable(stepText(step))}`,
        ...(step.command === undefined ? [] : [`       ${printable(step.command)}`]),
      ]),
      ...newCluster.map(({ field, text: said }) => `  ${paint(COLORS.danger, '!')} ${printable(`${field}: ${said}`)}`),
      ...ignored.map(({ field, text: said }) => `  - ${printable(`${field}: ignored: ${said}`)}`),
    ].join('\n');
  const { entries, others } = entriesOf(report);
  return `${[
    paint(2, printable(`${report.from} → ${report.to}`)),
    ...report.unread.map(({ message }) => `${paint(COLORS.danger, 'not read')}: ${printable(message)}`),
    ...entries.map(paragraph),
    ...others.flatMap((effect) => effectLines(effect, NOTHING_KNOWN)),
    ...report.clusters.map(clusterParagraph),
    countsOfPlan(report),
  ].join('\n')}\n`;
};
