import type { AnyObject, LabelSelector } from '../imports/kubernetes';
import { isClusterScoped } from './kinds';
import { meets } from './label-requirements';

/** A manifest with a spec of any kind. */
export type Manifest = AnyObject & { readonly spec?: Record<string, unknown> };

/** The namespace, '' for cluster-scoped kinds. */
export function namespaceIn({ apiVersion, kind, metadata }: AnyObject): string {
  return isClusterScoped(apiVersion, kind) ? '' : (metadata.namespace ?? 'default');
}

/** Whether a label selector selects labels. */
export function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const { matchLabels, matchExpressions } = selector;
  for (const key in matchLabels) {
    if (labels[key] !== matchLabels[key]) {
      return false;
    }
  }
  return (
    matchExpressions === undefined || matchExpressions.every((expression) => meets(expression, labels[expression.key]))
  );
}

/** What a cluster writes into metadata, and `kubectl get -o yaml` prints: the types and shapes of manifests do not have it. */
export const SERVER_METADATA: readonly string[] = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];
