import type { LabelSelector } from '../imports/kubernetes';
import type { Inventory, PodObject } from '../kube/inventory';
import { withoutKeys } from '../kube/label-selectors';
import { isSetAtRunTime } from '../kube/runtime-labels';
import { hiddenPods } from './pod-makers';
import type { ReviewInput } from './rule';
import { SelectablePods } from './selectable-pods';

/** Namespaces in which EKS and its add-ons run pods that no set shows. */
const OF_THE_CLUSTER: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);
/** Kinds of `existing` that bring pods. */
const WITH_PODS = /^(?:DaemonSet|Deployment|CronJob|Job|Pod|ReplicaSet|StatefulSet)$/;

/** The pods that a selector finds once they run: labels that they get at run time are taken as given. */
export function selectedPods(inventory: Inventory, selector: LabelSelector, namespace: string): readonly PodObject[] {
  const pods = SelectablePods.of(inventory);
  const selected = pods.selectedBy(selector, namespace);
  return selected.length > 0 ? selected : pods.selectedBy(withoutKeys(selector, isSetAtRunTime), namespace);
}

/**
 * How sure it is that the set shows all pods of a namespace: `own` where it makes the namespace and pods in it, `partial`
 * where it makes one of the two, undefined where others may well make them.
 */
export function knowledgeOf({ inventory, existing }: ReviewInput, namespace: string): 'own' | 'partial' | undefined {
  const hidden = hiddenPods(inventory);
  if (!inventory.complete || OF_THE_CLUSTER.has(namespace) || hidden.has(namespace) || hidden.has('')) {
    return undefined;
  }
  if (existing.some((object) => object.namespace === namespace && WITH_PODS.test(object.kind))) {
    return undefined;
  }
  const makesNamespace = inventory.view(namespaces).has(namespace);
  const makesPods = SelectablePods.of(inventory).in(namespace).length > 0;
  return makesNamespace && makesPods ? 'own' : makesNamespace || makesPods ? 'partial' : undefined;
}

/** The labels of the namespaces that the set makes, with the one that Kubernetes adds. */
export function namespaces(inventory: Inventory): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return new Map(
    inventory
      .ofKind('Namespace', '')
      .map(({ manifest: { metadata } }) => [
        `${metadata.name}`,
        { ...metadata.labels, 'kubernetes.io/metadata.name': `${metadata.name}` },
      ]),
  );
}
