import { allNearest, listed } from '../../../kube/text';
import { eachFormProblem } from '../../object-forms';
import type { Rule } from '../../rule';

/** A misspelt or misplaced field. */
export const rule: Rule = {
  id: 'manifests/unknown-field',
  title: 'every field is one that the kind has',
  severity: 'error',
  why: 'kubectl apply validates strictly and refuses an object with an unknown field. Without validation the API server drops the field.',
  refusedBy: 'api-server',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selectors: { app: web }
  ports: [{ port: 80 }]
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
`,
  check: (input, report) =>
    eachFormProblem(input, 'unknown field', (object, { field, found, allowed }, severity) => {
      const near = allNearest(found, allowed);
      const { apiVersion, kind } = object.manifest;
      report(object, {
        message: `${field} is not a field of ${apiVersion} ${kind}`,
        fix: near.length > 0 ? `write ${listed(near)}` : `delete it, or move it to where ${kind} has it`,
        field,
        severity,
      });
    }),
};
