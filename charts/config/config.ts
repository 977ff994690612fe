import { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { MANAGED_BY } from '../../kube/labels';
import { isDnsLabel, isEnvName } from '../../kube/names';
import { Check } from '../core/check';
import type { ConfigMap } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { namespaceOf } from '../core/namespace';
import type { Scalar } from '../core/values';
import { checkConfigSize, hashedConfigMap } from './config-map';
import { EnvValue } from './env-value';
import { checkLiteral } from './secret-looking';

/** Longest name to which '-' and the hash can be appended. */
const MAX_NAME = 52;

/** Configuration that several workloads of a tenant share: an immutable ConfigMap with a content hash in its name. */
export class Config<in K extends string = never> extends Construct {
  /** The ConfigMap. */
  readonly configMap: KubeObject<ConfigMap>;
  /** @internal */
  readonly namespace: string;
  /** @internal */
  readonly data: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, data: Readonly<Record<K, Scalar>>) {
    super(scope, id);
    const check = Check.of(this);
    if (!isDnsLabel(id) || id.length > MAX_NAME) {
      check.fail(`'${id}' is no name of a ConfigMap`, `use at most ${MAX_NAME} small letters, digits and '-'`);
    }
    this.namespace = namespaceOf(this, check);
    this.data = Object.fromEntries(
      Object.entries(data).map(([key, value]) => {
        if (!isEnvName(key)) {
          check.fail(
            `key '${key}' is no name of a variable`,
            "use letters, digits, '_', '-' and '.', beginning with a letter",
          );
        }
        return [key, literalText(check, key, value)];
      }),
    );
    checkConfigSize(check, 'its values', this.data);
    this.configMap = hashedConfigMap(
      this,
      'ConfigMap',
      () => ({ name: id, namespace: this.namespace, labels: { 'app.kubernetes.io/managed-by': MANAGED_BY } }),
      () => ({ ...this.data }),
    );
  }

  /** One value as an environment variable. */
  env(key: K): EnvValue {
    return this.value(key, 'variable');
  }

  /** Mounts the values at '/run/config/<id>' and yields the path of one. */
  file(key: K): EnvValue {
    return this.value(key, 'file');
  }

  private value(key: string, as: 'variable' | 'file'): EnvValue {
    if (!Object.hasOwn(this.data, key)) {
      Check.of(this).fail(
        `no key '${key}'`,
        `write one of ${Object.keys(this.data)
          .map((k) => `'${k}'`)
          .join(', ')}`,
      );
    }
    return EnvValue.from({ kind: 'config', config: this as unknown as Config, key, as });
  }
}

/** A literal as text; anything that looks like a secret is refused. */
export function literalText(check: Check, name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    check.fail(`variable '${name}' is ${describe(value)}`, 'write a text, a number, true or false');
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    check.fail(`variable '${name}' is ${value}`, 'write a finite number, or the string that the program expects');
  }
  const text = String(value);
  checkLiteral(check, `variable '${name}'`, name, text);
  return text;
}
