import { quantityOf } from '../../../kube/quantity';
import { namespaceIn, podTemplate } from '../../app/checks/manifests';
import type { Container, PodSpec } from '../../core/k8s';
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
    const pod =
      manifest.kind === 'Pod' && manifest.apiVersion === 'v1'
        ? { metadata: manifest.metadata, spec: manifest.spec as unknown as PodSpec | undefined }
        : podTemplate(manifest);
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

/** All containers of a pod, those that run first included. */
export function containersOf(spec: PodSpec): readonly Container[] {
  return [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
}

/** Names of the resources that containers ask for. */
export function resourcesOf(spec: PodSpec): string[] {
  const named = containersOf(spec).flatMap(({ resources }) => [
    ...Object.entries(resources?.requests ?? {}),
    ...Object.entries(resources?.limits ?? {}),
  ]);
  return [...new Set(named.filter(([, amount]) => quantityOf(amount) !== 0n).map(([name]) => name))];
}
