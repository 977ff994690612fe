import type { PodSpec } from '../../imports/kubernetes';
import { namespaceIn } from '../../kube/objects';
import { podOf } from '../../kube/workload-kinds';
import type { FitObject } from './input';

/** An object that makes pods, or is one. */
export interface PodObject extends FitObject {
  readonly namespace: string;
  /** Of the pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  readonly serviceAccount: string;
}

export function podObjects(objects: readonly FitObject[]): PodObject[] {
  return objects.flatMap((object) => {
    const { manifest } = object;
    const pod = podOf(manifest);
    if (!pod?.spec) {
      return [];
    }
    return [
      {
        ...object,
        namespace: namespaceIn(manifest),
        labels: pod.metadata?.labels ?? {},
        spec: pod.spec,
        serviceAccount: pod.spec.serviceAccountName ?? 'default',
      },
    ];
  });
}
