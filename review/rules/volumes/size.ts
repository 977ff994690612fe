import type { PodSpec, Volume } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { podLimit } from '../../../kube/pod-limits';
import { formatBytes, quantityOf } from '../../../kube/quantity';
import { defaultLimits } from '../../limit-ranges';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** Scratch volumes that are larger than what their pod may use. */
export const rule: Rule = {
  id: 'volumes/size',
  title: 'scratch volumes fit into the limits of their pod',
  severity: 'warning',
  why: 'What is written into a scratch volume counts as ephemeral storage of the pod, and in a memory volume as memory of the container: the pod is evicted, or the container killed, before the volume is full.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      resources: { limits: { ephemeral-storage: 1Gi } }
      volumeMounts: [{ name: cache, mountPath: /cache }]
  volumes: [{ name: cache, emptyDir: { sizeLimit: 10Gi } }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      resources: { limits: { ephemeral-storage: 12Gi } }
      volumeMounts: [{ name: cache, mountPath: /cache }]
  volumes: [{ name: cache, emptyDir: { sizeLimit: 10Gi } }]
`,
  check: checkSuspects(
    suspectPods(({ spec }) => spec.volumes?.every((volume) => fits(volume, spec)) === false),
    (pod, report, { inventory }) => {
      pod.spec.volumes?.forEach(({ name, emptyDir }, i) => {
        const size = emptyDir && quantityOf(emptyDir.sizeLimit);
        const resource = emptyDir?.medium === 'Memory' ? 'memory' : emptyDir?.medium ? undefined : 'ephemeral-storage';
        if (size === undefined || resource === undefined) {
          return;
        }
        const fallback = defaultLimits(inventory, pod.namespace);
        // memory is counted where it is written, other files for the pod as a whole
        const limit = podLimit(pod.spec, resource, fallback.get(resource), ({ volumeMounts }) =>
          resource === 'memory' ? (volumeMounts ?? []).some((mount) => mount.name === name) : true,
        );
        if (limit !== undefined && size > limit) {
          report(pod, {
            message: `volume '${name}' of ${title(pod)} may hold ${formatBytes(size)}, and its containers may use ${formatBytes(limit)} of ${resource}`,
            fix: `raise the limit of ${resource} above ${formatBytes(size)}, or lower sizeLimit`,
            field: `${podSpecField(pod)}.volumes[${i}].emptyDir.sizeLimit`,
          });
        }
      });
    },
  ),
};

/** Whether a volume has no size, or one that the only container may fill, as nearly all. */
function fits({ emptyDir }: Volume, { containers, initContainers, resources }: PodSpec): boolean {
  if (emptyDir?.sizeLimit === undefined) {
    return true;
  }
  const limit = containers?.[0]?.resources?.limits?.['ephemeral-storage'];
  return (
    !emptyDir.medium &&
    resources === undefined &&
    containers?.length === 1 &&
    initContainers === undefined &&
    limit !== undefined &&
    (limit === emptyDir.sizeLimit || (quantityOf(limit) ?? 0n) >= (quantityOf(emptyDir.sizeLimit) ?? 0n))
  );
}
