import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** The second of two objects with one group, kind, namespace and name would silently replace the first. */
export const rule: Rule = {
  id: 'objects/duplicate',
  title: 'every object has a group, kind, namespace and name of its own',
  severity: 'error',
  why: 'The second of the two silently replaces the first when both are applied.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: default }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: default }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: default }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: kube-public }
`,
  check: ({ inventory }, report) => {
    for (const [first, second] of inventory.duplicates) {
      const { construct, file } = first.origin;
      const where = construct ?? file?.path;
      report(second, {
        message: `${title(second)} is defined twice${where === undefined ? '' : `, here and by '${where}'`}`,
        field: 'metadata.name',
        fix: 'rename one of them, or move it to another namespace',
      });
    }
  },
};
