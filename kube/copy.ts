/** A deep copy of plain data; what is not plain (a Lazy) is kept as it is. Several times faster than structuredClone. */
export function copyPlain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(copyPlain) as T;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    return value;
  }
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    result[key] = copyPlain((value as Record<string, unknown>)[key]);
  }
  return result as T;
}
