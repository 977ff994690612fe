import { podSpecField } from '../../../kube/pod-containers';
import { indexPath } from '../../../kube/text';
import type { Rule } from '../../rule';

/** A toleration that the API server refuses. */
export const rule: Rule = {
  id: 'pods/tolerations',
  title: 'the fields of a toleration fit together',
  severity: 'error',
  why: 'The API server refuses a toleration whose value, key or tolerationSeconds do not fit its operator and effect, and with it the workload.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: web, image: registry.example.com/web:1 }]
  tolerations: [{ key: dedicated, operator: Exists, value: web }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: [{ name: web, image: registry.example.com/web:1 }]
  tolerations: [{ key: dedicated, operator: Equal, value: web }]
`,
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      const list = `${podSpecField(pod.manifest)}.tolerations`;
      pod.spec.tolerations?.forEach(({ key, operator, value, effect, tolerationSeconds }, i) => {
        const field = indexPath(list, i);
        if (operator === 'Exists' && value) {
          const message = `${field}.value must be left out with operator Exists, but is '${value}'`;
          report(pod, { message, fix: 'delete value, or write operator: Equal', field: `${field}.value` });
        }
        if (!key && operator !== 'Exists') {
          const message = `${field}.operator must be Exists without a key, but is '${operator ?? 'Equal'}'`;
          report(pod, { message, fix: 'write a key, or operator: Exists', field: `${field}.operator` });
        }
        if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
          const message = `${field}.effect must be NoExecute with tolerationSeconds, but is '${effect ?? ''}'`;
          report(pod, { message, fix: 'write effect: NoExecute', field: `${field}.effect` });
        }
      });
    }
  },
};
