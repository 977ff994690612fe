import type { IConstruct } from 'constructs';
import { ManifestError } from '../charts/core/errors';
import type { AnyObject, LabelSelector } from '../imports/kubernetes';
import { isClusterScoped } from './kinds';
import { meets } from './label-requirements';

/** A manifest, where it comes from, and where it is written. */
export interface Placed {
  readonly construct: IConstruct;
  readonly manifest: AnyObject & { readonly spec?: Record<string, unknown> };
  /** Relative to the output folder. */
  readonly file: string;
}

/** 'Deployment shop/web', for messages. */
export function title({ manifest }: Pick<Placed, 'manifest'>): string {
  const { namespace, name } = manifest.metadata;
  return `${manifest.kind} '${namespace === undefined ? '' : `${namespace}/`}${name}'`;
}

export const errorAt = (placed: Pick<Placed, 'construct'>, problem: string, fix: string): ManifestError =>
  new ManifestError(placed.construct.node.path, problem, fix);

/** The namespace, '' for cluster-scoped kinds. */
export function namespaceIn({ apiVersion, kind, metadata }: AnyObject): string {
  return isClusterScoped(apiVersion, kind) ? '' : (metadata.namespace ?? 'default');
}

/** Whether a selector of Kubernetes selects labels. */
export function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return equal && (selector.matchExpressions ?? []).every((expression) => meets(expression, labels[expression.key]));
}
