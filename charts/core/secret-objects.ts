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
    refreshPolicy?: 'CreatedOnce' | 'Periodic' | 'OnChange';
    secretStoreRef?: { kind: 'SecretStore' | 'ClusterSecretStore'; name: string };
    target: { name: string; creationPolicy: string; deletionPolicy: string; [field: string]: unknown };
    data?: { secretKey: string; remoteRef: { key: string; property?: string; [field: string]: unknown } }[];
    dataFrom?: {
      sourceRef?: { generatorRef: { apiVersion: string; kind: string; name: string } };
      [field: string]: unknown;
    }[];
    [field: string]: unknown;
  };
}

/**
 * Makes passwords.
 *
 * @see https://external-secrets.io/latest/api/generator/password/
 */
export interface PasswordGenerator {
  apiVersion: 'generators.external-secrets.io/v1alpha1';
  kind: 'Password';
  metadata: NamedMeta;
  spec: {
    length: number;
    digits?: number;
    symbols?: number;
    symbolCharacters?: string;
    noUpper: boolean;
    allowRepeat: boolean;
    secretKeys?: string[];
    [field: string]: unknown;
  };
}

/**
 * Asks Amazon ECR for a login.
 *
 * @see https://external-secrets.io/latest/api/generator/ecr/
 */
export interface EcrAuthorizationToken {
  apiVersion: 'generators.external-secrets.io/v1alpha1';
  kind: 'ECRAuthorizationToken';
  metadata: NamedMeta;
  spec: { region: string; role?: string; auth?: unknown; [field: string]: unknown };
}

/**
 * Copies a Secret of the cluster into AWS.
 *
 * @see https://external-secrets.io/latest/api/pushsecret/
 */
export interface PushSecret {
  apiVersion: 'external-secrets.io/v1alpha1';
  kind: 'PushSecret';
  metadata: NamedMeta;
  spec: {
    refreshInterval: string;
    secretStoreRefs: { kind: 'SecretStore' | 'ClusterSecretStore'; name: string }[];
    updatePolicy: 'Replace' | 'IfNotExists';
    deletionPolicy: 'None' | 'Delete';
    selector: { secret: { name: string } };
    data: { match: { secretKey?: string; remoteRef: { remoteKey: string } }; metadata: unknown }[];
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
