import { title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { indexPath, keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** Volumes of one name. */
export const rule: Rule = {
  id: 'volumes/duplicate',
  title: 'every volume of a pod has a name of its own',
  severity: 'error',
  why: 'The API server refuses two volumes of one name. A volume with the name of a claim template is replaced by the claim without a word.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
  volumes: [{ name: tmp, emptyDir: {} }, { name: tmp, emptyDir: {} }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
  volumes: [{ name: tmp, emptyDir: {} }, { name: cache, emptyDir: {} }]
`,
  check: checkSuspects(
    suspectPods(
      ({ spec, workload }) => spec.volumes !== undefined && (spec.volumes.length > 1 || workload?.claims !== undefined),
    ),
    (pod, report) => {
      const { spec, workload } = pod;
      if (!spec.volumes?.length) {
        return;
      }
      const templates = workload?.claims?.(pod.of) ?? [];
      const claims = new Set(templates.map(({ metadata }) => metadata?.name));
      const seen = new Set<string>();
      const found = new Places(report, pod);
      spec.volumes.forEach(({ name }, i) => {
        const field = () => keyPath(indexPath(keyPath(podSpecField(pod), 'volumes'), i), 'name');
        if (name !== undefined && claims.has(name)) {
          found.add(`claim ${name}`, {
            severity: 'warning',
            message: `volume '${name}' of ${title(pod)} is replaced by the claim template of the same name`,
            fix: 'delete the volume, or rename it',
            field: field(),
          });
        } else if (name !== undefined && seen.has(name)) {
          found.add(name, {
            message: `two volumes of ${title(pod)} have the name '${name}'`,
            fix: 'rename one of them, or delete it',
            field: field(),
          });
        }
        seen.add(name);
      });
      found.finish();
    },
  ),
};
