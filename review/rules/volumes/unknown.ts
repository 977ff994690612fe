import { type PodObject, title } from '../../../kube/inventory';
import { podContainers, podSpecField } from '../../../kube/pod-containers';
import { indexPath, keyPath, listed, nearest } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** Mounts and devices of volumes that the pod does not have. */
export const rule: Rule = {
  id: 'volumes/unknown',
  title: 'every mount names a volume of its pod',
  severity: 'error',
  why: 'The API server refuses the object: a container can only mount volumes of its pod, or of the claim templates of its StatefulSet.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      volumeMounts: [{ name: dta, mountPath: /data }]
  volumes: [{ name: data, emptyDir: {} }]
`,
  good: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: default }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      initContainers:
        - name: prepare
          image: example.com/db:1.0.0
          volumeMounts: [{ name: scratch, mountPath: /scratch }]
      containers:
        - name: db
          image: example.com/db:1.0.0
          volumeMounts: [{ name: data, mountPath: /data }]
      volumes: [{ name: scratch, emptyDir: {} }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`,
  check: checkSuspects(
    suspectContainers(({ container }, pod) => !isKnown(pod, container.volumeMounts, container.volumeDevices)),
    (pod, report) => {
      const containers = podContainers(pod);
      const found = new Places(report, pod);
      for (const { container, field } of containers) {
        for (const list of LISTS) {
          container[list]?.forEach(({ name }, i) => {
            if (name !== undefined && !isVolume(pod, name)) {
              const volumes = volumeNames(pod);
              const guess = nearest(name, volumes);
              const all = volumes.length === 0 ? 'it has no volumes' : `its volumes are ${listed(volumes)}`;
              found.add(name, {
                message: `container '${container.name}' of ${title(pod)} mounts '${name}', which is not a volume of the pod; ${all}`,
                fix: `${guess === undefined ? '' : `write '${guess}', or `}add a volume '${name}' to ${keyPath(podSpecField(pod), 'volumes')}`,
                field: keyPath(indexPath(keyPath(field, list), i), 'name'),
                container: container.name,
              });
            }
          });
        }
      }
      found.finish();
    },
  ),
};

const LISTS = ['volumeMounts', 'volumeDevices'] as const;

type Named = readonly { readonly name?: string }[] | undefined;

/** Whether a pod has all that one of its containers mounts, as nearly all. */
function isKnown(pod: PodObject, mounts: Named, devices: Named): boolean {
  return areVolumes(pod, mounts) && areVolumes(pod, devices);
}

function areVolumes(pod: PodObject, list: Named): boolean {
  for (const { name } of list ?? NO_NAMES) {
    if (name !== undefined && !isVolume(pod, name)) {
      return false;
    }
  }
  return true;
}

const NO_NAMES: NonNullable<Named> = [];

function isVolume(pod: PodObject, name: string): boolean {
  for (const volume of pod.spec.volumes ?? []) {
    if (volume.name === name) {
      return true;
    }
  }
  return pod.workload?.claims?.(pod.of).some(({ metadata }) => metadata?.name === name) === true;
}

/** The names of its volumes, and of the claims that its controller adds. */
function volumeNames({ spec, workload, of }: PodObject): readonly string[] {
  const names = (spec.volumes ?? []).flatMap(({ name }) => name ?? []);
  const claims = workload?.claims?.(of) ?? [];
  return claims.length === 0 ? names : [...names, ...claims.flatMap(({ metadata }) => metadata?.name ?? [])];
}
