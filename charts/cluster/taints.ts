import { describe } from '../../kube/describe';
import { isLabelValue, isQualifiedName } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { NodeTaint } from './props';
import { ruleOf } from './rule-of';

const KEYS: KeyTable<NodeTaint> = { key: 'text', value: 'text', effect: true };

/** Checks a taint of nodes; Karpenter refuses an empty value, which a node group may have. */
export function checkTaint(check: Check, taint: NodeTaint, place: string, mayBeEmpty = true): void {
  check.keys<NodeTaint>(place, taint ?? null, KEYS);
  const { key, value, effect } = taint;
  if (typeof key !== 'string' || !isQualifiedName(key)) {
    check.fail(
      ruleOf(key),
      `${place}.key`,
      `${place}.key must have the form of a label key, but is ${describe(key)}`,
      "write for example 'dedicated'",
    );
  }
  const isValue = typeof value === 'string' && isLabelValue(value) && (mayBeEmpty || value !== '');
  if (value !== undefined && !isValue) {
    check.fail(
      ruleOf(value),
      `${place}.value`,
      `${place}.value must have the form of a label value${mayBeEmpty ? '' : ' and not be empty'}, but is ${describe(value)}`,
      "write for example 'gpu', or leave it out",
    );
  }
  check.oneOf(`${place}.effect`, effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']);
}
