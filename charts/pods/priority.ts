import { isSubdomain } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { PRIORITY_CLASS } from '../core/class-names';

/** A class by name, for instance one of Kubernetes' own. */
export interface PriorityByName {
  /** metadata.name of the class: 'system-cluster-critical'. */
  readonly className: string;
}
/** One of the cluster's priority classes, or any class by name. What gives way when nodes are short is decided once, by the cluster. */
export type Priority = 'critical' | 'standard' | 'batch' | 'agent' | PriorityByName;

const BY_NAME: KeyTable<PriorityByName> = { className: true };

export function checkPriority(check: Check, priority: Priority): void {
  if (typeof priority === 'string') {
    check.oneOf('priority', priority, Object.keys(PRIORITY_CLASS));
    return;
  }
  check.keys<PriorityByName>('priority', priority, BY_NAME);
  if (!isSubdomain(check.text('priority.className', priority.className))) {
    check.fail(
      `priority.className '${priority.className}' is no name of a PriorityClass`,
      "write for example 'system-cluster-critical'",
    );
  }
}

/** The class of a pod. The library's own classes exist only where a Cluster makes them. */
export function priorityClassName(priority: Priority, hasCluster: boolean): string | undefined {
  if (typeof priority === 'object') {
    return priority.className;
  }
  return hasCluster ? PRIORITY_CLASS[priority] : undefined;
}
