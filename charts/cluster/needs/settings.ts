import type { ClusterConfig } from '../../../eksctl/types';
import { isObject } from '../../../kube/loose';
import type { Addon, Requirement } from '../../core/requirements';
import { configurationOf, eksctlAddon } from '../addons';

type Settings = NonNullable<Addon['configuration']>;

/** Settings of an add-on of the ClusterConfig that hold where nobody gives others. */
export function addonDefaults(name: string, because: string, settings: (cluster: string) => Settings): Requirement {
  const edit = (config: ClusterConfig): void => {
    const addon = config.addons?.find((candidate) => candidate.name === name);
    if (addon) {
      const { configuration = {} } = configurationOf(addon);
      const merged = eksctlAddon({ name, configuration: under(configuration, settings(config.metadata.name)) });
      Object.assign(addon, merged);
    }
  };
  return {
    id: `addon-defaults/${name}`,
    because,
    check: ({ made }) => (made ? { status: 'provided', addition: { kind: 'edit', edit } } : { status: 'met' }),
  };
}

/** What is given, and below it the defaults. */
function under(given: Settings, defaults: Settings): Settings {
  const entries = Object.entries(defaults).map(([key, value]) => {
    const own = given[key];
    return [key, own === undefined ? value : isObject(own) && isObject(value) ? under(own, value) : own] as const;
  });
  return { ...given, ...Object.fromEntries(entries) };
}
