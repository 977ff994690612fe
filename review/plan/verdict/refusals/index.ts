import { CLUSTER_RULES } from './cluster';
import { customRule } from './custom';
import { leftoversOf } from './leftovers';
import { POD_RULES } from './pods';
import type { Rule, Ruling, Update } from './refusal';
import { SERVICE_RULES } from './services';
import { STORAGE_RULES } from './storage';
import { WORKLOAD_RULES } from './workloads';

const RULES: ReadonlyMap<string, Rule> = new Map(
  Object.entries({ ...CLUSTER_RULES, ...POD_RULES, ...SERVICE_RULES, ...STORAGE_RULES, ...WORKLOAD_RULES }),
);

/** What the API server says to an update, beyond what it would say to the new object alone. */
export function rulingOf(update: Update): Ruling {
  const { apiVersion, kind } = update.next;
  const rule = RULES.get(`${apiVersion}/${kind}`) ?? customRule(apiVersion, kind);
  const ruling = rule?.(update) ?? { refusals: [] };
  return { ...ruling, refusals: [...leftoversOf(update), ...ruling.refusals] };
}
