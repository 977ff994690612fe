import type { ManifestError } from '../../charts/core/errors';
import { groupOf } from '../../kube/kinds';
import { errorAt, namespaceIn, type Placed, title } from '../../kube/objects';

/**
 * `kubectl apply -f dist/` takes the files by name and the objects as they stand: what it meets before its namespace or
 * its definition fails the first time.
 */
export function applyOrder(all: readonly Placed[]): ManifestError[] {
  const applied = all.filter(({ file }) => !file.includes('/'));
  // a stable sort: objects of one file keep their order
  const ordered = [...applied].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const namespaces = new Map<string, number>();
  const definitions = new Map<string, number>();
  ordered.forEach(({ manifest }, position) => {
    if (manifest.kind === 'Namespace' && manifest.apiVersion === 'v1') {
      namespaces.set(manifest.metadata.name, position);
    }
    if (manifest.kind === 'CustomResourceDefinition') {
      const { group, names } = (manifest.spec ?? {}) as { group?: string; names?: { kind?: string } };
      definitions.set(`${group}/${names?.kind}`, position);
    }
  });
  const errors: ManifestError[] = [];
  const told = new Set<string>();
  ordered.forEach((placed, position) => {
    const { manifest } = placed;
    const namespaceAt = namespaces.get(namespaceIn(manifest)) ?? -1;
    const definitionAt = definitions.get(`${groupOf(manifest.apiVersion)}/${manifest.kind}`) ?? -1;
    if (namespaceAt <= position && definitionAt <= position) {
      return;
    }
    const needs: readonly (readonly [string, number])[] = [
      [`Namespace '${namespaceIn(manifest)}'`, namespaceAt],
      [`CustomResourceDefinition of ${manifest.kind}`, definitionAt],
    ];
    for (const [what, at] of needs) {
      const about = `${what} in ${placed.file}`;
      if (at <= position || told.has(about)) {
        continue;
      }
      told.add(about);
      const { file } = ordered[at]!;
      errors.push(
        errorAt(
          placed,
          `kubectl apply would meet ${title(placed)} in ${placed.file} before its ${what} in ${file}`,
          file === placed.file
            ? 'create the one before the other, or let the one depend on it (addDependency)'
            : `give its chart an id that sorts after '${file}' ('-' sorts before '.'), or create it in the same chart and keep one file a chart (YamlOutputType.FILE_PER_CHART)`,
        ),
      );
    }
  });
  return errors;
}
