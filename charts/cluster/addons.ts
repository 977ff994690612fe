import { baseAddonNames } from '../../eks/addons';
import type { Region } from '../../eks/values';
import { parseConfigurationValues } from '../../eksctl/rules/configuration-values';
import type { Addon as EksctlAddon } from '../../eksctl/types';
import { canonical } from '../../kube/canonical';
import { isObject } from '../../kube/loose';
import type { Json, Mutable } from '../../kube/values';
import type { Addon, ClusterFacts } from '../core/requirements';

/** The add-ons of every cluster. Listed although eksctl adds some by default, so that the file shows what is installed. */
export function baseAddons(compute: ClusterFacts['compute'], region: Region): readonly Addon[] {
  return baseAddonNames(compute === 'auto', region).map((name) => ({ name }));
}

/** The add-ons that do not depend on workloads: the base, and those of the props `addons` and `config`. */
export function ownAddons(
  compute: ClusterFacts['compute'],
  region: Region,
  named: { readonly addons: readonly Addon[]; readonly user: { readonly addons: readonly Addon[] } },
): readonly Addon[] {
  return [...baseAddons(compute, region), ...named.addons, ...named.user.addons];
}

/** An add-on, and the construct that requires it. */
export interface AskedAddon {
  readonly addon: Addon;
  readonly by: string;
}

/** Two constructs that require different values of one setting. */
export interface Contradiction {
  readonly what: string;
  readonly first: string;
  readonly second: string;
}

/** Merges add-ons of the same name; a value that two of them set differently is a contradiction. */
export function mergeAddons(asked: readonly AskedAddon[]): { addons: Addon[]; contradictions: Contradiction[] } {
  const contradictions: Contradiction[] = [];
  const merged = new Map<string, { version?: Owned; configuration?: Owned }>();
  for (const { addon, by } of asked) {
    const entry = merged.get(addon.name) ?? {};
    const add = (node: Owned | undefined, value: Json | undefined, what: string) =>
      value === undefined ? node : addValue(node, value, by, `${what} of add-on '${addon.name}'`, contradictions);
    merged.set(addon.name, {
      version: add(entry.version, addon.version, 'the version'),
      configuration: add(entry.configuration, addon.configuration, 'the configuration'),
    });
  }
  const addons = [...merged].map(([name, { version, configuration }]) => ({
    name,
    ...(version ? { version: plainOf(version) as string } : {}),
    ...(configuration ? { configuration: plainOf(configuration) as { [key: string]: Json } } : {}),
  }));
  return { addons, contradictions };
}

/** An add-on in eksctl's spelling: the configuration is a JSON string, with sorted keys so that equal values are equal bytes. */
export function eksctlAddon(addon: Addon): Mutable<EksctlAddon> {
  return {
    name: addon.name,
    ...(addon.version === undefined ? {} : { version: addon.version }),
    ...(addon.configuration === undefined
      ? {}
      : { configurationValues: JSON.stringify(canonical(addon.configuration)) }),
  };
}

/** Version and configuration of an add-on in a ClusterConfig, with the configuration parsed. */
export function configurationOf(addon: EksctlAddon): Pick<Addon, 'version' | 'configuration'> {
  const { version, configurationValues } = addon;
  const values = configurationValues === undefined ? undefined : parseConfigurationValues(configurationValues)?.values;
  // anything but a map is left to the rules, which refuse it
  const configuration = isObject(values as Json) ? (values as Addon['configuration']) : undefined;
  return { ...(version === undefined ? {} : { version }), ...(configuration === undefined ? {} : { configuration }) };
}

/** A value with the construct that set it, so that a contradiction names both. */
type Owned =
  | { readonly by: string; readonly leaf: Json }
  | { readonly by: string; readonly entries: ReadonlyMap<string, Owned> };

function addValue(node: Owned | undefined, value: Json, by: string, what: string, found: Contradiction[]): Owned {
  if (isObject(value) && (node === undefined || 'entries' in node)) {
    const entries = new Map(node?.entries);
    for (const [key, item] of Object.entries(value)) {
      entries.set(key, addValue(entries.get(key), item, by, `'${key}' in ${what}`, found));
    }
    return { by, entries };
  }
  if (node === undefined) {
    return { by, leaf: value };
  }
  if ('entries' in node || JSON.stringify(canonical(node.leaf)) !== JSON.stringify(canonical(value))) {
    found.push({ what, first: node.by, second: by });
  }
  return node;
}

function plainOf(node: Owned): Json {
  return 'leaf' in node
    ? node.leaf
    : Object.fromEntries([...node.entries].map(([key, item]) => [key, plainOf(item)] as const));
}
