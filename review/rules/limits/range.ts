import { podContainers } from '../../../kube/pod-containers';
import { quantityOf } from '../../../kube/quantity';
import { keyPath } from '../../../kube/text';
import { containerRanges } from '../../limit-ranges';
import type { Rule } from '../../rule';

/** The API server admits the controller, and refuses each of its pods. */
export const rule: Rule = {
  id: 'limits/range',
  title: 'containers have the sizes that the LimitRange of their namespace allows',
  severity: 'error',
  why: 'The API server refuses a pod with a container outside of the range. The controller retries for ever, and its pods never come.',
  source: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  bad: `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec: { limits: [{ type: Container, max: { memory: 1Gi } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: 'example.com/web:1', resources: { limits: { memory: 2Gi } } }] }
`,
  good: `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec: { limits: [{ type: Container, max: { memory: 1Gi } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: 'example.com/web:1', resources: { limits: { memory: 1Gi } } }] }
`,
  check: ({ inventory }, report) => {
    const ranges = containerRanges(inventory);
    for (const pod of ranges.size === 0 ? [] : inventory.pods) {
      for (const { container, field } of podContainers(pod)) {
        const { requests = {}, limits = {} } = container.resources ?? {};
        for (const { min = {}, max = {} } of ranges.get(pod.namespace) ?? []) {
          for (const [name, most] of Object.entries(max)) {
            const part = limits[name] === undefined ? 'requests' : 'limits';
            const own = limits[name] ?? requests[name];
            if (isAbove(own, most)) {
              report(pod, {
                message: `the ${name} of container '${container.name}' must be at most '${most}', the maximum of the LimitRange, but is '${own}'`,
                field: keyPath(`${field}.resources.${part}`, name),
                container: container.name,
                fix: 'write less, or raise the maximum of the LimitRange',
              });
            }
          }
          for (const [name, least] of Object.entries(min)) {
            const part = requests[name] === undefined ? 'limits' : 'requests';
            const own = requests[name] ?? limits[name];
            if (isAbove(least, own)) {
              report(pod, {
                message: `the ${name} of container '${container.name}' must be at least '${least}', the minimum of the LimitRange, but is '${own}'`,
                field: keyPath(`${field}.resources.${part}`, name),
                container: container.name,
                fix: 'write more, or lower the minimum of the LimitRange',
              });
            }
          }
        }
      }
    }
  },
};

/** False where either cannot be read. */
function isAbove(one: unknown, other: unknown): boolean {
  const [a, b] = [one, other].map((amount) => (amount === undefined ? undefined : quantityOf(amount)));
  return a !== undefined && b !== undefined && a > b;
}
