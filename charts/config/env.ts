import { describe } from '../../kube/describe';
import { keyPath } from '../../kube/text';
import type { Check } from '../core/check';
import { checkOwnNamespace } from '../core/own-namespace';
import type { PlusEnvValue } from '../core/plus';
import type { Scalar } from '../core/values';
import type { PodReferences, PodSelf } from '../core/workload-info';
import { type Config, literalText } from './config';
import { orderVariables } from './env-order';
import type { EnvReference, ReferenceSource } from './env-reference';
import { checkEnvName, EnvValue, type ValueSource } from './env-value';
import type { Secret } from './secret';
import { checkLiteral, looksSecret } from './secret-looking';

/** A value of `env`: a literal, a function of the workload's own name and addresses, a reference, or an `EnvValue` of cdk8s-plus. */
export type EnvSource<S extends PodSelf = PodSelf> =
  | Scalar
  | ((self: S & PodReferences) => string)
  | EnvValue
  | PlusEnvValue;

/** Where the files of secrets and shared configuration are mounted. */
export const secretFolder = (secret: Secret): string => `/run/secrets/${secret.secretName}`;
export const configFolder = (config: Config): string => `/run/config/${config.node.id}`;

/** Variables, by the object that they are written to. */
export interface EnvModel {
  /** Known at synthesis: written to the ConfigMap. */
  readonly data: Readonly<Record<string, string>>;
  /** Written to the pod, in this order: the kubelet expands only references to earlier ones. */
  readonly references: readonly EnvReference[];
  /** Shared configuration that is mounted. */
  readonly configFiles: ReadonlySet<Config>;
  /** Secrets that are mounted. */
  readonly secrets: ReadonlySet<Secret>;
}

const POD_FIELDS = {
  podName: { variable: 'POD_NAME', fieldPath: 'metadata.name' },
  podIp: { variable: 'POD_IP', fieldPath: 'status.podIP' },
  nodeName: { variable: 'NODE_NAME', fieldPath: 'spec.nodeName' },
  nodeIp: { variable: 'NODE_IP', fieldPath: 'status.hostIP' },
  // of a job, see JobSelf
  jobName: { variable: 'JOB_NAME', fieldPath: "metadata.labels['batch.kubernetes.io/job-name']" },
} as const;
type PodField = keyof typeof POD_FIELDS;

const RENAME = 'rename the variable';

/** One resolved variable: a literal or a reference, and what the pod needs for it. */
interface Resolved {
  readonly literal?: string;
  readonly reference?: ReferenceSource;
  /** Fields of the pod that the string refers to. */
  readonly podFields?: readonly PodField[];
  readonly mountedConfig?: Config;
  readonly mountedSecret?: Secret;
}

const NO_ENV: EnvModel = { data: {}, references: [], configFiles: new Set(), secrets: new Set() };

export function resolveEnv<S extends PodSelf>(
  check: Check,
  env: Readonly<Record<string, EnvSource<S>>>,
  self: S,
  namespace: string,
): EnvModel {
  const names = Object.keys(env);
  if (names.length === 0) {
    return NO_ENV;
  }
  // most workloads have texts alone, which refer to nothing
  if (areTexts(names, env)) {
    checkTexts(check, names, env as Readonly<Record<string, string>>);
    const { references, configFiles, secrets } = NO_ENV;
    return { data: { ...(env as Readonly<Record<string, string>>) }, references, configFiles, secrets };
  }
  const variables = Object.entries(env).map(([name, source]): Resolved & { readonly name: string } => {
    checkEnvName(check, 'env', name, RENAME);
    return { name, ...resolveVariable(check, name, source, self, namespace) };
  });
  const podFields = new Set(variables.flatMap((variable) => variable.podFields ?? []));
  const declared = [...podFields].map((field): EnvReference => {
    const { variable, fieldPath } = POD_FIELDS[field];
    if (Object.hasOwn(env, variable)) {
      check.fail(
        'duplicate',
        keyPath('env', variable),
        `env.${variable} must be left out: it is added for another variable that refers to ${field}`,
        'remove it, since the added variable has the same value, or rename it',
      );
    }
    return { name: variable, source: { kind: 'field', fieldPath } };
  });
  const { literals, own } = orderVariables(check, variables, new Set(declared.map(({ name }) => name)));
  const configFiles = new Set(variables.flatMap(({ mountedConfig }) => mountedConfig ?? []));
  const secrets = new Set(variables.flatMap(({ mountedSecret }) => mountedSecret ?? []));
  return {
    data: Object.fromEntries(literals),
    references: [...declared, ...own],
    configFiles: sortedBy(({ node }) => node.id, configFiles),
    secrets: sortedBy(({ secretName }) => secretName, secrets),
  };
}

