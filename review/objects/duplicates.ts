import type { ManifestError } from '../../charts/core/errors';
import { groupOf } from '../../kube/kinds';
import { MANAGED_BY, NAME_LABEL } from '../../kube/labels';
import { errorAt, namespaceIn, type Placed, title } from '../../kube/objects';
import { podTemplate } from '../../kube/workload-kinds';

/** The second of two objects with one group, kind, namespace and name would silently replace the first. */
export function duplicates(all: readonly Placed[]): ManifestError[] {
  const seen = new Map<string, Placed>();
  const errors: ManifestError[] = [];
  for (const placed of all) {
    const { apiVersion, kind, metadata } = placed.manifest;
    const key = `${groupOf(apiVersion)}/${kind}/${namespaceIn(placed.manifest)}/${metadata.name}`;
    const other = seen.get(key);
    if (other) {
      errors.push(
        errorAt(
          placed,
          `${title(placed)} is made twice, here and by '${other.construct.node.path}'`,
          'rename one of them, or move it to another namespace',
        ),
      );
    } else {
      seen.set(key, placed);
    }
  }
  return errors;
}

/** Two workloads of one name, whatever their kinds, would share their selector. */
export function sameNames(all: readonly Placed[]): ManifestError[] {
  const seen = new Map<string, Placed>();
  const errors: ManifestError[] = [];
  for (const placed of all) {
    const labels = placed.manifest.metadata.labels;
    if (!podTemplate(placed.manifest) || labels?.['app.kubernetes.io/managed-by'] !== MANAGED_BY) {
      continue;
    }
    const name = labels[NAME_LABEL];
    const key = `${namespaceIn(placed.manifest)}/${name}`;
    const other = seen.get(key);
    if (other && other.manifest.kind !== placed.manifest.kind) {
      errors.push(
        errorAt(
          placed,
          `the workload '${name}' has the name of '${other.construct.node.path}' (${title(other)}), and with it the same selector and service account`,
          'give one of the two another id',
        ),
      );
    }
    seen.set(key, other ?? placed);
  }
  return errors;
}
