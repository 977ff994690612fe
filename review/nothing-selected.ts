import type { LabelSelector } from '../imports/kubernetes';
import type { InventoryObject } from '../kube/inventory';
import { selectedKeys, selectorText } from '../kube/label-selectors';
import { isSetAtRunTime } from '../kube/runtime-labels';
import { listed, nearest } from '../kube/text';
import type { Problem, ReviewInput } from './rule';
import { SelectablePods } from './selectable-pods';
import { knowledgeOf, selectedPods } from './selection';

/**
 * The problem of an object whose selector finds no pods: an error where the set makes the namespace and its pods, a
 * warning where it makes one of the two; undefined where others may well make the pods. An empty selector is for all pods,
 * also those to come.
 */
export function nothingSelected(
  input: ReviewInput,
  { namespace }: InventoryObject,
  selector: LabelSelector,
  what: string,
): Pick<Problem, 'message' | 'fix' | 'severity'> | undefined {
  const knowledge = selectedKeys(selector).length > 0 ? knowledgeOf(input, namespace) : undefined;
  if (!knowledge || selectedPods(input.inventory, selector, namespace).length > 0) {
    return undefined;
  }
  return {
    message: `${what} selects no pods: none in namespace '${namespace}' has ${selectorText(selector)}`,
    fix: fixOf(SelectablePods.of(input.inventory), namespace, selector),
    severity: knowledge === 'own' ? 'error' : 'warning',
  };
}

function fixOf(pods: SelectablePods, namespace: string, selector: LabelSelector): string {
  const entries = Object.entries(selector.matchLabels ?? {}).filter(([key]) => !isSetAtRunTime(key));
  // enough for a hint
  const present = pods.in(namespace).slice(0, 200);
  for (const [key, value] of entries) {
    const values = [...new Set(present.flatMap(({ labels }) => labels[key] ?? []))];
    if (values.length > 0 && !values.includes(value)) {
      const meant = nearest(value, values);
      return meant === undefined
        ? `write a value that pods have: ${key} is ${listed(values.slice(0, 3))}${values.length > 3 ? ' or another' : ''}`
        : `write ${key}: '${meant}', as the pods have it`;
    }
  }
  const keys = selectedKeys(selector);
  return `give the pods ${keys.length > 1 ? 'these labels' : 'this label'}, or select labels that they have`;
}
