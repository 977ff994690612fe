import { title } from '../../../kube/inventory';
import { listed } from '../../../kube/text';
import { containersWithout } from '../../container-defaults';
import type { Rule } from '../../rule';

/** The scheduler counts requests only. */
export const rule: Rule = {
  id: 'availability/requests',
  title: 'every container requests CPU and memory, or its namespace does so by a LimitRange',
  severity: 'advice',
  why: 'The scheduler counts requests: a node fills up with pods that request nothing, and these are throttled and evicted first.',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: web:1, resources: { requests: { cpu: 100m } } }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: web:1, resources: { requests: { cpu: 100m }, limits: { memory: 64Mi } } }] }
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const missing = ['cpu', 'memory'].flatMap((resource) => {
        const containers = containersWithout(inventory, pod, 'requests', resource);
        return containers.length > 0 ? [{ resource, containers }] : [];
      });
      const [first] = missing;
      if (first) {
        const names = [
          ...new Set(missing.flatMap(({ containers }) => containers.map(({ container }) => `${container.name}`))),
        ];
        const { field, container } = first.containers[0]!;
        report(pod, {
          message: `${names.length === 1 ? 'container' : 'containers'} ${listed(names.slice(0, 5))} of ${title(pod)} must request CPU and memory, but ${names.length === 1 ? 'does' : 'do'} not request ${missing.map(({ resource }) => (resource === 'cpu' ? 'CPU' : resource)).join(' and ')}`,
          field: `${field}.resources`,
          container: `${container.name}`,
          fix: 'write resources.requests with cpu and memory',
        });
      }
    }
  },
};
