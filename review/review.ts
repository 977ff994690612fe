import type { Finding } from '../kube/finding';
import { findingsOf, type ReviewInput } from './rule';
import { RULES } from './rules';

/** Reviews all objects by every rule: findings in the order of the rules. Pure, and never throws on a manifest. */
export function review(input: ReviewInput): Finding[] {
  return [...input.inventory.findings, ...RULES.flatMap((rule) => findingsOf(rule, input))];
}
