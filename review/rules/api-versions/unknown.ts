import { apiLife, NEWEST_KNOWN } from '../../../kube/api/lives';
import { type ApiResource, apiKinds } from '../../../kube/api/resources';
import type { Inventory } from '../../../kube/inventory';
import { groupOf } from '../../../kube/kinds';
import { nearest } from '../../../kube/text';
import { isAtLeast } from '../../../kube/versions';
import { kindsIn } from '../../kinds';
import type { Rule } from '../../rule';

/** Requests that are written as objects, and parts of other resources. */
const REQUESTS = /^(Binding|Eviction|Scale|TokenRequest|DeleteOptions|Status|.*Review|.*Options|.*List)$/;

/** Kinds of Kubernetes that do not exist. */
export const rule: Rule = {
  id: 'api-versions/unknown',
  title: 'every kind of an API group of Kubernetes exists there',
  severity: 'error',
  why: 'The API server refuses the object: kubectl says that there are no matches for its kind.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: Deployment
metadata: { name: web, namespace: default }
`,
  good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'example.com/web:1.0.0' }] }
`,
  check: ({ inventory, kubernetesVersion }, report) => {
    const newer = isAtLeast(kubernetesVersion, NEWEST_KNOWN) && kubernetesVersion !== NEWEST_KNOWN;
    for (const { apiVersion, kind, objects } of kindsIn(inventory)) {
      if (!isUnknown(apiVersion, kind) || isDefined(inventory, apiVersion, kind)) {
        continue;
      }
      const fix = fixOf(apiVersion, kind);
      for (const object of objects) {
        report(object, {
          ...(newer ? { severity: 'warning' } : {}),
          message: `Kubernetes has no kind ${kind} of apiVersion ${apiVersion}`,
          fix,
          field: 'kind',
        });
      }
    }
  },
};

function isUnknown(apiVersion: string, kind: string): boolean {
  const group = groupOf(apiVersion);
  const kinds = apiKinds().get(group) ?? (group === 'extensions' ? new Map<string, ApiResource>() : undefined);
  const version = apiVersion.slice(apiVersion.lastIndexOf('/') + 1);
  return (
    kinds !== undefined &&
    !kinds.get(kind)?.versions.includes(version) &&
    apiLife(apiVersion, kind) === undefined &&
    !REQUESTS.test(kind)
  );
}

/** Whether a definition of the set adds the kind to the group. */
function isDefined(inventory: Inventory, apiVersion: string, kind: string): boolean {
  return inventory.ofKind('CustomResourceDefinition', 'apiextensions.k8s.io').some(({ manifest: { spec } }) => {
    const { kind: defined } = (spec?.names ?? {}) as { readonly kind?: unknown };
    return spec?.group === groupOf(apiVersion) && defined === kind;
  });
}

/** The kind that is meant: of this name elsewhere, or of a name like it. */
function fixOf(apiVersion: string, kind: string): string {
  const group = groupOf(apiVersion);
  const all = [...apiKinds().values()].flatMap((kinds) => [...kinds.values()]);
  const versionOf = (resource: ApiResource) =>
    resource.group === '' ? resource.versions[0]! : `${resource.group}/${resource.versions[0]}`;
  const found =
    all.find((resource) => resource.kind === kind && resource.group === group) ??
    all.find((resource) => resource.kind === kind);
  if (found) {
    return `write apiVersion: ${versionOf(found)}`;
  }
  const inGroup = [...(apiKinds().get(group)?.keys() ?? [])];
  const guess =
    nearest(kind, inGroup) ??
    nearest(
      kind,
      all.map((resource) => resource.kind),
    );
  const meant = all.find((resource) => resource.kind === guess);
  return meant ? `write kind: ${meant.kind} of apiVersion: ${versionOf(meant)}` : 'write a kind of this API version';
}
