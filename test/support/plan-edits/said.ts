import * as crypto from 'node:crypto';
import type { Applied } from '../../../review/plan/verdict';
import { changesOf } from '../../../review/plan/verdict/fields';

/** What an apply comes to, in a text that can be compared: 'refused: spec.selector', or a line for each changed field. */
export type Said = string;

const REFUSED = 'refused: ';
/** What only the server knows. */
const ALLOCATED = /^spec\.(?:clusterIPs?|ipFamilies|healthCheckNodePort)\b/;
/** Of a longer text its hash is as good. */
const LONGEST = 120;

export const refusedFields = (fields: readonly string[]): Said => REFUSED + [...new Set(fields)].sort().join();

export function changedFields(before: unknown, after: unknown): Said {
  return changesOf(before, after, undefined)
    .filter(({ field }) => !ALLOCATED.test(field))
    .map(({ field, from, to }) => `${field}: ${sortedJson(from)} > ${sortedJson(to)}`)
    .sort()
    .join('\n');
}

export function planSays({ verdict, live, next, refusals }: Applied): Said {
  return verdict === 'refused' ? refusedFields(refusals.map(({ field }) => field)) : changedFields(live, next);
}

/** Whether the plan says what the server said. What the plan leaves to the state of the cluster may be refused or not. */
export function agrees(plan: Applied, server: Said): boolean {
  if (!server.startsWith(REFUSED) || plan.condition === undefined) {
    return short(planSays(plan)) === short(server);
  }
  const own = plan.refusals.map(({ field }) => field);
  const told = server.slice(REFUSED.length).split(',');
  return plan.verdict === 'depends' || own.every((field) => told.includes(field));
}

export const short = (said: Said): Said =>
  said.length <= LONGEST ? said : `#${crypto.createHash('sha256').update(said).digest('hex').slice(0, 16)}`;

function sortedJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
