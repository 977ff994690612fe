import { apiLife } from '../../../kube/api/lives';
import { apiKinds } from '../../../kube/api/resources';
import { title } from '../../../kube/inventory';
import { groupOf } from '../../../kube/kinds';
import type { Manifest } from '../../../kube/objects';
import { isAtLeast } from '../../../kube/versions';
import { kindsIn } from '../../kinds';
import type { Rule } from '../../rule';

/** What replaced kinds that have no other version. */
const INSTEAD: Readonly<Record<string, string>> = {
  PodSecurityPolicy: "delete it, and label the namespaces with 'pod-security.kubernetes.io/enforce'",
  PodPreset: 'delete it, and write the fields into the pods',
};

/** API versions that the cluster no longer serves, or not yet. */
export const rule: Rule = {
  id: 'api-versions/removed',
  title: 'every API version is served by the Kubernetes version of the cluster',
  severity: 'error',
  why: 'The API server refuses the object: kubectl says that there are no matches for its kind.',
  source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  refusedBy: 'api-server',
  bad: `
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: { name: web, namespace: default }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
`,
  good: `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: default }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
`,
  check: ({ inventory, kubernetesVersion }, report) => {
    for (const { apiVersion, kind, objects } of kindsIn(inventory)) {
      const life = apiLife(apiVersion, kind);
      if (life?.removed !== undefined && isAtLeast(kubernetesVersion, life.removed)) {
        for (const object of objects) {
          report(object, {
            message: `${apiVersion} of ${title(object)} was removed in Kubernetes ${life.removed}`,
            fix: INSTEAD[kind] ?? replacementOf(object.manifest, life.replacement),
            field: 'apiVersion',
          });
        }
      } else if (life && !isAtLeast(kubernetesVersion, life.introduced)) {
        for (const object of objects) {
          report(object, {
            message: `${apiVersion} of ${title(object)} comes with Kubernetes ${life.introduced}, while the cluster has ${kubernetesVersion}`,
            fix: 'upgrade the cluster, or use an older version of the kind',
            field: 'apiVersion',
          });
        }
      }
    }
  },
};

function replacementOf({ apiVersion, kind }: Manifest, replacement: string | undefined): string {
  const group = groupOf(apiVersion);
  const version = apiKinds().get(group)?.get(kind)?.versions[0];
  const target = replacement ?? (version === undefined ? undefined : group === '' ? version : `${group}/${version}`);
  return target === undefined ? 'delete it' : `write ${target}, and its fields`;
}
