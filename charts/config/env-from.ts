import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { Check } from '../core/check';
import type { EnvFromSource, EnvVar } from '../core/k8s';
import { checkOwnNamespace } from '../core/own-namespace';
import { Config, ConfigPart } from './config';
import { type EnvReference, renderVariable } from './env-reference';

/** Shared configuration whose keys become variables: all of a `Config`, or some by `config.only(...)`. */
export type EnvFrom = Config | ConfigPart;

export function checkEnvFrom(check: Check, sources: readonly EnvFrom[], namespace: string): void {
  if (!Array.isArray(sources)) {
    check.fail('type', 'envFrom', `envFrom must be a list, but is ${describe(sources)}`, 'write [config]');
  }
  for (const [i, source] of (sources as readonly EnvFrom[]).entries()) {
    const field = indexPath('envFrom', i);
    if (!(source instanceof Config || source instanceof ConfigPart)) {
      check.fail(
        'type',
        field,
        `${field} must be a Config or a part of one, but is ${describe(source)}`,
        "write shared configuration: new Config(tenant, 'shared', {...}), or config.only('KEY')",
      );
    }
    checkOwnNamespace(check, field, 'Config', source instanceof Config ? source : source.config, namespace);
  }
}

/** The ConfigMaps of whole sources, shared configuration first, so that the workload's own variables win. */
export function sourcesOf(envFrom: readonly EnvFrom[], envConfigMap: string | undefined): EnvFromSource[] {
  const names = [
    ...envFrom.flatMap((source) => (source instanceof Config ? source.configMap.name : [])),
    ...(envConfigMap === undefined ? [] : [envConfigMap]),
  ];
  return names.map((name) => ({ configMapRef: { name } }));
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
    for (const key of [...(part ? source.keys : Object.keys(source.data))].reverse()) {
      if (part && !taken.has(key)) {
        found.push({ name: key, source: { kind: 'config', config: source.config, key } });
      }
      taken.add(key);
    }
  }
  return found.reverse().map(renderVariable);
}
