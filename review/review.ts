import type { Finding } from '../kube/finding';
import { findingsOf, type ReviewInput, type Rule } from './rule';
import { RULES } from './rules';

/**
 * Reviews all objects by every rule: findings in the order of the rules. Pure, and never throws on a manifest.
 *
 * @param input the objects; other objects of the cluster and the cluster itself where they are known
 * @param rules the library's, unless rules are left out or added: `[...RULES, own]`
 */
export function review(
  { inventory, existing = [], cluster }: Pick<ReviewInput, 'inventory'> & Partial<ReviewInput>,
  rules: readonly Rule[] = RULES,
): Finding[] {
  const input: ReviewInput = { inventory, existing, cluster };
  return [...inventory.findings, ...rules.flatMap((rule) => findingsOf(rule, input))];
}
