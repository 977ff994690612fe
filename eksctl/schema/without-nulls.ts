import type { AnyKind } from './field';
import { isObject } from './words';

/**
 * A copy without keys that hold null, which are absent to eksctl; null in a map of strings is the empty string. What eksctl
 * passes on unread (an IAM policy, kubelet settings) stays as it is.
 */
export function withoutNulls(value: unknown, kind: AnyKind): unknown {
  if (Array.isArray(value)) {
    const of = kind.kind === 'list-or-map' ? kind.list : kind;
    return of.kind === 'list' ? value.map((item) => withoutNulls(item, of.of)) : value;
  }
  if (!isObject(value)) {
    return value;
  }
  const of = kind.kind === 'list-or-map' ? kind.map : kind;
  switch (of.kind) {
    case 'struct':
      return mapped(value, (item, key) => {
        const property = of.properties[key];
        return item === null || !property ? undefined : withoutNulls(item, property);
      });
    case 'map':
      return mapped(value, (item) => (item === null ? emptyOf(of.of) : withoutNulls(item, of.of)));
    default:
      return value;
  }
}

function emptyOf(kind: AnyKind): unknown {
  return kind.kind === 'struct' ? {} : '';
}

function mapped(value: Record<string, unknown>, of: (item: unknown, key: string) => unknown): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const kept = of(item, key);
    if (kept !== undefined) {
      // also as an own key if its name is __proto__
      Object.defineProperty(result, key, { value: kept, enumerable: true, writable: true, configurable: true });
    }
  }
  return result;
}
