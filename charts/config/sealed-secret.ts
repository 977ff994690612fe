import { keyPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { SealedSecret } from '../core/secret-objects';

/** A Secret that only Sealed Secrets in the cluster can decrypt. */
export interface SealedSecretProps<K extends string> {
  /**
   * The sealed value of each key, as `kubeseal --raw` prints it. A text that is not sealed is refused, so that nothing readable
   * gets into `dist/`. Sealed values hold for the namespace and the id of this Secret, unless `reach` says otherwise.
   */
  readonly encryptedData: Readonly<Record<K, string>>;
  /**
   * What the values were sealed for, by `--scope` of kubeseal: this Secret alone, any of its namespace, or any of the cluster.
   *
   * @default 'strict' - nobody can unseal them under another name or in another namespace
   */
  readonly reach?: 'strict' | 'namespace-wide' | 'cluster-wide';
  /** The type of the Secret: 'kubernetes.io/tls'. @default 'Opaque' */
  readonly type?: string;
}

const PROPS: KeyTable<SealedSecretProps<string>> = { encryptedData: 'map', reach: true, type: 'text' };
const ANNOTATIONS = {
  strict: undefined,
  'namespace-wide': { 'sealedsecrets.bitnami.com/namespace-wide': 'true' },
  'cluster-wide': { 'sealedsecrets.bitnami.com/cluster-wide': 'true' },
} as const;

export function checkSealed(check: Check, props: SealedSecretProps<string>): void {
  check.keys<SealedSecretProps<string>>('props', props ?? null, PROPS);
  const { encryptedData, reach = 'strict' } = props;
  check.oneOf('reach', reach, Object.keys(ANNOTATIONS));
  if (encryptedData === undefined) {
    check.fail('required', 'encryptedData', 'encryptedData is required', "write { password: 'AgB...' }");
  }
  for (const [key, value] of Object.entries(encryptedData)) {
    if (!isSealed(value)) {
      const field = keyPath('encryptedData', key);
      check.fail(
        typeof value === 'string' ? 'invalid' : 'type',
        field,
        `${field} must be a sealed value, and anybody could read this one in the committed manifests`,
        'seal it: kubeseal --raw --namespace NAMESPACE --name ID --from-file=FILE',
      );
    }
  }
}

/**
 * Two bytes with the length of a session key that RSA encrypts, the key, and a text with a tag of 16 bytes.
 *
 * @see https://github.com/bitnami/sealed-secrets/blob/main/docs/developer/crypto.md
 */
function isSealed(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) {
    return false;
  }
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length < 2) {
    return false;
  }
  const key = bytes.readUInt16BE(0);
  return key >= 256 && key <= 1024 && key % 64 === 0 && bytes.length >= 2 + key + 16;
}

export function sealedSecret(
  metadata: { readonly name: string; readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
  { encryptedData, reach = 'strict', type = 'Opaque' }: SealedSecretProps<string>,
): SealedSecret {
  const annotations = ANNOTATIONS[reach];
  const both = () => ({
    ...metadata,
    labels: { ...metadata.labels },
    ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
  });
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: both(),
    spec: { encryptedData: { ...encryptedData }, template: { metadata: both(), type } },
  };
}
