import type { LabelSelector } from '../imports/kubernetes';
import { entryOf } from '../kube/collections';
import type { Inventory } from '../kube/inventory';
import { LabelIndex, type Labelled } from '../kube/label-index';
import { isEmptySelector, selectedKeys, selectorText } from '../kube/label-selectors';
import { isSetAtRunTime } from '../kube/runtime-labels';
import { listed, nearest } from '../kube/text';
import type { Problem, ReviewInput } from './rule';
import { knowledgeOf, selectedPods } from './selection';

/** Values of a label that are worth comparing with a misspelt one. */
const ENOUGH = 50;

/**
 * The problem of a selector in a namespace that finds no pods: an error where the set makes the namespace and its pods, a
 * warning where it makes one of the two; undefined where others may well make the pods. An empty selector is for all pods,
 * also those to come.
 */
export function nothingSelected(
  input: ReviewInput,
  namespace: string,
  selector: LabelSelector,
  what: () => string,
): Pick<Problem, 'message' | 'fix' | 'severity'> | undefined {
  const { inventory } = input;
  if (isEmptySelector(selector) || selectedPods(inventory, selector, namespace).length > 0) {
    return undefined;
  }
  const knowledge = knowledgeOf(input, namespace);
  if (!knowledge || isPromised(inventory, selector, namespace)) {
    return undefined;
  }
  const fix = fixOf(inventory, namespace, selector);
  const declare = `or declare the workload that another program makes: new EksApp({ existing: [{ kind: 'Deployment', namespace: '${namespace}', name: '...' }] })`;
  return {
    message: `${what()} selects no pods: none in namespace '${namespace}' has ${selectorText(selector)}`,
    fix: knowledge === 'own' ? `${fix}, ${declare}` : fix,
    severity: knowledge === 'own' ? 'error' : 'warning',
  };
}

function fixOf(inventory: Inventory, namespace: string, selector: LabelSelector): string {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    const values = inventory.view(labelValues).get(`${namespace}|${key}`) ?? [];
    if (values.length > 0 && !values.includes(value) && !isSetAtRunTime(key)) {
      const meant = nearest(value, values);
      return meant === undefined
        ? `write a value that pods have: ${key} is ${listed(values.slice(0, 3))}${values.length > 3 ? ' or another' : ''}`
        : `write ${key}: '${meant}', as the pods have it`;
    }
  }
  const keys = selectedKeys(selector);
  return `give the pods ${keys.length > 1 ? 'these labels' : 'this label'}, or select labels that they have`;
}

/** Some values of each label of the pods, by 'namespace|key'. */
function labelValues({ pods }: Inventory): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { namespace, labels } of pods) {
    for (const [key, value] of Object.entries(labels)) {
      const values = entryOf(found, `${namespace}|${key}`, (): string[] => []);
      if (values.length < ENOUGH && !values.includes(value)) {
        values.push(value);
      }
    }
  }
  return found;
}

/** Whether a controller says that its pods have the labels: that its template lacks them is a finding of its own. */
function isPromised(inventory: Inventory, selector: LabelSelector, namespace: string): boolean {
  return inventory.view(promisedLabels).selectedBy(selector, namespace).length > 0;
}

function promisedLabels({ pods }: Inventory): LabelIndex<Labelled> {
  return new LabelIndex(
    pods.flatMap(({ manifest, namespace, workload }) => {
      const { matchLabels } = (manifest.spec?.selector ?? {}) as LabelSelector;
      return workload?.selects && matchLabels ? [{ namespace, labels: matchLabels }] : [];
    }),
  );
}
