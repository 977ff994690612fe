import type { AnyObject, LabelSelector, ObjectMeta, PodSpec } from '../imports/kubernetes';
import { isClusterScoped } from './kinds';

/** A manifest with a spec of any kind. */
export type Manifest = AnyObject & { readonly spec?: Record<string, unknown> };

/** The namespace, '' for cluster-scoped kinds. */
export function namespaceIn({ apiVersion, kind, metadata }: AnyObject): string {
  return isClusterScoped(apiVersion, kind) ? '' : (metadata.namespace ?? 'default');
}

/** The pods of a workload, as far as its manifest has them. */
export interface PodTemplate {
  readonly metadata?: Pick<ObjectMeta, 'labels' | 'annotations'>;
  readonly spec?: PodSpec;
}

/** The pod template of an object of Kubernetes that makes pods; a Pod is its own. */
export function podTemplate({ kind, apiVersion, metadata, spec }: Manifest): PodTemplate | undefined {
  switch (`${apiVersion}/${kind}`) {
    case 'v1/Pod':
      return { metadata, spec: spec as unknown as PodSpec | undefined };
    case 'apps/v1/Deployment':
    case 'apps/v1/StatefulSet':
    case 'apps/v1/DaemonSet':
    case 'apps/v1/ReplicaSet':
    case 'batch/v1/Job':
      return spec?.template as PodTemplate | undefined;
    case 'batch/v1/CronJob':
      return (spec?.jobTemplate as { spec?: { template?: PodTemplate } } | undefined)?.spec?.template;
    default:
      return undefined;
  }
}

/** Whether a label selector selects labels. */
export function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}
