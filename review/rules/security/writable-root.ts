import { title } from '../../../kube/inventory';
import { isWindowsPod } from '../../../kube/os-fields';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** Containers whose files can be changed. */
export const rule: Rule = {
  id: 'security/writable-root',
  title: 'the root file system of containers is read-only',
  severity: 'advice',
  why: 'Whoever breaks into a program with a writable root file system can change its binaries and leave tools behind.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web, securityContext: { readOnlyRootFilesystem: true } }] }
`,
  check: checkSuspects(suspectContainers(isWritable), (pod, report) => {
    const found = isWindowsPod(pod.spec) ? [] : podContainers(pod).filter(isWritable);
    const [first] = found;
    if (first) {
      report(pod, {
        field: `${first.field}.securityContext`,
        ...(first.container.name === undefined ? {} : { container: first.container.name }),
        message: `${found.length === 1 ? 'a container' : `${found.length} containers`} of ${title(pod)} can write to ${found.length === 1 ? 'its root file system' : 'their root file systems'}`,
        fix: 'write readOnlyRootFilesystem: true, and mount an emptyDir where the program writes',
      });
    }
  }),
};

function isWritable({ container }: PodContainer): boolean {
  return container.securityContext?.readOnlyRootFilesystem !== true;
}