function areTexts(names: readonly string[], env: Readonly<Record<string, unknown>>): boolean {
  for (const name of names) {
    const source = env[name];
    if (typeof source !== 'string' || source.includes('$(')) {
      return false;
    }
  }
  return true;
}

function checkTexts(check: Check, names: readonly string[], env: Readonly<Record<string, string>>): void {
  for (const name of names) {
    checkEnvName(check, 'env', name, RENAME);
    if (looksSecret(name, env[name]!)) {
      checkLiteral(check, keyPath('env', name), name, env[name]!);
    }
  }
}

function resolveVariable<S extends PodSelf>(
  check: Check,
  name: string,
  source: EnvSource<S>,
  self: S,
  namespace: string,
): Resolved {
  if (typeof source === 'function') {
    return fromText(check, name, source, self);
  }
  if (source instanceof EnvValue) {
    return fromValue(check, name, source.source as ValueSource<Config, Secret>, namespace);
  }
  if (isPlusValue(source) && typeof source.value !== 'string') {
    return { reference: { kind: 'raw', valueFrom: source.valueFrom } };
  }
  return { literal: literalText(check, keyPath('env', name), name, isPlusValue(source) ? source.value : source) };
}

/** The result of a function. It is written to the pod if it refers to fields of the pod. */
function fromText<S extends PodSelf>(
  check: Check,
  name: string,
  make: (self: S & PodReferences) => string,
  self: S,
): Resolved {
  const field = keyPath('env', name);
  const podFields = new Set<PodField>();
  const text = make(withReferences(self, (podField) => podFields.add(podField)));
  if (typeof text !== 'string') {
    check.fail('type', field, `${field} must return a string, but returns ${describe(text)}`, 'return a string');
  }
  checkLiteral(check, field, name, text);
  return podFields.size === 0 ? { literal: text } : { reference: { kind: 'text', text }, podFields: [...podFields] };
}

function fromValue(check: Check, name: string, value: ValueSource<Config, Secret>, namespace: string): Resolved {
  switch (value.kind) {
    case 'field':
      return { reference: { kind: 'field', fieldPath: value.fieldPath } };
    case 'resource':
      return { reference: { kind: 'resource', resource: value.resource, divisor: value.divisor } };
    case 'unsafe':
      return { reference: { kind: 'unsafe', value: value.value } };
    case 'config': {
      const { config, key, as } = value;
      checkOwnNamespace(check, keyPath('env', name), 'Config', config, namespace);
      return as === 'file'
        ? { literal: `${configFolder(config)}/${key}`, mountedConfig: config }
        : { reference: { kind: 'config', config, key } };
    }
    case 'secret': {
      const { secret, key, as } = value;
      checkOwnNamespace(check, keyPath('env', name), 'Secret', secret, namespace);
      return as === 'file'
        ? { reference: { kind: 'plain', text: `${secretFolder(secret)}/${key}` }, mountedSecret: secret }
        : {
            reference: { kind: 'secret', secret, key },
            mountedSecret: secret.mustBeMounted ? secret : undefined,
          };
    }
  }
}

/** By name, so that the order of the variables does not change that of the volumes, which would roll the pods. */
function sortedBy<T>(nameOf: (item: T) => string, items: ReadonlySet<T>): ReadonlySet<T> {
  return new Set([...items].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)));
}

/** The workload info and the references that the kubelet expands. Calls `use` for each reference that is read. */
function withReferences<S extends PodSelf>(self: S, use: (field: PodField) => void): S & PodReferences {
  const result = Object.create(self) as S & PodReferences;
  for (const field of Object.keys(POD_FIELDS) as PodField[]) {
    Object.defineProperty(result, field, {
      get: () => {
        use(field);
        return `$(${POD_FIELDS[field].variable})`;
      },
    });
  }
  return result;
}

/** Recognized by its shape, so that cdk8s-plus is not loaded. */
function isPlusValue(source: unknown): source is PlusEnvValue {
  return typeof source === 'object' && source !== null && ('value' in source || 'valueFrom' in source);
}
