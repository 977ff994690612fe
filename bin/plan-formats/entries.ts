import { titleOf } from '../../kube/finding';
import type { Effect, FieldChange, ObjectPlan, ObjectVerdict, Risk } from '../../review/plan/model';
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

const RISKS: readonly Risk[] = ['danger', 'notice', 'none'];

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
    byTitle.set(title, [...(byTitle.get(title) ?? []), effect]);
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
  return from === undefined
    ? `${field}: ${valueText(to)} added`
    : to === undefined
      ? `${field}: ${valueText(from)} removed`
      : `${field}: ${valueText(from)} → ${valueText(to)}`;
}

const LONGEST = 80;

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** What is worth a line of its own: a content hash that follows another change says nothing. */
export const MOST_FIELDS = 8;
