import type { IConstruct } from 'constructs';
import { parseCidr } from '../../kube/cidr';
import { describe } from '../../kube/describe';
import { isLabelValue, isQualifiedName } from '../../kube/names';
import { FieldError } from '../../kube/plain-data';
import { parseQuantity } from '../../kube/quantity';
import { keyPath, listed } from '../../kube/text';
import type { KeyTable, KeyWord } from '../../kube/values';
import { PatternError, PropsError } from './errors';
import { isOfType, problemOfType } from './key-types';
import { absolutePath, type System } from './paths';
import { type ControllerKey, fixOfKey } from './place-of-field';
import { type Duration, parseSeconds } from './values';

/** What is wrong with a prop, in the terms of Kubernetes' field errors; 'props/required' is the rule's id. */
export type PropRule = 'required' | 'invalid' | 'type' | 'unknown' | 'unsupported' | 'duplicate' | 'forbidden';

type Call = (...args: unknown[]) => unknown;

/** Validates the props of one construct; every error names the construct, the prop, what is allowed and the fix. */
export class Check {
  /**
   * @param prefix the prop that the fields are below, such as 'sidecars[0]'
   * @param system of the containers, whose paths it takes
   */
  constructor(
    readonly path: string,
    private readonly prefix = '',
    private readonly system: System = 'linux',
  ) {}

  static of(construct: IConstruct): Check {
    return new Check(construct.node.path);
  }

  /** The checks of a prop that has the form of another construct's props: its errors name the fields below the prop. */
  within(prefix: string): Check {
    return new Check(this.path, this.prefix === '' ? prefix : `${this.prefix}.${prefix}`, this.system);
  }

  /** The checks of containers of Windows, whose paths begin with a drive as well. */
  onWindows(): Check {
    return new Check(this.path, this.prefix, 'windows');
  }

  /**
   * Throws.
   *
   * @param rule what is wrong
   * @param field the prop: 'replicas.min'; '' is the construct as a whole, its id included
   * @param message what is invalid, its value, and what is allowed; a sentence without its full stop
   * @param fix what to write instead; likewise
   */
  fail(rule: PropRule, field: string, message: string, fix: string): never {
    throw this.error(rule, field, message, fix);
  }

  /** The error that `fail` throws, where the compiler has to see the throw. */
  error(rule: PropRule, field: string, message: string, fix: string): PropsError {
    const place = this.prefix === '' || field === '' ? `${this.prefix}${field}` : `${this.prefix}.${field}`;
    return new PropsError({
      rule: `props/${rule}`,
      severity: 'error',
      construct: this.path,
      ...(place === '' ? {} : { field: place }),
      message: field === '' || place === field ? message : message.replace(field, () => place),
      fix,
    });
  }

  /**
   * Calls a function that the user wrote. What it throws becomes an error of this construct, with the original as cause.
   *
   * @param what the function, as the subject of a sentence
   */
  run<R>(field: string, what: string, call: () => R): R {
    try {
      return call();
    } catch (e) {
      if (e instanceof PatternError || e instanceof FieldError) {
        throw e;
      }
      const thrown = e instanceof Error ? `${e.name}: ${e.message}` : describe(e);
      const failed = `${what} failed with ${thrown}`;
      throw Object.assign(this.error('invalid', field, failed, 'correct the function'), { cause: e });
    }
  }

