import { type Finding, type Severity, sentence } from '../kube/finding';

export type { Finding } from '../kube/finding';

/** A finding in a ClusterConfig; the path '' is the whole file. */
export function findingIn(rule: string, severity: Severity, path: string, message: string, fix: string): Finding {
  return { rule, severity, ...(path === '' ? {} : { field: path }), message, fix };
}

/** 'managedNodeGroups[0].minSize: message. Fix. [rule]', for a report on one file. */
export function lineOf({ rule, field, message, fix = '' }: Finding): string {
  return `${field === undefined ? '' : `${field}: `}${message}. ${sentence(fix)} [${rule}]`;
}
