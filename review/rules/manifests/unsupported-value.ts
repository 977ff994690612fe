import { allNearest, listed } from '../../../kube/text';
import { eachFormProblem } from '../../object-forms';
import type { Rule } from '../../rule';

/** A value that is not one of those that a field has. */
export const rule: Rule = {
  id: 'manifests/unsupported-value',
  title: 'a field with a list of values has one of them',
  severity: 'error',
  why: 'The API server refuses an object with a value that the field does not have. Values are case-sensitive.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: Nodeport
  ports: [{ port: 80 }]
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  ports: [{ port: 80 }]
`,
  check: (input, report) =>
    eachFormProblem(input, 'unsupported value', (object, { field, found, allowed }, severity) => {
      const near = allNearest(found, allowed);
      report(object, {
        message: `${field} must be one of ${listed(allowed)}, but is '${found}'`,
        fix: `write ${listed(near.length > 0 ? near : allowed.slice(0, 1))}`,
        field,
        severity,
      });
    }),
};
