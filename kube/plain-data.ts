import { describe } from './describe';
import { sentence } from './finding';
import { isPlainObject } from './loose';
import { indexPath, keyPath } from './text';

/** Deeper than any manifest; what is deeper contains itself, or is refused by readers of YAML. */
export const MAX_DEPTH = 500;

/** A field that holds what neither JSON nor Kubernetes can hold. Whoever knows the construct adds its path. */
export class FieldError extends Error {
  override readonly name = 'FieldError';

  constructor(
    /** Such as `spec.containers[0].env[2].value`, or empty for the whole value. */
    readonly field: string,
    problem: string,
    readonly fix: string,
  ) {
    super(`${field || 'the object'} ${problem}. ${sentence(fix)}`);
    this.problem = `${field || 'the object'} ${problem}`;
  }

  readonly problem: string;
}

/** Whether half of a surrogate pair stands alone, which UTF-8 cannot hold. */
export function isBroken(text: string): boolean {
  // in every Node since 20, but not in the library of ES2022
  return !(text as string & { isWellFormed(): boolean }).isWellFormed();
}

/** Sets the key `__proto__` of a new object; assigning to it would set the prototype instead. */
export function setProto(target: object, value: unknown): void {
  Object.defineProperty(target, '__proto__', { value, enumerable: true, configurable: true, writable: true });
}

/** The first field that is not plain data, in document order. `resolve` gives what a token stands for. */
export function firstUnfit(
  root: unknown,
  resolve: (value: unknown) => unknown = (value) => value,
  rootPath = '',
): FieldError | undefined {
  const ancestors = new Set<unknown>();

  const visit = (given: unknown, path: string): FieldError | undefined => {
    const value = resolve(given);
    if (typeof value !== 'object' || value === null) {
      return unfitScalar(value, path);
    }
    if (ancestors.has(value)) {
      return new FieldError(path, 'contains itself', 'write a copy of what it refers to');
    }
    if (ancestors.size > MAX_DEPTH) {
      return new FieldError(path, `is nested more than ${MAX_DEPTH} levels deep`, 'write a flatter object');
    }
    ancestors.add(value);
    const found = Array.isArray(value) ? visitList(value, path) : visitObject(value, path);
    ancestors.delete(value);
    return found;
  };

  const visitList = (list: readonly unknown[], path: string): FieldError | undefined => {
    for (let i = 0; i < list.length; i++) {
      const found = visit(list[i], indexPath(path, i));
      if (found) {
        return found;
      }
    }
    return undefined;
  };

  const visitObject = (object: object, path: string): FieldError | undefined => {
    if (!isPlainObject(object)) {
      return new FieldError(path, `is ${describe(object)}`, fixFor(object));
    }
    for (const key of Object.keys(object)) {
      const at = keyPath(path, key);
      const found = isBroken(key) ? brokenText(at, 'has a key with') : visit(object[key], at);
      if (found) {
        return found;
      }
    }
    return undefined;
  };

  return visit(root, rootPath);
}

/** Throws unless the value is plain data. */
export function requirePlain(value: unknown): void {
  const unfit = firstUnfit(value);
  if (unfit) {
    throw unfit;
  }
}

function unfitScalar(value: unknown, path: string): FieldError | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value)
        ? undefined
        : new FieldError(path, `is ${value}`, 'write a finite number, or leave the field out');
    case 'string':
      return isBroken(value) ? brokenText(path, 'has') : undefined;
    case 'bigint':
      return new FieldError(path, `is the BigInt ${value}`, 'write a number, or a string');
    case 'function':
      return new FieldError(path, 'is a function', 'write the value that it returns');
    case 'symbol':
      return new FieldError(path, `is ${String(value)}`, 'write a string');
    default:
      return undefined;
  }
}

function brokenText(path: string, has: string): FieldError {
  return new FieldError(
    path,
    `${has} half of a surrogate pair, which UTF-8 cannot hold`,
    'cut strings between characters: [...text].slice(0, 10).join("")',
  );
}

function fixFor(object: object): string {
  if (object instanceof Map) {
    return 'write an object: Object.fromEntries(map)';
  }
  if (object instanceof Set) {
    return 'write a list: [...set]';
  }
  if (object instanceof Date) {
    return 'write a string: date.toISOString()';
  }
  return 'write strings, numbers, booleans, lists and plain objects';
}
