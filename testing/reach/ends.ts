import { Construct, type IConstruct } from 'constructs';
import { parseCidr } from '../../kube/cidr';
import { describe } from '../../kube/describe';
import type { PodObject } from '../../kube/inventory';
import type { Reachability } from '../../kube/reachability/reachability';

/**
 * One end of a connection in a test: a construct with pods (a workload, a raw object, a whole tenant), the
 * 'namespace/name' of an object with pods, or an address or a range of addresses outside of the cluster.
 */
export type ReachEnd = IConstruct | string;

/** An end as `Reachability` knows it, and its name in messages. */
export interface ResolvedEnd {
  readonly title: string;
  /** Pods, or one address. */
  readonly ends: readonly (PodObject | string)[];
}

/** Throws an Error where an end has no pods: nothing could reach it, and a test of that would pass for the wrong reason. */
export function resolveEnd({ pods }: Reachability, end: ReachEnd): ResolvedEnd {
  if (typeof end === 'string') {
    return isAddress(end) ? { title: end, ends: [end] } : named(pods, end);
  }
  if (!Construct.isConstruct(end)) {
    throw new TypeError(
      `toReach takes a construct, 'namespace/name' or an address, but got ${describe(end)}. Write toReach(web, store, 5432).`,
    );
  }
  const { path } = end.node;
  const found = pods.filter(({ origin: { construct = '' } }) => path === '' || `${construct}/`.startsWith(`${path}/`));
  if (found.length === 0) {
    throw new Error(`'${path}' makes no pods in this app. Pass a workload, or an object that runs pods.`);
  }
  return { title: path, ends: found };
}

function named(pods: readonly PodObject[], name: string): ResolvedEnd {
  const found = pods.filter((pod) => nameOf(pod) === name);
  if (found.length === 0) {
    const known = [...new Set(pods.map(nameOf))].join(', ');
    throw new Error(`no pods are of an object '${name}'. Write 'namespace/name' of one of these: ${known || 'none'}.`);
  }
  return { title: name, ends: found };
}

export const nameOf = ({ namespace, manifest }: PodObject): string => `${namespace}/${manifest.metadata.name}`;

/** '10.0.0.7', '10.0.0.0/16', 'fd00::7'. */
export function isAddress(text: string): boolean {
  return parseCidr(text.includes('/') ? text : `${text}/32`) !== undefined;
}
