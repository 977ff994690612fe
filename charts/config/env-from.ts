import { describe } from '../../kube/describe';
import { isEnvName } from '../../kube/names';
import { indexPath } from '../../kube/text';
import type { Check } from '../core/check';
import type { EnvFromSource, EnvVar } from '../core/k8s';
import { checkOwnNamespace } from '../core/own-namespace';
import { Config, ConfigPart } from './config';
import { type EnvReference, renderVariable } from './env-reference';
import { Secret } from './secret';

/**
 * What has keys that become variables: a `Config`, some keys of one by `config.only(...)`, or a `Secret` that exists or that
 * External Secrets makes. A secret that the driver mounts is refused, since it copies only keys that are named.
 */
export type EnvFrom = Config | ConfigPart | Secret;

export function checkEnvFrom(check: Check, sources: readonly EnvFrom[], namespace: string): void {
  if (!Array.isArray(sources)) {
    check.fail('type', 'envFrom', `envFrom must be a list, but is ${describe(sources)}`, 'write [config]');
  }
  for (const [i, source] of (sources as readonly EnvFrom[]).entries()) {
    const field = indexPath('envFrom', i);
    if (source instanceof Secret) {
      checkSecret(check, field, source, namespace);
      continue;
    }
    if (!(source instanceof Config || source instanceof ConfigPart)) {
      check.fail(
        'type',
        field,
        `${field} must be a Config, a part of one or a Secret, but is ${describe(source)}`,
        "write shared configuration: new Config(tenant, 'shared', {...}), or config.only('KEY')",
      );
    }
    checkOwnNamespace(check, field, 'Config', source instanceof Config ? source : source.config, namespace);
  }
}

function checkSecret(check: Check, field: string, secret: Secret, namespace: string): void {
  checkOwnNamespace(check, field, 'Secret', secret, namespace);
  if (secret.mustBeMounted) {
    check.fail(
      'unsupported',
      field,
      `${field} must not be '${secret.node.path}', which the Secrets Store CSI driver mounts: it copies only keys that are named`,
      "write env: { NAME: secret.env('key') }, or bring the secret by SecretSource.externalSecrets()",
    );
  }
  const key = secret.names.find((name) => !isEnvName(name));
  if (key !== undefined) {
    check.fail(
      'invalid',
      field,
      `${field} must have keys that can be variables, but '${secret.node.path}' has '${key}', which the kubelet leaves out`,
      `write env: { NAME: secret.env('${key}') }`,
    );
  }
}

/** The ConfigMaps and Secrets of whole sources, shared configuration first, so that the workload's own variables win. */
export function sourcesOf(envFrom: readonly EnvFrom[], envConfigMap: string | undefined): EnvFromSource[] {
  if (envFrom.length === 0 && envConfigMap !== undefined) {
    return [{ configMapRef: { name: envConfigMap } }];
  }
  return [
    ...envFrom.flatMap((source): EnvFromSource[] =>
      source instanceof Secret
        ? [{ secretRef: { name: source.secretName } }]
        : source instanceof Config
          ? [{ configMapRef: { name: source.configMap.name } }]
          : [],
    ),
    ...(envConfigMap === undefined ? [] : [{ configMapRef: { name: envConfigMap } }]),
  ];
}

/**
 * The variables of parts. A variable of the pod overrides every ConfigMap, so those are left out that a later source or the
 * container itself has.
 *
 * @param own names of the container's own variables
 */
export function partVariables(envFrom: readonly EnvFrom[], own: ReadonlySet<string>): EnvVar[] {
  const taken = new Set(own);
  const found: EnvReference[] = [];
  for (const source of [...envFrom].reverse()) {
    const part = source instanceof ConfigPart;
    for (const key of [...keysOf(source)].reverse()) {
      if (part && !taken.has(key)) {
        found.push({ name: key, source: { kind: 'config', config: source.config, key } });
      }
      taken.add(key);
    }
  }
  return found.reverse().map(renderVariable);
}

const keysOf = (source: EnvFrom): readonly string[] =>
  source instanceof Secret ? source.names : source instanceof ConfigPart ? source.keys : Object.keys(source.data);
