import { isUnpinned } from '../../../kube/images';
import { title } from '../../../kube/inventory';
import { type PodContainer, podContainers } from '../../../kube/pod-containers';
import type { Rule } from '../../rule';
import { checkSuspects, suspectContainers } from '../../suspects';

/** Written by a mesh for the image that it injects. */
const INJECTED = 'auto';

/** A version that moves. */
export const rule: Rule = {
  id: 'images/latest',
  title: 'an image has a tag other than latest, or a digest',
  severity: 'warning',
  why: 'Which version runs then depends on when a node pulled the image: pods of one workload run different versions, and a rollback does not bring the old one back.',
  source: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: registry.example.com:5000/web }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: registry.example.com:5000/web:1.4.2 }] }
`,
  check: checkSuspects(suspectContainers(mayMove), (pod, report) => {
    const containers = podContainers(pod);
    const unpinned = containers.filter(mayMove);
    const [first] = unpinned;
    if (first) {
      const { image, name } = first.container;
      const more = unpinned.length > 1 ? `, and ${unpinned.length - 1} more of ${title(pod)}` : '';
      report(pod, {
        message: `the image of container '${name}' must have a version, but is '${image}'${more}`,
        field: `${first.field}.image`,
        container: `${name}`,
        fix: 'write a tag of its version, or a digest (@sha256:...)',
      });
    }
  }),
};

function mayMove({ container: { image } }: PodContainer): boolean {
  return image !== undefined && image !== '' && image !== INJECTED && isUnpinned(image);
}
