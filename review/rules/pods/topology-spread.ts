import { podSpecField } from '../../../kube/pod-containers';
import { indexPath } from '../../../kube/text';
import type { Rule } from '../../rule';

/** A spread that the API server refuses. */
export const rule: Rule = {
  id: 'pods/topology-spread',
  title: 'a topology spread constraint has a positive skew, and occurs once',
  severity: 'error',
  why: 'The API server refuses a spread with a skew below 1, minDomains on a soft spread, or two spreads with the same key and mode.',
  source:
    'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: web, image: registry.example.com/web:1 }]
  topologySpreadConstraints:
    - { maxSkew: 0, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: web, image: registry.example.com/web:1 }]
  topologySpreadConstraints:
    - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule }
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const list = `${podSpecField(pod.manifest)}.topologySpreadConstraints`;
      const seen = new Set<string>();
      pod.spec.topologySpreadConstraints?.forEach(({ maxSkew, minDomains, topologyKey, whenUnsatisfiable }, i) => {
        const field = indexPath(list, i);
        if (maxSkew !== undefined && (!Number.isInteger(maxSkew) || maxSkew < 1)) {
          const message = `${field}.maxSkew must be an integer of at least 1, but is ${maxSkew}`;
          report(pod, { message, fix: 'write maxSkew: 1', field: `${field}.maxSkew` });
        }
        if (minDomains !== undefined && (minDomains < 1 || whenUnsatisfiable !== 'DoNotSchedule')) {
          const message = `${field}.minDomains must be at least 1, and requires whenUnsatisfiable: DoNotSchedule`;
          report(pod, { message, fix: 'delete minDomains, or write DoNotSchedule', field: `${field}.minDomains` });
        }
        const key = `${topologyKey}|${whenUnsatisfiable}`;
        if (seen.has(key)) {
          const message = `${field} is the second constraint for '${topologyKey}' with ${whenUnsatisfiable}`;
          report(pod, { message, fix: 'delete one of the two', field });
        }
        seen.add(key);
      });
    }
  },
};
