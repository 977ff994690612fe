import type { PodSpec } from '../../../imports/kubernetes';
import type { Inventory, InventoryObject } from '../../../kube/inventory';
import { asList, asObject } from '../../../kube/loose';
import { type ContainerFallback, containersOf, podTotal } from '../../../kube/pod-resources';
import { ONE, quantityOf } from '../../../kube/quantity';
import { containerRanges } from '../../limit-ranges';

/** What a pod takes of a quota, by the names in `spec.hard`, in billionths. */
export type Usage = ReadonlyMap<string, bigint>;

/** What a quota lets through, by name, in billionths. */
export type Limits = ReadonlyMap<string, bigint>;

/** The limits of a ResourceQuota; of an amount that cannot be read there is none. */
export function limitsOf({ manifest }: InventoryObject): Limits {
  const hard = Object.entries(asObject(manifest.spec?.hard)).flatMap(([name, value]): [string, bigint][] => {
    const amount = quantityOf(value);
    return amount === undefined ? [] : [[name, amount]];
  });
  return new Map(hard);
}

/** What one pod takes of a quota; nothing of one that does not count it. */
export function usageOf(pod: PodSpec, quota: InventoryObject, names: Iterable<string>, inventory: Inventory): Usage {
  const found = new Map<string, bigint>();
  if (!counts(quota, pod)) {
    return found;
  }
  const fallback = fallbackIn(inventory, quota.namespace);
  for (const name of names) {
    const amount = amountOf(pod, name, fallback);
    if (amount > 0n) {
      found.set(name, amount);
    }
  }
  return found;
}

function amountOf(pod: PodSpec, name: string, fallback: ContainerFallback): bigint {
  if (name === 'pods' || name === 'count/pods') {
    return ONE;
  }
  const [, of = 'requests', resource] = /^(?:(requests|limits)\.)?([^/]+(?:\/.+)?)$/.exec(name) ?? [];
  if (resource === undefined || !(of === 'requests' || of === 'limits')) {
    return 0n;
  }
  // what is said of the pod as a whole wins over the sum of its containers
  const whole = pod.resources?.[of]?.[resource] ?? (of === 'requests' ? pod.resources?.limits?.[resource] : undefined);
  return whole === undefined ? podTotal(pod, of, resource, fallback) : (quantityOf(whole) ?? 0n);
}

/** What the LimitRanges of a namespace give to containers that say nothing. */
function fallbackIn(inventory: Inventory, namespace: string): ContainerFallback {
  const ranges = containerRanges(inventory).get(namespace) ?? [];
  return {
    limits: Object.assign({}, ...ranges.map((range) => range.default)),
    requests: Object.assign({}, ...ranges.map((range) => ({ ...range.default, ...range.defaultRequest }))),
  };
}

/** Whether a quota is about a pod. One with a scope that is not known here is about none. */
function counts({ manifest: { spec = {} } }: InventoryObject, pod: PodSpec): boolean {
  const scopes = Array.isArray(spec.scopes) ? (spec.scopes as unknown[]) : [];
  const expressions = asList(asObject(spec.scopeSelector).matchExpressions);
  return (
    scopes.every((scope) => isIn(scope, pod)) &&
    expressions.every(({ scopeName, operator, values }) =>
      scopeName === 'PriorityClass'
        ? hasPriority(pod.priorityClassName ?? '', operator, Array.isArray(values) ? (values as unknown[]) : [])
        : isIn(scopeName, pod),
    )
  );
}

function isIn(scope: unknown, pod: PodSpec): boolean {
  const asksForNothing = containersOf(pod).every(({ resources }) => !resources?.requests && !resources?.limits);
  switch (scope) {
    case 'Terminating':
      return pod.activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return pod.activeDeadlineSeconds === undefined;
    case 'BestEffort':
      return asksForNothing;
    case 'NotBestEffort':
      return !asksForNothing;
    default:
      return false;
  }
}

function hasPriority(name: string, operator: unknown, values: readonly unknown[]): boolean {
  switch (operator) {
    case 'In':
      return values.includes(name);
    case 'NotIn':
      return !values.includes(name);
    case 'Exists':
      return name !== '';
    default:
      return name === '';
  }
}
