import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { isDnsLabel } from '../../../kube/names';
import { type PodContainer, podContainers, podSpecField } from '../../../kube/pod-containers';
import { keyPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** Names and images that every container needs. */
export const rule: Rule = {
  id: 'containers/name',
  title: 'every container of a pod has a name of its own, and an image',
  severity: 'error',
  why: 'The API server refuses a pod without containers, a container without name or image, and two containers of one name, init and ephemeral ones included.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  initContainers: [{ name: web, image: 'example.com/migrate:1.0.0' }]
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec:
  initContainers: [{ name: migrate, image: 'example.com/migrate:1.0.0' }]
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
`,
  check: checkSuspects(
    suspectPods(
      ({ spec }, containers) => containers.length !== 1 || spec.containers?.length !== 1 || !isPlain(containers[0]!),
    ),
    (pod, report) => {
      const containers = podContainers(pod);
      const found = new Places(report, pod);
      if (!pod.spec.containers?.length) {
        found.add('none', {
          message: `the pods of ${title(pod)} have no container`,
          fix: 'write a container with a name and an image',
          field: keyPath(podSpecField(pod), 'containers'),
        });
      }
      const seen = new Set<string>();
      for (const { container, field } of containers) {
        const { name, image } = container;
        if (!name || !isDnsLabel(name)) {
          found.add(`form of ${name}`, {
            message: `the name of a container must be at most 63 lowercase letters, digits and '-', but is ${describe(name)}`,
            fix: "write a name such as 'web'",
            field: keyPath(field, 'name'),
          });
        } else if (seen.has(name)) {
          found.add(`twice ${name}`, {
            message: `two containers of ${title(pod)} have the name '${name}'`,
            fix: 'rename one of them',
            field: keyPath(field, 'name'),
            container: name,
          });
        }
        seen.add(name);
        if (!image) {
          found.add('image', {
            message: `container '${name}' of ${title(pod)} has no image`,
            fix: 'write its image',
            field: keyPath(field, 'image'),
            container: name,
          });
        }
      }
      found.finish();
    },
  ),
};

const isPlain = ({ container: { name, image } }: PodContainer): boolean => Boolean(name && image) && isDnsLabel(name);
