import { dirname } from 'node:path';
import { addTo } from '../kube/collections';
import { type Inventory, type InventoryObject, title } from '../kube/inventory';
import type { ReportFinding } from './rule';

/** Where an object stands; '' where nobody knows. */
export const fileOf = ({ origin }: InventoryObject): string => origin.file?.path ?? '';

/** The objects as `kubectl apply -f` takes them: files by name, documents as they stand. */
export function applied(inventory: Inventory): readonly InventoryObject[] {
  return inventory.view(byFile);
}

function byFile({ objects }: Inventory): readonly InventoryObject[] {
  if (areByFile(objects)) {
    return objects;
  }
  const files = new Map<string, InventoryObject[]>();
  for (const object of objects) {
    addTo(files, fileOf(object), object);
  }
  // objects of one file keep their order
  return [...files.keys()].sort().flatMap((file) => files.get(file)!);
}

function areByFile(objects: readonly InventoryObject[]): boolean {
  let last = '';
  for (const object of objects) {
    const file = fileOf(object);
    if (file !== last) {
      if (file < last) {
        return false;
      }
      last = file;
    }
  }
  return true;
}

/** The place of each object that others need, by a key. */
export function positions(
  ordered: readonly InventoryObject[],
  keyOf: (object: InventoryObject) => string | undefined,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  ordered.forEach((object, position) => {
    const key = keyOf(object);
    if (key !== undefined) {
      found.set(key, position);
    }
  });
  return found;
}

/**
 * Reports each file once that is applied before an object it needs.
 *
 * @param needed the position of what an object needs; undefined where it needs nothing, or nothing of the set
 * @param whatOf what it needs, for messages
 */
export function reportEarly(
  ordered: readonly InventoryObject[],
  needed: (object: InventoryObject) => number | undefined,
  whatOf: (object: InventoryObject) => string,
  report: ReportFinding,
): void {
  const reported = new Set<string>();
  ordered.forEach((object, position) => {
    const at = needed(object);
    if (at === undefined || at <= position || !appliedTogether(object, ordered[at]!)) {
      return;
    }
    const what = whatOf(object);
    const own = fileOf(object);
    const about = `${what} in ${own}`;
    if (reported.has(about)) {
      return;
    }
    reported.add(about);
    const file = fileOf(ordered[at]!);
    report(object, {
      message: `kubectl apply meets ${title(object)} in ${own} before its ${what} in ${file}`,
      fix:
        object.origin.construct === undefined
          ? `move it behind the ${what}${file === own ? '' : `, or rename a file: kubectl takes them in alphabetical order`}`
          : file === own
            ? 'create the one before the other, or let the one depend on it (addDependency)'
            : `give its chart an id that sorts after '${file}' ('-' sorts before '.'), or create it in the same chart and keep one file per chart (YamlOutputType.FILE_PER_CHART)`,
    });
  });
}

/** `kubectl apply -f` takes one folder. An app writes all of its folders for one apply; files may be meant for several. */
function appliedTogether(a: InventoryObject, b: InventoryObject): boolean {
  const isOfApp = a.origin.construct !== undefined;
  return isOfApp || dirname(fileOf(a)) === dirname(fileOf(b));
}
