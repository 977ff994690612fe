import { loadInventory } from '../../../review/load';
import { readManifests } from '../../../review/read-manifests';
import { review } from '../../../review/review';

/** The findings of manifests: 'error volumes/unknown spec.containers[0].volumeMounts[0].name'. */
export function said(yaml: string, topics: string, kubernetesVersion = '1.35'): string[] {
  const { documents, findings } = readManifests(yaml, 'set.yaml');
  expect(findings).toEqual([]);
  const ids = new RegExp(`^(${topics})/`);
  return review({ inventory: loadInventory(documents), kubernetesVersion })
    .filter(({ rule }) => ids.test(rule))
    .map(({ severity, rule, field }) => `${severity} ${rule} ${field}`);
}

/** A pod with these fields of its spec; YAML in flow style. */
export const pod = (spec: string): string =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: default }, spec: { ${spec} } }`;

/** A pod of one container with these fields. */
export const container = (fields: string, spec = ''): string =>
  pod(`containers: [{ name: c, image: 'c:1', ${fields} }]${spec === '' ? '' : `, ${spec}`}`);
