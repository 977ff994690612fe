import type { IConstruct } from 'constructs';
import { parseQuantity } from '../../kube/quantity';
import { describe } from './describe';
import { parseSeconds } from './duration';
import { PropsError } from './errors';
import { isLabelValue, isQualifiedName } from './names';
import type { Duration } from './values';

export { describe } from './describe';

type KeyOfUnion<T> = T extends T ? keyof T : never;
/** The keys of a props interface, told once; the compiler refuses a key that is missing here or not there. */
export type KeyTable<T> = { readonly [K in KeyOfUnion<T>]-?: true };

/** Judges the props of one construct; every refusal names the construct and says what to write. */
export class Check {
  constructor(readonly path: string) {}

  static of(construct: IConstruct): Check {
    return new Check(construct.node.path);
  }

  fail(problem: string, fix: string): never {
    throw this.error(problem, fix);
  }

  /** The error that `fail` throws, where the compiler has to see the throw. */
  error(problem: string, fix: string): PropsError {
    return new PropsError(this.path, problem, fix);
  }

  /** Refuses keys that the type does not have: TypeScript does not look for them in what is spread. */
  keys<T>(what: string, value: unknown, known: KeyTable<T>): void {
    if (value === undefined) {
      return;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.fail(`${what} is ${describe(value)}`, `write an object with ${listed(Object.keys(known))}`);
    }
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(known, key)) {
        const near = nearest(key, Object.keys(known));
        const place = what === 'props' ? `'${key}'` : `'${key}' in ${what}`;
        this.fail(`unknown key ${place}`, near ? `did you mean '${near}'?` : `known are ${listed(Object.keys(known))}`);
      }
    }
  }

  /** A required text that is not empty. */
  text(what: string, value: unknown): string {
    if (typeof value !== 'string' || value.trim() === '') {
      this.fail(`${what} is ${describe(value)}`, `write ${what} as a text`);
    }
    return value;
  }

  /** The reason of a departure from a safe default. */
  because(what: string, value: unknown): string {
    const reason = this.text(`${what} without a reason: 'because'`, value);
    return reason;
  }

  /** More than zero, in billionths. */
  quantity(what: string, value: unknown, example: string): bigint {
    const parsed = typeof value === 'string' ? parseQuantity(value) : undefined;
    if (parsed === undefined) {
      this.fail(`${what} ${describe(value)} is no Kubernetes quantity`, `write for example '${example}'`);
    }
    if (parsed <= 0n) {
      this.fail(`${what} is ${parsed === 0n ? 'zero' : 'negative'}`, `write for example '${example}'`);
    }
    return parsed;
  }

  integer(what: string, value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): number {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
      this.fail(`${what} is ${describe(value)}`, `write a whole number ${range}`);
    }
    return value;
  }

  /** Whole seconds of a duration. */
  seconds(what: string, value: Duration, min = 0): number {
    const seconds = parseSeconds(value);
    if (seconds === undefined) {
      this.fail(
        `${what} ${describe(value)} is no duration`,
        `write seconds as a number, or a text such as '30s' or '15m'`,
      );
    }
    if (!Number.isInteger(seconds) || seconds < min) {
      this.fail(`${what} is ${seconds} s`, `write whole seconds, at least ${min}`);
    }
    return seconds;
  }

  /** A whole number, or a percentage such as '25%'. */
  numberOrPercent(what: string, value: unknown): number | string {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
      return value;
    }
    if (typeof value === 'string' && /^(100|\d{1,2})%$/.test(value)) {
      return value;
    }
    return this.fail(`${what} is ${describe(value)}`, `write a whole number, or a percentage from '0%' to '100%'`);
  }

  absolutePath(what: string, value: unknown): string {
    if (typeof value !== 'string' || !value.startsWith('/') || value.includes(':') || /(^|\/)\.\.(\/|$)/.test(value)) {
      this.fail(`${what} ${describe(value)} is no absolute path`, `write for example '/var/lib/app'`);
    }
    return value.length > 1 && value.endsWith('/') ? value.slice(0, -1) : value;
  }

  cidr(what: string, value: unknown): string {
    const [address = '', bits = '', more] = typeof value === 'string' ? value.split('/') : [];
    const octets = address.split('.');
    const v4 =
      octets.length === 4 && octets.every((o) => /^\d{1,3}$/.test(o) && Number(o) <= 255) && Number(bits) <= 32;
    const v6 = /^[0-9a-fA-F:]+$/.test(address) && address.includes(':') && Number(bits) <= 128;
    if (!(v4 || v6) || !/^\d+$/.test(bits) || more !== undefined) {
      this.fail(`${what} ${describe(value)} is no range of addresses`, `write for example '10.0.0.0/16'`);
    }
    return value as string;
  }

  labels(what: string, labels: Readonly<Record<string, string>> | undefined): void {
    for (const [key, value] of Object.entries(labels ?? {})) {
      if (!isQualifiedName(key)) {
        this.fail(
          `${what} key '${key}' is no label key`,
          `use letters, digits, '-', '_' and '.', at most 63, with an optional 'domain/' before`,
        );
      }
      if (typeof value !== 'string' || !isLabelValue(value)) {
        this.fail(
          `${what} '${key}' has the value ${describe(value)}`,
          `use at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit; anything else belongs into an annotation`,
        );
      }
    }
  }

  annotations(what: string, annotations: Readonly<Record<string, string>> | undefined): void {
    for (const [key, value] of Object.entries(annotations ?? {})) {
      if (!isQualifiedName(key)) {
        this.fail(
          `${what} key '${key}' is no annotation key`,
          `use letters, digits, '-', '_' and '.', at most 63, with an optional 'domain/' before`,
        );
      }
      if (typeof value !== 'string') {
        this.fail(`${what} '${key}' is ${describe(value)}`, `write a text, quoted`);
      }
    }
  }

  oneOf(what: string, value: unknown, allowed: readonly string[]): void {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      this.fail(`${what} is ${describe(value)}`, `write ${allowed.map((a) => `'${a}'`).join(' or ')}`);
    }
  }
}

function listed(words: readonly string[]): string {
  return words.map((w) => `'${w}'`).join(', ');
}

/** The known word that a misspelt one most likely means. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + change));
    }
    previous = current;
  }
  return previous[b.length]!;
}
