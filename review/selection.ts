import type { LabelSelector } from '../imports/kubernetes';
import type { Inventory, PodObject } from '../kube/inventory';
import { LabelIndex } from '../kube/label-index';
import { selectedKeys, withoutKeys } from '../kube/label-selectors';
import { isOfCustomWorkload, isSetAtRunTime } from '../kube/runtime-labels';
import type { WorkloadKind } from '../kube/workload-kind';
import { madeNamespaces } from './namespaces';
import { hiddenPods } from './pod-makers';
import type { ExistingObject, ReviewInput } from './rule';

/** The pods of each namespace, found by one of their labels, so that a search stays linear. */
export class SelectablePods extends LabelIndex<PodObject> {
  static of(inventory: Inventory): SelectablePods {
    return inventory.view(selectablePods);
  }
}

const selectablePods = ({ pods }: Inventory): SelectablePods => new SelectablePods(pods);

/** Namespaces in which EKS and its add-ons run pods that no set shows. */
const OF_THE_CLUSTER: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);
/** Kinds of `existing` that bring pods. */
const WITH_PODS = /^(?:DaemonSet|Deployment|CronJob|Job|Pod|ReplicaSet|StatefulSet)$/;

const NONE: readonly PodObject[] = [];

/** The pods that a selector finds once they run: labels that they get at run time are taken as given. */
export function selectedPods(inventory: Inventory, selector: LabelSelector, namespace: string): readonly PodObject[] {
  const pods = SelectablePods.of(inventory);
  if (pods.in(namespace).length === 0) {
    return NONE;
  }
  const selected = pods.selectedBy(selector, namespace);
  if (selected.length > 0) {
    return selected;
  }
  const later = selectedKeys(selector).filter(isSetAtRunTime);
  return later.length > 0
    ? pods
        .selectedBy(withoutKeys(selector, isSetAtRunTime), namespace)
        .filter((pod) => later.every((key) => mayGet(pod, key, selector.matchLabels?.[key])))
    : selected;
}

/** Whether a pod may get a label at run time: one that its template does not have, with the name of its controller. */
function mayGet({ manifest, labels, workload }: PodObject, key: string, value: string | undefined): boolean {
  if (labels[key] !== undefined) {
    return false;
  }
  const { kind, metadata } = manifest;
  const isOf = (of: string, member: RegExp) =>
    kind === of &&
    (value === undefined ||
      (value.startsWith(`${metadata.name}`) && member.test(value.slice(`${metadata.name}`.length))));
  switch (key) {
    case 'statefulset.kubernetes.io/pod-name':
      return isOf('StatefulSet', /^-\d+$/);
    case 'job-name':
    case 'batch.kubernetes.io/job-name':
      return isOf('Job', /^$/) || isOf('CronJob', /^-/) || isOf('ScaledJob', /^-/);
    default:
      return !isOfCustomWorkload(key) || isOfController(workload, key, value, metadata.name);
  }
}

/** A controller may append to the name of its object. */
function isOfController(
  workload: WorkloadKind | undefined,
  key: string,
  value: string | undefined,
  name: string,
): boolean {
  const { nameLabel = '' } = workload ?? {};
  const domain = nameLabel.slice(0, nameLabel.indexOf('/') + 1);
  return domain !== '' && key.startsWith(domain) && (key !== nameLabel || (value ?? name).startsWith(name));
}

/**
 * How sure it is that the set shows all pods of a namespace: `own` where it makes the namespace and pods in it, `partial`
 * where it makes one of the two, undefined where others may well make them.
 */
export function knowledgeOf({ inventory, existing }: ReviewInput, namespace: string): 'own' | 'partial' | undefined {
  if (!inventory.complete || OF_THE_CLUSTER.has(namespace)) {
    return undefined;
  }
  const hidden = hiddenPods(inventory);
  if (hidden.has(namespace) || hidden.has('')) {
    return undefined;
  }
  if (namespacesOf(existing).has(namespace)) {
    return undefined;
  }
  const makesNamespace = madeNamespaces(inventory).has(namespace);
  const makesPods = SelectablePods.of(inventory).in(namespace).length > 0;
  return makesNamespace && makesPods ? 'own' : makesNamespace || makesPods ? 'partial' : undefined;
}

/** Where objects that exist beside the set run pods. */
function namespacesOf(existing: readonly ExistingObject[]): ReadonlySet<string> {
  // several rules ask for each of their objects
  const before = known.get(existing);
  if (before !== undefined) {
    return before;
  }
  const found = new Set(existing.flatMap(({ kind, namespace }) => (WITH_PODS.test(kind) ? [namespace] : [])));
  known.set(existing, found);
  return found;
}

const known = new WeakMap<readonly ExistingObject[], ReadonlySet<string>>();
