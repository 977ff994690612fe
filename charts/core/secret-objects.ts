import type { NamedMeta } from '../../imports/kubernetes';

/**
 * Copies values from outside into a Secret, with the fields that the library writes; edits take any other.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export interface ExternalSecret {
  apiVersion: 'external-secrets.io/v1';
  kind: 'ExternalSecret';
  metadata: NamedMeta;
  spec: {
    refreshInterval: string;
    secretStoreRef: { kind: 'SecretStore' | 'ClusterSecretStore'; name: string };
    target: { name: string; creationPolicy: string; deletionPolicy: string; [field: string]: unknown };
    data: { secretKey: string; remoteRef: { key: string; property?: string; [field: string]: unknown } }[];
    [field: string]: unknown;
  };
}

/**
 * Where External Secrets reads, for one namespace or several.
 *
 * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
 */
export interface SecretStore {
  apiVersion: 'external-secrets.io/v1';
  kind: 'SecretStore' | 'ClusterSecretStore';
  metadata: NamedMeta;
  spec: {
    /** Of a ClusterSecretStore: who may use it. */
    conditions?: { namespaces: string[] }[];
    provider: { aws: { service: string; region: string; role?: string; [field: string]: unknown } };
    [field: string]: unknown;
  };
}

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
