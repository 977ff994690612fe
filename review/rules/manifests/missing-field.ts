import { eachFormProblem } from '../../object-forms';
import type { Rule } from '../../rule';

/** A field without which the API server refuses an object. */
export const rule: Rule = {
  id: 'manifests/missing-field',
  title: 'every required field is set',
  severity: 'error',
  why: 'The API server refuses an object without a required field.',
  refusedBy: 'api-server',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - image: registry.example.com/web:1
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: registry.example.com/web:1
`,
  check: (input, report) => {
    // what has been dropped for its type is a finding already
    const dropped = new Set(input.inventory.findings.map(({ object, field }) => `${object?.name} ${field}`));
    eachFormProblem(input, 'missing field', (object, { field }, severity) => {
      if (!dropped.has(`${object.manifest.metadata.name} ${field}`)) {
        report(object, { message: `${field} is required`, fix: `write ${field}`, field, severity });
      }
    });
  },
};
