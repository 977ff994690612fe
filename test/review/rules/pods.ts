import { review } from '../../../review/review';
import { setOf } from './support';

/** The findings of manifests: 'error volumes/unknown spec.containers[0].volumeMounts[0].name'. */
export function said(yaml: string, topics: string, kubernetesVersion = '1.35'): string[] {
  const ids = new RegExp(`^(${topics})/`);
  return review({ inventory: setOf(yaml).inventory, kubernetesVersion })
    .filter(({ rule }) => ids.test(rule))
    .map(({ severity, rule, field }) => `${severity} ${rule} ${field}`);
}

/** A pod with these fields of its spec; YAML in flow style. */
export const pod = (spec: string): string =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: default }, spec: { ${spec} } }`;

/** A pod of one container with these fields. */
export const container = (fields: string, spec = ''): string =>
  pod(`containers: [{ name: c, image: 'c:1', ${fields} }]${spec === '' ? '' : `, ${spec}`}`);
