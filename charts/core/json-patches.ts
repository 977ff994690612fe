import type { JsonPatch } from 'cdk8s';
import { firstUnfit } from '../../kube/plain-data';
import { indexPath, keyPath } from '../../kube/text';

/** The private operation of a JsonPatch of cdk8s. */
interface Operation {
  readonly path: string;
  readonly value?: unknown;
}

/** Refuses values that are not plain data: a patch copies them through JSON, which turns NaN into null. */
export function requirePlainPatches(patches: readonly JsonPatch[]): void {
  for (const patch of patches) {
    const { path, value } = (patch as unknown as { readonly operation: Operation }).operation;
    const unfit = firstUnfit(value, undefined, fieldOf(path));
    if (unfit) {
      throw unfit;
    }
  }
}

/** The field of a JSON pointer: 'spec.ports[0]' of '/spec/ports/0'. */
function fieldOf(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  const keys = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce((path, key) => (/^\d+$/.test(key) ? indexPath(path, Number(key)) : keyPath(path, key)), '');
}
