import { invalidQuantities } from '../kube/counted-quantities';
import type { Finding } from '../kube/finding';
import { findingsOf, type ReviewInput } from './rule';
import { RULES } from './rules';

/** Reviews all objects by every rule: findings in the order of the rules. Pure, and never throws on a manifest. */
export function review(input: ReviewInput): Finding[] {
  const reviewed = countable(input);
  return [...input.inventory.findings, ...RULES.flatMap((rule) => findingsOf(rule, reviewed))];
}

/** While an amount is invalid, which is an error of its own, it cannot be told whether the pods fit. */
function countable(input: ReviewInput): ReviewInput {
  const { cluster, inventory } = input;
  return cluster?.capacity && inventory.objects.some(({ manifest }) => invalidQuantities(manifest).length > 0)
    ? { ...input, cluster: { ...cluster, capacity: undefined } }
    : input;
}
