import type { AnyObject, ObjectMeta } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import type { Written } from '../core/written';

/** Creates an object of a workload from its id, its kind, and the pure function that renders it. */
export type ObjectFactory = <T extends AnyObject>(
  id: string,
  apiVersion: T['apiVersion'],
  kind: T['kind'],
  render: (metadata: ObjectMeta & { name: string }) => T,
  name?: string,
) => KubeObject<Written<T>>;
