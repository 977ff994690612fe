import { isObject, type Loose } from '../../../kube/loose';
import type { Manifest } from '../../../kube/objects';
import { type StoredStruct, type StoredType, storedKind } from '../../../kube/stored/types';
import { indexPath, keyPath } from '../../../kube/text';
import { isServed } from '../verdict/served';

/** The fields of a manifest that one version of the API server keeps, and another one drops without a word. */
export function fieldsLost(manifest: Manifest, keptBy: string, droppedBy: string): readonly string[] {
  const type = storedKind(manifest.apiVersion, manifest.kind);
  const found: string[] = [];
  if (type) {
    collect(manifest, type, '');
  }
  return found;

  function collect(value: unknown, of: StoredType, path: string): void {
    if (of.kind === 'list' && Array.isArray(value)) {
      value.forEach((item, i) => {
        collect(item, of.of, indexPath(path, i));
      });
    } else if (of.kind === 'map' && isObject(value) && isNested(of.of)) {
      for (const key of Object.keys(value)) {
        collect(value[key], of.of, keyPath(path, key));
      }
    } else if (of.kind === 'struct' && isObject(value)) {
      collectFields(value, of, path);
    }
  }

  function collectFields(value: Loose, { name, fields }: StoredStruct, path: string): void {
    for (const key of Object.keys(value)) {
      const field = fields.get(key);
      if (field && value[key] !== undefined) {
        if (isServed(name, key, keptBy) && !isServed(name, key, droppedBy)) {
          found.push(keyPath(path, key));
        } else if (isNested(field.type)) {
          collect(value[key], field.type, keyPath(path, key));
        }
      }
    }
  }
}

const isNested = ({ kind }: StoredType): boolean => kind === 'struct' || kind === 'list' || kind === 'map';
