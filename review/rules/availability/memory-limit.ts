import { title } from '../../../kube/inventory';
import { listed } from '../../../kube/text';
import { containersWithout } from '../../container-defaults';
import type { Rule } from '../../rule';

/** Memory cannot be taken back from a process. */
export const rule: Rule = {
  id: 'availability/memory-limit',
  title: 'every container has a memory limit, or its namespace sets one by a LimitRange',
  severity: 'advice',
  why: 'A container without a memory limit that leaks fills its node: the kernel and the kubelet then stop other pods too.',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: web:1, resources: { requests: { memory: 64Mi } } }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: web:1, resources: { limits: { memory: 64Mi } } }] }
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const without = containersWithout(inventory, pod, 'limits', 'memory');
      const [first] = without;
      if (first) {
        const names = without.map(({ container }) => `${container.name}`);
        report(pod, {
          message: `${names.length === 1 ? 'container' : 'containers'} ${listed(names.slice(0, 5))} of ${title(pod)} must have a memory limit`,
          field: `${first.field}.resources.limits`,
          container: `${first.container.name}`,
          fix: 'write resources.limits.memory, as large as the request',
        });
      }
    }
  },
};
