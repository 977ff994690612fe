import { title } from '../../../kube/inventory';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import { indexPath, keyPath, withoutEndSlashes } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** Paths of mounts that the API server refuses. */
export const rule: Rule = {
  id: 'volumes/mount-path',
  title: 'every mount of a container has a path of its own',
  severity: 'error',
  why: 'The API server refuses two mounts at one path, a mount without a path, and a subPath that leaves its volume.',
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
      volumeMounts: [{ name: tmp, mountPath: /tmp }, { name: cache, mountPath: /tmp }]
  volumes: [{ name: tmp, emptyDir: {} }, { name: cache, emptyDir: {} }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      volumeMounts: [{ name: tmp, mountPath: /tmp }, { name: tmp, mountPath: /var/cache, subPath: cache }]
  volumes: [{ name: tmp, emptyDir: {} }]
`,
  check: checkSuspects(
    suspectContainers((one) => !hasPlainMount(one)),
    (pod, report) => {
      const containers = podContainers(pod);
      const found = new Places(report, pod);
      for (const { container, field } of containers) {
        if (!container.volumeMounts?.length) {
          continue;
        }
        const of = () => `container '${container.name}' of ${title(pod)}`;
        const seen = new Set<string>();
        const folders = new Set<string>();
        container.volumeMounts.forEach(({ mountPath, subPath, subPathExpr }, i) => {
          const add = (cause: string, key: string, message: string, fix: string, severity?: 'warning') =>
            found.add(cause, {
              ...(severity ? { severity } : {}),
              message,
              fix,
              field: keyPath(indexPath(keyPath(field, 'volumeMounts'), i), key),
              container: container.name,
            });
          if (!mountPath) {
            add('none', 'mountPath', `a mount of ${of()} has no path`, 'write mountPath, such as /data');
          } else if (seen.has(mountPath)) {
            add(mountPath, 'mountPath', `${of()} has two mounts at '${mountPath}'`, 'mount one of them elsewhere');
          } else if (folders.has(withoutEndSlashes(mountPath))) {
            // the API server tells them apart, and the container does not
            const message = `${of()} has two mounts at '${mountPath}', of which the later one hides the other`;
            add(`end ${mountPath}`, 'mountPath', message, 'mount one of them elsewhere', 'warning');
          }
          seen.add(mountPath);
          folders.add(withoutEndSlashes(mountPath ?? ''));
          const key = subPath ? 'subPath' : 'subPathExpr';
          const inside = subPath || (subPathExpr ?? '');
          if (inside.startsWith('/') || inside.split('/').includes('..')) {
            const message = `${key} of a mount of ${of()} must be a relative path without '..', but is '${inside}'`;
            add(inside, key, message, 'write the folder of the volume, such as data/web');
          }
          if (subPath && subPathExpr) {
            add('both', 'subPathExpr', `a mount of ${of()} has both subPath and subPathExpr`, 'write one of them');
          }
        });
      }
      found.finish();
    },
  ),
};

/** Whether a container has one mount at most, as many, and nothing is to be said of it. */
function hasPlainMount({ container: { volumeMounts } }: PodContainer): boolean {
  if (volumeMounts === undefined || volumeMounts.length !== 1) {
    return volumeMounts === undefined;
  }
  const [mount] = volumeMounts;
  return !mount || (Boolean(mount.mountPath) && !mount.subPath && !mount.subPathExpr);
}
