import type { Construct } from 'constructs';
import { MANAGED_BY } from '../../kube/labels';
import { KubeObject } from '../core/kube-object';
import type { ExternalSecret } from '../core/secret-objects';
import { type AwsSecret, WHOLE } from './aws-secret';
import { API_VERSION } from './secret-operator';
import type { SourceModel } from './secret-source';
import { storeOf } from './secret-store';

type Named = Extract<SourceModel, { kind: 'external' | 'store' }>;

const labels = () => ({ 'app.kubernetes.io/managed-by': MANAGED_BY });

/** An ExternalSecret, and the store that it names. */
export function externalSecret(
  owner: Construct,
  secret: AwsSecret,
  source: Named,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): KubeObject<ExternalSecret> {
  const store = storeOf(owner, secret.service, source, namespace);
  const render = (): ExternalSecret => ({
    apiVersion: API_VERSION,
    kind: 'ExternalSecret',
    metadata: { name, namespace, labels: labels() },
    spec: {
      refreshInterval: `${source.refresh}s`,
      secretStoreRef: { kind: store.kind, name: store.name },
      // the Secret goes with the ExternalSecret, but stays when the value in AWS is deleted
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: (secret.keys ?? [undefined]).map((property) => ({
        secretKey: property ?? WHOLE,
        remoteRef: { key: secret.name, ...(property === undefined ? {} : { property }) },
      })),
    },
  });
  return new KubeObject<ExternalSecret>(owner, 'ExternalSecret', render(), render);
}
