import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** Objects that are written into the namespace 'default'. */
export const rule: Rule = {
  id: 'security/default-namespace',
  title: "objects have a namespace of their own, not 'default'",
  severity: 'advice',
  why: "What shares the namespace 'default' shares permissions, quotas, network policies and the level of Pod Security, none of which 'default' has.",
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: web, namespace: default }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: web, namespace: shop }
`,
  check: ({ inventory }, report) => {
    // what leaves its namespace out gets that of the command that applies it
    const found = inventory
      .inNamespace('default')
      .filter(({ manifest: { metadata } }) => metadata.namespace === 'default' && metadata.name !== 'kubernetes');
    const [first] = found;
    if (first) {
      report(first, {
        field: 'metadata.namespace',
        message: `${title(first)}${found.length === 1 ? ' is' : ` and ${found.length - 1} other objects are`} in namespace 'default'`,
        fix: 'write a namespace of its own for each program or team',
      });
    }
  },
};
