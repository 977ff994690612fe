import type { NamedMeta } from '../../imports/kubernetes';

/**
 * A Secret, encrypted for one cluster, with the fields that the library writes; edits take any other.
 *
 * @see https://github.com/bitnami/sealed-secrets
 */
export interface SealedSecret {
  apiVersion: 'bitnami.com/v1alpha1';
  kind: 'SealedSecret';
  metadata: NamedMeta;
  spec: {
    encryptedData: Record<string, string>;
    template: { metadata: NamedMeta; type: string; [field: string]: unknown };
    [field: string]: unknown;
  };
}
