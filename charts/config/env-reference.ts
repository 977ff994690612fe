import { copyPlain } from '../../kube/copy';
import { unexpanded } from '../../kube/expansion';
import type { EnvVar } from '../core/k8s';
import type { Config } from './config';
import type { Secret } from './secret';

/** The source of a variable that is written to the pod. */
export type ReferenceSource =
  /** A string in which the kubelet expands references to other variables. */
  | { readonly kind: 'text'; readonly text: string }
  /** A string that reaches the program as it is. */
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'field'; readonly fieldPath: string }
  | { readonly kind: 'resource'; readonly resource: string; readonly divisor: string | undefined }
  | { readonly kind: 'config'; readonly config: Config; readonly key: string }
  | { readonly kind: 'secret'; readonly secret: Secret; readonly key: string }
  /** A literal secret, readable in the manifests. */
  | { readonly kind: 'unsafe'; readonly value: string }
  /** As Kubernetes spells it. */
  | { readonly kind: 'raw'; readonly valueFrom: EnvVar['valueFrom'] };

/** A variable that is written to the pod. */
export interface EnvReference {
  readonly name: string;
  readonly source: ReferenceSource;
}
type Kind = ReferenceSource['kind'];
type SourceOf<K extends Kind> = Extract<ReferenceSource, { kind: K }>;

/** The manifest of each kind of source. */
const VALUE: { readonly [K in Kind]: (source: SourceOf<K>) => Omit<EnvVar, 'name'> } = {
  text: ({ text }) => ({ value: text }),
  plain: ({ text }) => ({ value: unexpanded(text) }),
  field: ({ fieldPath }) => ({ valueFrom: { fieldRef: { fieldPath } } }),
  resource: ({ resource, divisor }) => ({ valueFrom: { resourceFieldRef: { resource, divisor } } }),
  config: ({ config, key }) => ({ valueFrom: { configMapKeyRef: { name: config.configMap.name, key } } }),
  secret: ({ secret, key }) => ({ valueFrom: { secretKeyRef: { name: secret.secretName, key } } }),
  unsafe: ({ value }) => ({ value: unexpanded(value) }),
  raw: ({ valueFrom }) => ({ valueFrom: copyPlain(valueFrom) }),
};

/** The variable in the pod. Rendered late, since the name of a shared ConfigMap ends in the hash of its content. */
export function renderVariable({ name, source }: EnvReference): EnvVar {
  const value = VALUE[source.kind] as (source: ReferenceSource) => Omit<EnvVar, 'name'>;
  return { name, ...value(source) };
}

/** The references of one kind. */
export function referencesOf<K extends Kind>(
  references: readonly EnvReference[],
  kind: K,
): readonly { readonly name: string; readonly source: SourceOf<K> }[] {
  return references.filter((r): r is EnvReference & { readonly source: SourceOf<K> } => r.source.kind === kind);
}
