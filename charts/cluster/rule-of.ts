import { describe } from '../../kube/describe';
import type { Check, PropRule } from '../core/check';

/** The rule that a value breaks which is not of the required form: it is missing, of another type, or out of range. */
export function ruleOf(value: unknown, type: 'string' | 'boolean' | 'object' | 'list' = 'string'): PropRule {
  if (value === undefined) {
    return 'required';
  }
  const fits = type === 'list' ? Array.isArray(value) : typeof value === type;
  return fits ? 'invalid' : 'type';
}

/** Refuses what is not a list, and an empty one, which could mean all or none. */
export function checkItems(
  check: Check,
  field: string,
  list: unknown,
  item: string,
  fix: string,
  // biome-ignore lint/suspicious/noExplicitAny: as of Array.isArray, the items are checked by who calls
): asserts list is readonly any[] {
  if (!Array.isArray(list) || list.length === 0) {
    check.fail(
      ruleOf(list, 'list'),
      field,
      `${field} must be a list with at least one ${item}, but is ${describe(list)}`,
      fix,
    );
  }
}
