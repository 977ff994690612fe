import { EKSCTL_DEFAULT_VERSION as DEFAULT_VERSION } from '../eks/versions';
import { hasInvalidQuantities } from '../kube/counted-quantities';
import { type Finding, titleOf } from '../kube/finding';
import { isFieldWithin } from '../kube/text';
import { type CustomRule, findingsOf, type ReviewInput } from './rule';
import { RULES } from './rules';
import { type ReviewSettings, settle } from './settle';

/** What is reviewed: the objects, and what is known beside them. */
export type ReviewOf = Pick<ReviewInput, 'inventory'> & Partial<ReviewInput>;

/**
 * Reviews all objects by every rule: findings in the order of the rules, at their levels; waived ones are marked. Pure,
 * and never throws on a manifest.
 *
 * @param input the objects; other objects of the cluster and the cluster itself where they are known; levels and waivers
 * @param rules the library's, unless rules are left out or added: `[...RULES, own]`
 */
export function review(input: ReviewOf & ReviewSettings, rules: readonly CustomRule[] = RULES): Finding[] {
  const { inventory, cluster } = input;
  return settle(runRules(input, rules), inventory, { rules, cluster }, input);
}

/** What the rules say, before levels and waivers. */
export function runRules(
  { inventory, existing = [], cluster, kubernetesVersion }: ReviewOf,
  rules: readonly CustomRule[] = RULES,
): Finding[] {
  const version = kubernetesVersion ?? cluster?.config.metadata.version ?? DEFAULT_VERSION;
  const input = countable({ inventory, existing, cluster, kubernetesVersion: version });
  const dropped = inventory.findings.filter(({ rule, object }) => rule === 'manifests/type' && object !== undefined);
  const found = rules.flatMap((rule) => findingsOf(rule, input));
  return [...inventory.findings, ...(dropped.length === 0 ? found : found.filter((each) => !isWithin(each, dropped)))];
}

/** Whether a finding is about a field that was dropped for its type, and so looks as if it were missing. */
function isWithin({ object, field }: Finding, dropped: readonly Finding[]): boolean {
  const same = dropped.filter(({ object: other }) => object && other && titleOf(object) === titleOf(other));
  return same.some(({ field: lost = '' }) => field !== undefined && isFieldWithin(field, lost));
}

/** While an amount is invalid, which is an error of its own, it cannot be told whether the pods fit. */
function countable(input: ReviewInput): ReviewInput {
  const { cluster, inventory } = input;
  return cluster?.capacity && hasInvalidQuantities(inventory)
    ? { ...input, cluster: { ...cluster, capacity: undefined } }
    : input;
}
