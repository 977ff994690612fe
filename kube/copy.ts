import { isPlainObject } from './loose';
import { firstUnfit, MAX_DEPTH, setProto } from './plain-data';

const TOO_DEEP = Symbol('too deep');

/**
 * A deep copy of plain data; what is not plain (a Lazy) is kept as it is. Several times faster than structuredClone.
 * What contains itself is refused with a FieldError.
 */
export function copyPlain<T>(value: T): T {
  try {
    return copy(value, 0) as T;
  } catch (e) {
    throw e === TOO_DEEP ? (firstUnfit(value, withoutKept) ?? e) : e;
  }
}

function withoutKept(value: unknown): unknown {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || isPlainObject(value))
    ? value
    : undefined;
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth > MAX_DEPTH) {
    throw TOO_DEEP;
  }
  if (Array.isArray(value)) {
    return value.map((item) => copy(item, depth + 1));
  }
  if (!isPlainObject(value)) {
    return value;
  }
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = copy(value[key], depth + 1);
    if (key === '__proto__') {
      setProto(result, item);
    } else {
      result[key] = item;
    }
  }
  return result;
}
