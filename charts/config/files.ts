import { sortedEntries } from '../../kube/canonical';
import { describe } from '../../kube/describe';
import type { Check } from '../core/check';
import type { Path } from '../core/values';
import type { PodSelf } from '../core/workload-info';
import { checkLiteral } from './secret-looking';

/** The content of a file: text, or a function of what the workload knows of itself. */
export type FileContent<S extends PodSelf = PodSelf> = string | ((self: S) => string);

/** Files of the ConfigMap and where they are mounted. */
export interface FilesModel {
  readonly data: Readonly<Record<string, string>>;
  /** Key by path. */
  readonly keys: ReadonlyMap<Path, string>;
}

export function resolveFiles<S extends PodSelf>(
  check: Check,
  files: Readonly<Record<Path, FileContent<S>>>,
  self: S,
): FilesModel {
  const data: Record<string, string> = {};
  const keys = new Map<Path, string>();
  for (const [path, content] of sortedEntries(files)) {
    const place = check.absolutePath('files', path);
    const text = typeof content === 'function' ? content(self) : content;
    if (typeof text !== 'string') {
      check.fail(
        `file '${place}' is ${describe(text)}`,
        "write its text; a secret comes as a file by 'secretFiles', or by Secret.file(key) in a variable",
      );
    }
    checkLiteral(check, `file '${place}'`, '', text);
    const key = place.slice(1).replace(/[^-._a-zA-Z0-9]/g, '_');
    if (Object.hasOwn(data, key)) {
      check.fail(`files '${place}' and another share the key '${key}'`, 'rename one of them');
    }
    data[key] = text;
    keys.set(place, key);
  }
  return { data, keys };
}
