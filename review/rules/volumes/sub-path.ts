import type { Container } from '../../../imports/kubernetes';
import { type PodObject, title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { indexPath, keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, WITH_SUB_PATHS } from '../../suspects';

/** One container at the root of a volume, and another in a folder of it. An empty subPath says that the root is meant. */
export const rule: Rule = {
  id: 'volumes/sub-path',
  title: 'containers of a pod see the same folder of a claim',
  severity: 'warning',
  why: 'A container without the subPath works on the root of the volume, of which the other one sees a folder: what is restored, copied or given another owner there has no effect.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath',
  bad: pod(''),
  good: pod(', subPath: db'),
  check: checkSuspects(WITH_SUB_PATHS, (pod, report) => {
    const containers = podContainers(pod);
    const claims = claimVolumes(pod);
    const folders = new Map<string, { readonly subPath: string; readonly container: Container }>();
    for (const { container } of containers) {
      for (const { name, subPath } of container.volumeMounts ?? []) {
        if (subPath && claims.has(name) && !folders.has(name)) {
          folders.set(name, { subPath, container });
        }
      }
    }
    const found = new Places(report, pod);
    for (const { container, field } of folders.size === 0 ? [] : containers) {
      for (const [i, { name, mountPath, subPath, subPathExpr }] of (container.volumeMounts ?? []).entries()) {
        const folder = subPath === undefined && !subPathExpr ? folders.get(name) : undefined;
        if (folder && !seesFolder(container, name) && !names(container, `${mountPath}/${folder.subPath}`)) {
          found.add(name, {
            message: `container '${container.name}' of ${title(pod)} mounts the root of volume '${name}', of which container '${folder.container.name}' sees the folder '${folder.subPath}'`,
            fix: `write subPath: ${folder.subPath}, or subPath: '' where the root is meant`,
            field: keyPath(indexPath(keyPath(field, 'volumeMounts'), i), 'subPath'),
            container: container.name,
          });
        }
      }
    }
    found.finish();
  }),
};

/** The volumes that outlive the pod, or have a disk of their own; those of files are mounted in parts on purpose. */
function claimVolumes({ spec, workload, of }: PodObject): ReadonlySet<string> {
  const templates = workload?.claims?.(of) ?? [];
  return new Set([
    ...templates.flatMap(({ metadata }) => metadata?.name ?? []),
    ...(spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) =>
      persistentVolumeClaim || ephemeral ? name : [],
    ),
  ]);
}

function seesFolder({ volumeMounts = [] }: Container, volume: string): boolean {
  return volumeMounts.some(({ name, subPath, subPathExpr }) => name === volume && (subPath || subPathExpr));
}

/** Whether a container names a path in what it runs: it knows of the folder. */
function names({ command = [], args = [], env = [] }: Container, path: string): boolean {
  return [...command, ...args, ...env.map(({ value }) => value ?? '')].some((text) => text.includes(path));
}

function pod(more: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: default }
spec:
  initContainers:
    - { name: owner, image: 'example.com/tools:1.0.0', volumeMounts: [{ name: data, mountPath: /data${more} }] }
  containers:
    - { name: db, image: 'example.com/db:1.0.0', volumeMounts: [{ name: data, mountPath: /var/lib/db, subPath: db }] }
  volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
`;
}
