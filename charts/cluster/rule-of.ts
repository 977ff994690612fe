import type { PropRule } from '../core/check';

/** The rule that a value breaks which is not of the required form: it is missing, of another type, or out of range. */
export function ruleOf(value: unknown, type: 'string' | 'boolean' | 'object' | 'list' = 'string'): PropRule {
  if (value === undefined) {
    return 'required';
  }
  const fits = type === 'list' ? Array.isArray(value) : typeof value === type;
  return fits ? 'invalid' : 'type';
}
