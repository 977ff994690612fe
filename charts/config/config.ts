import { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel } from '../../kube/names';
import { keyPath, listed } from '../../kube/text';
import { Check } from '../core/check';
import type { ConfigMap } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { namespaceOf } from '../core/namespace';
import type { Scalar } from '../core/values';
import { checkConfigSize, hashedConfigMap } from './config-map';
import { checkEnvName, EnvValue } from './env-value';
import { checkLiteral } from './secret-looking';

/** Longest name to which '-' and the hash can be appended. */
const MAX_NAME = 52;

/**
 * Configuration that several workloads of a tenant share: an immutable ConfigMap with a content hash in its name, so that
 * a change rolls the pods. K is the union of its keys.
 *
 * @example
 * const shared = new Config(tenant, 'shared', { REGION: 'us-west-2', LOG_LEVEL: 'info' });
 * new WebService(tenant, 'web', { ...props, envFrom: [shared] });
 * new Worker(tenant, 'mailer', { ...props, env: { LEVEL: shared.env('LOG_LEVEL') } });
 * new BatchJob(tenant, 'migrate', { ...props, envFrom: [shared.only('REGION')] });
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable
 */
export class Config<in K extends string = never> extends Construct {
  /** The ConfigMap; its name ends in the hash of its content. */
  readonly configMap: KubeObject<ConfigMap>;
  /** @internal */
  readonly namespace: string;
  /** @internal */
  readonly data: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, data: Readonly<Record<K, Scalar>>) {
    super(scope, id);
    const check = Check.of(this);
    if (!isDnsLabel(id) || id.length > MAX_NAME) {
      check.fail(
        'invalid',
        '',
        `invalid id '${id}': the name of a shared ConfigMap must be at most ${MAX_NAME} lowercase letters, digits and '-'`,
        'choose another id',
      );
    }
    this.namespace = namespaceOf(this, check);
    check.typed('data', data ?? null, 'map');
    this.data = Object.fromEntries(
      Object.entries(data).map(([key, value]) => {
        checkEnvName(check, 'data', key, 'rename the key');
        return [key, literalText(check, keyPath('data', key), key, value)];
      }),
    );
    checkConfigSize(check, 'data', this.data);
    this.configMap = hashedConfigMap(
      this,
      'ConfigMap',
      { name: id, namespace: this.namespace },
      () => ({ name: id, namespace: this.namespace, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } }),
      () => ({ ...this.data }),
    );
  }

  /** The value of one key, as an environment variable. */
  env(key: K): EnvValue {
    return this.value(key, 'variable');
  }

  /** Mounts the values at '/run/config/<id>'; the variable is the path of the file of one key. */
  file(key: K): EnvValue {
    return this.value(key, 'file');
  }

  /**
   * Some of the keys, for `envFrom` of a workload that reads no others. It needs connections to the addresses in these keys
   * alone, and a change of another key still rolls its pods, since they read one ConfigMap.
   *
   * @param keys one or more; a key that the Config does not have is refused
   */
  only(...keys: readonly [K, ...K[]]): ConfigPart {
    if (keys.length === 0) {
      Check.of(this).fail('required', '', 'only() needs at least one key', `use one or more of ${this.keys}`);
    }
    for (const key of keys) {
      this.checkKey(key);
    }
    return new ConfigPart(this as unknown as Config, [...new Set<string>(keys)]);
  }

  private value(key: string, as: 'variable' | 'file'): EnvValue {
    this.checkKey(key);
    return EnvValue.from({ kind: 'config', config: this as unknown as Config, key, as });
  }

  private checkKey(key: unknown): void {
    if (typeof key !== 'string' || !Object.hasOwn(this.data, key)) {
      const name = typeof key === 'string' ? `'${key}'` : describe(key);
      Check.of(this).fail('unsupported', '', `${name} must be a key of data`, `use one of ${this.keys}`);
    }
  }

  private get keys(): string {
    return listed(Object.keys(this.data));
  }
}

/** Some of the keys of a `Config`, for `envFrom`. Made by `config.only(...)`. */
export class ConfigPart {
  /** @internal */
  constructor(
    /** @internal */
    readonly config: Config,
    /** @internal */
    readonly keys: readonly string[],
  ) {}
}

/** A literal as a string. A literal that looks like a secret is refused. */
export function literalText(check: Check, field: string, name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    check.fail(
      value === undefined ? 'required' : 'type',
      field,
      `${field} must be a string, a number or a boolean, but is ${describe(value)}`,
      'write a literal; for a key of a secret write secret.env(key)',
    );
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    check.fail(
      'invalid',
      field,
      `${field} must be a finite number, but is ${value}`,
      'write a number, or the string that the program expects',
    );
  }
  const text = String(value);
  checkLiteral(check, field, name, text);
  return text;
}
