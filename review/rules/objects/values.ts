import { NEWEST_KNOWN } from '../../../kube/api/lives';
import { apiKinds } from '../../../kube/api/resources';
import { describe } from '../../../kube/describe';
import { title } from '../../../kube/inventory';
import { groupOf } from '../../../kube/kinds';
import { unknownValues } from '../../../kube/shapes/values';
import { listed, nearest } from '../../../kube/text';
import { isAtLeast } from '../../../kube/versions';
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
  check: ({ inventory, kubernetesVersion }, report) => {
    // what comes with a later version is not known
    const newer = isAtLeast(kubernetesVersion, NEWEST_KNOWN);
    for (const object of inventory.objects) {
      const unknown = unknownValues(object.manifest);
      if (unknown.length === 0) {
        continue;
      }
      const found = new Places(report, object);
      const own = apiKinds().has(groupOf(object.manifest.apiVersion));
      for (const { field, value, known } of unknown) {
        const key = field.slice(field.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
        found.add(`${key} ${value}`, {
          // the definition of a custom resource that the cluster has may be another
          ...(newer || !own ? { severity: 'warning' } : {}),
          message: `${key} of ${title(object)} must be one of ${listed(known)}, but is ${describe(value)}`,
          fix: `write '${nearest(value, known) ?? known[0]}'`,
          field,
        });
      }
      found.finish();
    }
  },
};
