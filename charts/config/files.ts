import { sortedEntries } from '../../kube/canonical';
import { describe } from '../../kube/describe';
import { keyPath } from '../../kube/text';
import type { Check } from '../core/check';
import type { Path } from '../core/values';
import type { PodSelf } from '../core/workload-info';
import type { FileData } from './config-map';
import { checkLiteral } from './secret-looking';

/** The content of a file: a string, bytes, or a function of the workload's own name and addresses that returns a string. */
export type FileContent<S extends PodSelf = PodSelf> = string | Uint8Array | ((self: S) => string);

/** The files of a ConfigMap, and where they are mounted. */
export interface FilesModel {
  readonly data: Readonly<Record<string, FileData>>;
  /** Key by path. */
  readonly keys: ReadonlyMap<Path, string>;
}

const NO_FILES: FilesModel = { data: {}, keys: new Map() };

export function resolveFiles<S extends PodSelf>(
  check: Check,
  files: Readonly<Record<Path, FileContent<S>>>,
  self: S,
  keyPrefix = '',
): FilesModel {
  if (Object.keys(files).length === 0) {
    return NO_FILES;
  }
  const data: Record<string, FileData> = {};
  const keys = new Map<Path, string>();
  for (const [path, content] of sortedEntries(files)) {
    const field = keyPath('files', path);
    const place = check.absolutePath(field, path);
    const text = typeof content === 'function' ? content(self) : content;
    if (!(text instanceof Uint8Array) && typeof text !== 'string') {
      check.fail(
        'type',
        field,
        `${field} must be a string, bytes or a function that returns a string, but is ${describe(text)}`,
        "write the content of the file; for a secret use 'secretFiles', or secret.file(key) in 'env'",
      );
    }
    if (typeof text === 'string') {
      checkLiteral(check, field, '', text);
    }
    const key = keyPrefix + place.replace(/^[/]|:(?=[/\\])/, '').replace(/[^-._a-zA-Z0-9]/g, '_');
    if (Object.hasOwn(data, key)) {
      check.fail(
        'duplicate',
        field,
        `${field} has the same key in the ConfigMap as another file: '${key}'`,
        'rename one of the files',
      );
    }
    data[key] = text;
    keys.set(place, key);
  }
  return { data, keys };
}
