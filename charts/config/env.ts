import type * as plus from 'cdk8s-plus-28';
import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import { isEnvName } from '../../kube/names';
import type { Check } from '../core/check';
import type { EnvVar } from '../core/k8s';
import type { PodReferences, PodSelf } from '../core/self';
import type { Scalar } from '../core/values';
import { type Config, literalText } from './config';
import { EnvValue } from './env-value';
import { checkOwnNamespace } from './own-namespace';
import type { Secret } from './secret';
import { checkLiteral } from './secret-looking';

/** What `env` takes: a literal, a text made from what the workload knows of itself, a reference, or an `EnvValue` of cdk8s-plus. */
export type EnvSource<S extends PodSelf = PodSelf> =
  | Scalar
  | ((self: S & PodReferences) => string)
  | EnvValue
  | plus.EnvValue;

/** Where the files of secrets and shared configuration are mounted. */
export const secretFolder = (secret: Secret): string => `/run/secrets/${secret.secretName}`;
export const configFolder = (config: Config): string => `/run/config/${config.node.id}`;

/** Variables, sorted by where they go. */
export interface EnvModel {
  /** Known at synthesis: goes into the ConfigMap. */
  readonly data: Readonly<Record<string, string>>;
  /** References: stay in the pod. Rendered late, since the name of shared configuration ends in its content's hash. */
  readonly references: readonly (() => EnvVar)[];
  readonly configFiles: ReadonlySet<Config>;
  readonly secrets: ReadonlySet<Secret>;
  readonly configs: ReadonlySet<Config>;
  /** Names of the variables that hold an unsafe literal. */
  readonly unsafe: readonly string[];
  /** Texts that stay in the pod, by variable. */
  readonly texts: Readonly<Record<string, string>>;
}

const REFERENCES = {
  podName: { variable: 'POD_NAME', fieldPath: 'metadata.name' },
  podIp: { variable: 'POD_IP', fieldPath: 'status.podIP' },
  nodeName: { variable: 'NODE_NAME', fieldPath: 'spec.nodeName' },
} as const;

export function resolveEnv<S extends PodSelf>(
  check: Check,
  env: Readonly<Record<string, EnvSource<S>>>,
  self: S,
  namespace: string,
): EnvModel {
  const data = new Map<string, string>();
  const references: (() => EnvVar)[] = [];
  const declared = new Map<string, string>();
  const configs = new Set<Config>();
  const configFiles = new Set<Config>();
  const secrets = new Set<Secret>();
  const unsafe: string[] = [];
  const texts = new Map<string, string>();

  for (const [name, source] of Object.entries(env)) {
    if (!isEnvName(name)) {
      check.fail(
        `'${name}' is no name of an environment variable`,
        "use letters, digits, '_', '-' and '.', beginning with a letter or '_'",
      );
    }
    if (typeof source === 'function') {
      const used = new Set<keyof typeof REFERENCES>();
      const text = source(withReferences(self, used));
      if (typeof text !== 'string') {
        check.fail(`variable '${name}' is a function that returns ${describe(text)}`, 'return a text');
      }
      checkLiteral(check, `variable '${name}'`, name, text);
      if (used.size === 0) {
        data.set(name, text);
        continue;
      }
      for (const reference of used) {
        const { variable, fieldPath } = REFERENCES[reference];
        declared.set(variable, fieldPath);
      }
      texts.set(name, text);
      references.push(() => ({ name, value: text }));
    } else if (source instanceof EnvValue) {
      const { source: from } = source;
      if (from.kind === 'field') {
        references.push(() => ({ name, valueFrom: { fieldRef: { fieldPath: from.fieldPath } } }));
      } else if (from.kind === 'unsafe') {
        unsafe.push(name);
        // the kubelet reads '$$' as '$', and '$(NAME)' as a reference
        references.push(() => ({ name, value: from.value.replaceAll('$', '$$$$') }));
      } else if (from.kind === 'config') {
        checkOwnNamespace(check, `variable '${name}' reads`, 'Config', from.config, namespace);
        if (from.as === 'file') {
          configFiles.add(from.config);
          data.set(name, `${configFolder(from.config)}/${from.key}`);
        } else {
          configs.add(from.config);
          references.push(() => ({
            name,
            valueFrom: { configMapKeyRef: { name: from.config.configMap.name, key: from.key } },
          }));
        }
      } else {
        checkOwnNamespace(check, `variable '${name}' reads`, 'Secret', from.secret, namespace);
        if (from.as === 'file') {
          secrets.add(from.secret);
          data.set(name, `${secretFolder(from.secret)}/${from.key}`);
        } else {
          from.secret.useAsVariable(from.key);
          if (from.secret.mustBeMounted) {
            secrets.add(from.secret);
          }
          references.push(() => ({
            name,
            valueFrom: { secretKeyRef: { name: from.secret.secretName, key: from.key } },
          }));
        }
      }
    } else if (isPlusValue(source)) {
      if (typeof source.value === 'string') {
        data.set(name, literalText(check, name, source.value));
      } else {
        references.push(() => ({ name, valueFrom: copyPlain(source.valueFrom) }));
      }
    } else {
      data.set(name, literalText(check, name, source));
    }
  }
  for (const [variable, fieldPath] of [...declared].reverse()) {
    if (Object.hasOwn(env, variable)) {
      check.fail(
        `variable '${variable}' is declared for the references that another variable makes`,
        'rename yours, or leave it out: it holds the same',
      );
    }
    references.unshift(() => ({ name: variable, valueFrom: { fieldRef: { fieldPath } } }));
  }
  return {
    // a variable may be called '__proto__'
    data: Object.fromEntries(data),
    references,
    configFiles: sortedBy(({ node }) => node.id, configFiles),
    secrets: sortedBy(({ secretName }) => secretName, secrets),
    configs,
    unsafe,
    texts: Object.fromEntries(texts),
  };
}

/** By name: the order of the variables is not to decide that of the volumes, or a reordered program would roll its pods. */
function sortedBy<T>(nameOf: (item: T) => string, items: ReadonlySet<T>): ReadonlySet<T> {
  return new Set([...items].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)));
}

/** What the workload knows, and references that the kubelet expands; tells which of them were used. */
function withReferences<S extends PodSelf>(self: S, used: Set<keyof typeof REFERENCES>): S & PodReferences {
  const result = Object.create(self) as S & PodReferences;
  for (const key of Object.keys(REFERENCES) as (keyof typeof REFERENCES)[]) {
    Object.defineProperty(result, key, {
      get: () => {
        used.add(key);
        return `$(${REFERENCES[key].variable})`;
      },
    });
  }
  return result;
}

/** Told by its shape, so that cdk8s-plus need not be loaded. */
function isPlusValue(source: unknown): source is { value?: string; valueFrom?: EnvVar['valueFrom'] } {
  return typeof source === 'object' && source !== null && ('value' in source || 'valueFrom' in source);
}
