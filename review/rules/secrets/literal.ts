import { addTo } from '../../../kube/collections';
import { type Inventory, type PodObject, title } from '../../../kube/inventory';
import type { Manifest } from '../../../kube/objects';
import { KnownTexts, secretsIn } from '../../../kube/secrets/secrets-in';
import type { Rule } from '../../rule';

const podsByManifest = ({ pods }: Inventory): ReadonlyMap<Manifest, readonly PodObject[]> => {
  const found = new Map<Manifest, PodObject[]>();
  for (const pod of pods) {
    addTo(found, pod.manifest, pod);
  }
  return found;
};

const NO_PODS: readonly PodObject[] = [];

/** A password or token as text: whoever reads the repository or the object has it. */
export const rule: Rule = {
  id: 'secrets/literal',
  title: 'no object holds a secret as text',
  severity: 'warning',
  why: 'Manifests are committed, and ConfigMaps, annotations, variables and arguments are readable for everyone who may read pods. A secret in them cannot be rotated without a release, and stays in the history of the repository.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: web, namespace: shop }
data: { DB_PASSWORD: hunter2 }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: web, namespace: shop }
data: { DB_PASSWORD_FILE: /run/secrets/db/password, DB_PASSWORD: $(OTHER), MIN_PASSWORD: '8' }
`,
  check: ({ inventory }, report) => {
    const pods = podsByManifest(inventory);
    const known = new KnownTexts();
    for (const object of inventory.objects) {
      const found = secretsIn(object, pods.get(object.manifest) ?? NO_PODS, known);
      const [first] = found;
      if (first) {
        const { field, where, container, kind } = first;
        const more = found.length === 1 ? '' : `, and so do ${found.length - 1} other fields of it`;
        report(object, {
          message: `${where} of ${title(object)} holds ${kind} as text, readable for everyone who reads the manifest${more}`,
          fix: 'keep it in AWS Secrets Manager or Parameter Store and refer to it: Secret.fromSecretsManager(...), or valueFrom.secretKeyRef',
          field,
          ...(container === undefined ? {} : { container }),
        });
      }
    }
  },
};
