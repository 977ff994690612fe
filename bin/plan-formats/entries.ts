import { addTo } from '../../kube/collections';
import { titleOf } from '../../kube/finding';
import type { ClusterStep } from '../../review/plan/cluster/model';
import {
  type Effect,
  type FieldChange,
  type ObjectPlan,
  type ObjectVerdict,
  RISKS,
  type Risk,
} from '../../review/plan/model';
import type { PlanReport } from '../plan';
import { counted } from '../report';

/** Turns a plan into text. */
export type PlanFormat = (report: PlanReport, options: { readonly color: boolean }) => string;

/** An object with what follows for it. */
export interface Entry {
  readonly object: ObjectPlan;
  readonly effects: readonly Effect[];
  /** The worst of both. */
  readonly risk: Risk;
}

/** A plan as formats print it: what is worst first, and nothing of what stays as it is. */
export interface Entries {
  readonly entries: readonly Entry[];
  /** What is about no object that changes. */
  readonly others: readonly Effect[];
}

/** Each verdict in the order of reading, with its words. */
export const VERDICTS: Readonly<Record<ObjectVerdict, string>> = {
  refused: 'refused',
  depends: 'depends on the cluster',
  renamed: 'renamed',
  'left-behind': 'left behind',
  updated: 'updated',
  created: 'created',
  unchanged: 'unchanged',
};

export function entriesOf({ objects, effects }: Pick<PlanReport, 'objects' | 'effects'>): Entries {
  const byTitle = new Map<string, Effect[]>();
  for (const effect of effects) {
    const title = effect.object ? titleOf(effect.object) : '';
    addTo(byTitle, title, effect);
  }
  const shown = objects.flatMap((object): Entry[] => {
    const title = titleOf(object.object);
    const own = byTitle.get(title) ?? [];
    if (object.verdict === 'unchanged' && own.length === 0) {
      return [];
    }
    byTitle.delete(title);
    return [{ object, effects: own, risk: worst([object.risk, ...own.map(({ risk }) => risk)]) }];
  });
  const order = Object.keys(VERDICTS);
  const place = ({ object, risk }: Entry) => RISKS.indexOf(risk) * order.length + order.indexOf(object.verdict);
  return {
    entries: [...shown].sort((a, b) => place(a) - place(b)),
    others: [...byTitle.values()].flat().sort((a, b) => RISKS.indexOf(a.risk) - RISKS.indexOf(b.risk)),
  };
}

function worst(risks: readonly Risk[]): Risk {
  return RISKS.find((risk) => risks.includes(risk)) ?? 'none';
}

/** '1 refused, 4 updated, 61 unchanged'. */
export function countsOfPlan({ objects }: Pick<PlanReport, 'objects'>): string {
  const counts = Object.entries(VERDICTS).map(
    ([verdict, words]) => [words, objects.filter((object) => object.verdict === verdict).length] as const,
  );
  const some = counts.filter(([, count]) => count > 0).map(([words, count]) => `${count} ${words}`);
  return `${counted(objects.length, 'object')}: ${some.join(', ') || 'nothing to apply'}`;
}

/** 'replicas: 3 → 5'. */
export function changeText({ field, from, to }: FieldChange): string {
  if (from === undefined || to === undefined) {
    return from === undefined ? `${field}: ${lineOf(to)} added` : `${field}: ${lineOf(from)} removed`;
  }
  const [was, is] = difference(lineText(from), lineText(to));
  return `${field}: ${shortened(was)} → ${shortened(is)}`;
}

/** What a step of a cluster does, how long it takes, what it replaces and disturbs, and what stops it; without its command. */
export function stepText({ text, minutes, replaces, disturbs, blockedBy = [] }: ClusterStep): string {
  return [
    `${text}${minutes ? ` (${minutes[0]} to ${minutes[1]} minutes)` : ''}`,
    ...(replaces === undefined ? [] : [`replaces ${replaces}`]),
    ...(disturbs === undefined ? [] : [disturbs]),
    ...blockedBy.map(({ object, text: said }) => `stopped by ${titleOf(object)}: ${said}`),
  ].join('; ');
}

/** More causes than are worth reading. */
const MOST_CAUSES = 3;

/** What causes an effect, beside the fields that are listed above it. */
export function becauseText(causes: readonly string[]): string {
  const more = causes.length - MOST_CAUSES;
  return [...causes.slice(0, MOST_CAUSES), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

const LONGEST = 80;
/** Of what two long values share, so much is shown before the difference. */
const SHARED = 24;

function lineText(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ');
}

function lineOf(value: unknown): string {
  return shortened(lineText(value));
}

function shortened(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** Two long values from shortly before where they begin to differ: images differ in the tag. */
function difference(from: string, to: string): readonly [string, string] {
  if (Math.max(from.length, to.length) <= LONGEST) {
    return [from, to];
  }
  let same = 0;
  while (same < from.length && from[same] === to[same]) {
    same++;
  }
  const at = same - SHARED;
  return at <= 0 ? [from, to] : [`…${from.slice(at)}`, `…${to.slice(at)}`];
}

/** So many changed fields of an object are shown. */
export const MOST_FIELDS = 8;
