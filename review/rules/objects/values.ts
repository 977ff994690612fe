import { entryOf } from '../../../kube/collections';
import { describe } from '../../../kube/describe';
import { type InventoryObject, title } from '../../../kube/inventory';
import { listed, nearest } from '../../../kube/text';
import { eachFormProblem } from '../../object-forms';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** Fields with a few known values. */
export const rule: Rule = {
  id: 'objects/values',
  title: 'fields with known values have one of them',
  severity: 'error',
  why: "The API server refuses any other value, and minds capitals: 'Always' is a pull policy, and 'always' is not.",
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec: { containers: [{ name: web, image: 'example.com/web:1.0.0', imagePullPolicy: always }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: default }
spec: { containers: [{ name: web, image: 'example.com/web:1.0.0', imagePullPolicy: Always }] }
`,
  check: (input, report) => {
    const places = new Map<InventoryObject, Places>();
    eachFormProblem(input, 'unknown value', (object, { field, found, allowed }, severity) => {
      const key = field.slice(field.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
      entryOf(places, object, () => new Places(report, object)).add(`${key} ${found}`, {
        ...(severity === 'warning' ? { severity } : {}),
        message: `${key} of ${title(object)} must be one of ${listed(allowed)}, but is ${describe(found)}`,
        fix: `write '${nearest(found, allowed) ?? allowed[0]}'`,
        field,
      });
    });
    for (const found of places.values()) {
      found.finish();
    }
  },
};
