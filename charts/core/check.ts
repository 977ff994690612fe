import type { IConstruct } from 'constructs';
import { parseCidr } from '../../kube/cidr';
import { isLabelValue, isQualifiedName } from '../../kube/names';
import { parseQuantity } from '../../kube/quantity';
import { describe, listed, nearest } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import { parseSeconds } from './duration';
import { PropsError } from './errors';
import type { Duration } from './values';

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

  quantity(what: string, value: unknown, example: string): bigint {
    const parsed = typeof value === 'string' ? parseQuantity(value) : undefined;
    if (parsed === undefined) {
      this.fail(`${what} ${describe(value)} is no Kubernetes quantity`, `write for example '${example}'`);
    }
    if (parsed === 0n) {
      this.fail(`${what} is zero`, `write for example '${example}'`);
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
    if (!parseCidr(value)) {
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
