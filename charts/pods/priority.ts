import { isSubdomain } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { PRIORITY_CLASS } from '../core/class-names';

/** Any PriorityClass by its name, such as one of Kubernetes' own. */
export interface PriorityByName {
  /** metadata.name of the class, such as 'system-cluster-critical'. */
  readonly className: string;
}
/**
 * One of the cluster's priority classes, or any class by name. The classes decide which pods are preempted when nodes
 * are full: 'batch' first, 'critical' and 'agent' last.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export type Priority = 'critical' | 'standard' | 'batch' | 'agent' | PriorityByName;

const BY_NAME: KeyTable<PriorityByName> = { className: 'text' };

export function checkPriority(check: Check, priority: Priority, field = 'priority'): void {
  if (typeof priority === 'string') {
    check.oneOf(field, priority, Object.keys(PRIORITY_CLASS));
    return;
  }
  check.keys<PriorityByName>(field, priority, BY_NAME);
  if (!isSubdomain(check.text(`${field}.className`, priority.className))) {
    check.fail(
      'invalid',
      `${field}.className`,
      `${field}.className must be the name of a PriorityClass, but is '${priority.className}'`,
      "write for example 'system-cluster-critical'",
    );
  }
}

/** The class of a pod; undefined without a Cluster, which creates the library's own classes. */
export function priorityClassName(priority: Priority, hasCluster: boolean): string | undefined {
  if (typeof priority === 'object') {
    return priority.className;
  }
  return hasCluster ? PRIORITY_CLASS[priority] : undefined;
}
