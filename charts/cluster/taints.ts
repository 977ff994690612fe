import { describe } from '../../kube/describe';
import { TENANT_NODES, tenantTaint } from '../../kube/labels';
import { isDnsLabel, isLabelValue, isQualifiedName } from '../../kube/names';
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

interface Marks {
  readonly tenant?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly NodeTaint[];
}

/** Labels and taints of nodes, with those of the tenant that has them for itself. */
export function dedicated(check: Check, place: string, { tenant, labels, taints = [] }: Marks) {
  const own = taints.map((taint) => ({ ...taint }));
  if (tenant === undefined) {
    return { labels: labels && { ...labels }, taints: own };
  }
  const field = place === '' ? 'tenant' : `${place}.tenant`;
  if (!isDnsLabel(tenant)) {
    check.fail(
      ruleOf(tenant),
      field,
      `${field} must be the id of a Tenant, but is ${describe(tenant)}`,
      "write for example 'shop'",
    );
  }
  return { labels: { ...labels, [TENANT_NODES]: tenant }, taints: [...own, tenantTaint(tenant)] };
}
