import { title } from '../../../kube/inventory';
import { KnownTexts, secretsIn } from '../../../kube/secrets/secrets-in';
import type { Rule } from '../../rule';

/** A Secret with values in the manifest: Base64 hides nothing. */
export const rule: Rule = {
  id: 'secrets/in-manifest',
  title: 'values of Secrets are not in manifests',
  severity: 'advice',
  why: 'Base64 is not encryption: whoever reads the repository reads the Secret, and its old values stay in the history.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html',
  bad: `
apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop }
stringData: { username: shop }
`,
  good: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec: { secretStoreRef: { name: aws, kind: ClusterSecretStore }, dataFrom: [{ extract: { key: shop/db } }] }
`,
  check: ({ inventory }, report) => {
    const known = new KnownTexts();
    for (const object of inventory.ofKind('Secret', '')) {
      // what is a secret for certain is a finding of secrets/literal
      if (secretsIn(object, [], known).length > 0) {
        continue;
      }
      const { data = {}, stringData = {} } = object.manifest as {
        readonly data?: Readonly<Record<string, string>>;
        readonly stringData?: Readonly<Record<string, string>>;
      };
      const keys = [...Object.keys(data), ...Object.keys(stringData)];
      if (keys.length > 0) {
        report(object, {
          field: Object.keys(data).length > 0 ? 'data' : 'stringData',
          message: `${title(object)} holds the values of ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ', ...' : ''} in its manifest`,
          fix: 'keep them in AWS Secrets Manager or Parameter Store, and let the Secrets Store CSI driver or External Secrets make the Secret',
        });
      }
    }
  },
};
