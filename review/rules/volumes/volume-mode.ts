import type { PersistentVolumeClaimSpec } from '../../../imports/kubernetes';
import { type PodObject, title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { indexPath, keyPath } from '../../../kube/text';
import { claimingObjects } from '../../claims';
import { type VolumeIndex, volumeIndex } from '../../cluster/volumes';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { suspectContainers, suspectsIn } from '../../suspects';

const WITH_DEVICES = suspectContainers(({ container }) => container.volumeDevices !== undefined);

/** Devices that are mounted, and file systems that are taken for devices. */
export const rule: Rule = {
  id: 'volumes/volume-mode',
  title: 'claims of block devices are volumeDevices, and others are mounted',
  severity: 'error',
  why: 'The kubelet does not mount a claim with volumeMode Block, and makes no device of any other: the pod waits for its volumes.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-mode',
  bad: manifests('volumeMounts: [{ name: data, mountPath: /data }]'),
  good: manifests('volumeDevices: [{ name: data, devicePath: /dev/data }]'),
  check: ({ inventory }, report) => {
    const index = volumeIndex(inventory);
    const hasBlock = claimingObjects(inventory).some(({ claims }) =>
      claims.some(({ spec }) => spec.volumeMode === 'Block'),
    );
    for (const pod of hasBlock ? inventory.pods : suspectsIn(inventory, WITH_DEVICES)) {
      const claims = claimedSpecs(pod, index);
      const found = new Places(report, pod);
      for (const { container, field } of claims.size === 0 ? [] : podContainers(pod)) {
        for (const [list, mode] of [
          ['volumeMounts', 'Filesystem'],
          ['volumeDevices', 'Block'],
        ] as const) {
          for (const [i, { name }] of (container[list] ?? []).entries()) {
            const claimed = claims.get(name);
            if (claimed && (claimed.volumeMode ?? 'Filesystem') !== mode) {
              const other = list === 'volumeMounts' ? 'volumeDevices' : 'volumeMounts';
              found.add(`${list} ${name}`, {
                message: `container '${container.name}' of ${title(pod)} has '${name}' among its ${list}, and its claim has volumeMode ${claimed.volumeMode ?? 'Filesystem'}`,
                fix: `list it in ${other}, or write volumeMode: ${mode} in the claim`,
                field: keyPath(indexPath(keyPath(field, list), i), 'name'),
                container: container.name,
              });
            }
          }
        }
      }
      found.finish();
    }
  },
};

/** The claims of a pod by the name of their volume, as far as the set shows them. */
function claimedSpecs(
  pod: PodObject,
  { claims }: VolumeIndex,
): ReadonlyMap<string, Partial<PersistentVolumeClaimSpec>> {
  const { spec, namespace, workload } = pod;
  const found = new Map<string, Partial<PersistentVolumeClaimSpec>>();
  for (const { name, persistentVolumeClaim, ephemeral } of spec.volumes ?? []) {
    const claimed =
      claims.get(`${namespace}/${persistentVolumeClaim?.claimName}`) ?? ephemeral?.volumeClaimTemplate?.spec;
    if (claimed) {
      found.set(name, claimed);
    }
  }
  for (const template of workload?.claims?.(pod.of) ?? []) {
    found.set(template.metadata?.name ?? '', template.spec ?? {});
  }
  return found;
}

function manifests(mount: string): string {
  return `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { volumeMode: Block, accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: default }
spec:
  containers: [{ name: db, image: 'example.com/db:1.0.0', ${mount} }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
`;
}