  /** Functions of a prop, each of which `run` calls; other values as they are. */
  guarded<T>(prop: string, values: object = {}): Readonly<Record<string, T>> {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const field = keyPath(prop, name);
        const guard = (...args: unknown[]) =>
          this.run(field, `the function of ${field}`, () => (value as Call)(...args));
        return [name, (typeof value === 'function' ? guard : value) as T];
      }),
    );
  }

  /**
   * Refuses keys that the type does not have: TypeScript does not look for them in what is spread.
   *
   * @param controller the object that may have the field, of the props of a workload
   */
  keys<T>(field: string, value: unknown, known: KeyTable<T>, controller?: ControllerKey): void {
    if (value === undefined) {
      return;
    }
    const own = field === 'props' ? '' : field;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const message = `${field} must be an object, but is ${describe(value)}`;
      this.fail('type', own, message, `use the keys ${listed(Object.keys(known))}`);
    }
    // by `in`, since it is asked of many small objects and a list of keys is one more; what is inherited is none of the props
    for (const key in value) {
      if (!Object.hasOwn(known, key) && Object.hasOwn(value, key)) {
        const message = `unknown key '${key}'${own === '' ? '' : ` in ${own}`}`;
        this.fail('unknown', own === '' ? key : `${own}.${key}`, message, fixOfKey(key, known, controller));
      }
    }
    const given = value as Readonly<Record<string, unknown>>;
    const types = known as Readonly<Record<string, KeyWord>>;
    for (const key in value) {
      if (!isOfType(given[key], types[key] ?? true) && Object.hasOwn(value, key)) {
        this.typed(own === '' ? key : `${own}.${key}`, given[key], types[key]!);
      }
    }
  }

  /** A flag, a list without holes, a map and the like, which may be left out. */
  typed(field: string, value: unknown, type: KeyWord): void {
    const problem = problemOfType(field, value, type);
    if (problem) {
      this.fail('type', problem.field, problem.message, problem.fix);
    }
  }

  /** A required string that is not empty. */
  text(field: string, value: unknown): string {
    if (value === undefined) {
      this.fail('required', field, `${field} is required`, `set ${field} to a string`);
    }
    if (typeof value !== 'string' || value.trim() === '') {
      this.fail(
        'type',
        field,
        `${field} must be a string that is not empty, but is ${describe(value)}`,
        'write a string',
      );
    }
    return value;
  }

  /** The reason of a departure from a safe default. */
  because(field: string, value: unknown): string {
    if (typeof value !== 'string' || value.trim() === '') {
      this.fail(
        value === undefined ? 'required' : 'type',
        `${field}.because`,
        `${field} departs from a safe default and needs a reason in 'because'`,
        "write because: '...', one sentence for the reader of the manifest",
      );
    }
    return value;
  }

  /** More than zero, in billionths. */
  quantity(field: string, value: unknown, example: string): bigint {
    const parsed = typeof value === 'string' ? parseQuantity(value) : undefined;
    if (parsed === undefined || parsed <= 0n) {
      this.fail(
        typeof value === 'string' ? 'invalid' : 'type',
        field,
        `${field} must be a Kubernetes quantity above zero, but is ${describe(value)}`,
        `write for example '${example}'`,
      );
    }
    return parsed;
  }

  integer(field: string, value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): number {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      const range =
        max === Number.MAX_SAFE_INTEGER ? `an integer of at least ${min}` : `an integer from ${min} to ${max}`;
      this.fail(
        typeof value === 'number' ? 'invalid' : 'type',
        field,
        `${field} must be ${range}, but is ${describe(value)}`,
        'correct the number',
      );
    }
    return value;
  }

  /** Whole seconds of a duration. */
  seconds(field: string, value: Duration, min = 0): number {
    const seconds = parseSeconds(value);
    if (seconds === undefined) {
      this.fail(
        typeof value === 'string' ? 'invalid' : 'type',
        field,
        `${field} must be a duration, but is ${describe(value)}`,
        "write seconds as a number, or a string such as '30s' or '15m'",
      );
    }
    if (!Number.isInteger(seconds) || seconds < min) {
      this.fail(
        'invalid',
        field,
        `${field} must be whole seconds of at least ${min}, but is ${seconds} s`,
        "write a duration such as '30s'",
      );
    }
    return seconds;
  }

  /** An integer, or a percentage such as '25%'. */
  numberOrPercent(field: string, value: unknown): number | string {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
      return value;
    }
    if (typeof value === 'string' && /^(100|\d{1,2})%$/.test(value)) {
      return value;
    }
    return this.fail(
      typeof value === 'number' || typeof value === 'string' ? 'invalid' : 'type',
      field,
      `${field} must be an integer of at least 0, or a percentage from '0%' to '100%', but is ${describe(value)}`,
      "write for example 1 or '25%'",
    );
  }

  absolutePath(field: string, value: unknown): string {
    const found = absolutePath(value, this.system);
    return found.path === undefined
      ? this.fail(typeof value === 'string' ? 'invalid' : 'type', field, `${field} ${found.fault}`, found.fix)
      : found.path;
  }

  cidr(field: string, value: unknown): string {
    if (!parseCidr(value)) {
      const message = `${field} must be a CIDR block, but is ${describe(value)}`;
      this.fail(typeof value === 'string' ? 'invalid' : 'type', field, message, "write for example '10.0.0.0/16'");
    }
    return value as string;
  }

  labels(field: string, labels: Readonly<Record<string, string>> | undefined): void {
    for (const [key, value] of Object.entries(labels ?? {})) {
      this.qualifiedName(field, key);
      if (typeof value !== 'string' || !isLabelValue(value)) {
        this.fail(
          typeof value === 'string' ? 'invalid' : 'type',
          `${field}['${key}']`,
          `the value of ${field} '${key}' must be at most 63 letters, digits, '-', '_' and '.', and begin and end with a letter or digit, but is ${describe(value)}`,
          'shorten the value, or use an annotation',
        );
      }
    }
  }

  annotations(field: string, annotations: Readonly<Record<string, string>> | undefined): void {
    for (const [key, value] of Object.entries(annotations ?? {})) {
      this.qualifiedName(field, key);
      if (typeof value !== 'string') {
        this.fail(
          'type',
          `${field}['${key}']`,
          `the value of ${field} '${key}' must be a string, but is ${describe(value)}`,
          'put the value in quotes',
        );
      }
    }
  }

  oneOf(field: string, value: unknown, allowed: readonly string[]): void {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      this.fail(
        value === undefined ? 'required' : 'unsupported',
        field,
        `${field} must be ${allowed.map((a) => `'${a}'`).join(' or ')}, but is ${describe(value)}`,
        'use one of these values',
      );
    }
  }

  /** The key of a label or annotation. */
  private qualifiedName(field: string, key: string): void {
    if (!isQualifiedName(key)) {
      this.fail(
        'invalid',
        `${field}['${key}']`,
        `invalid key '${key}' in ${field}: a key has at most 63 letters, digits, '-', '_' and '.', with an optional DNS prefix ('example.com/')`,
        'correct the key',
      );
    }
  }
}
