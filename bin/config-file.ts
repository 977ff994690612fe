import { existsSync } from 'node:fs';
import type { Severity } from '../kube/finding';
import { isObject } from '../kube/loose';
import { listed, nearest } from '../kube/text';
import type { KeyTable } from '../kube/values';
import { loadYaml, readAsGo } from '../kube/yaml';
import type { Levels } from '../review/levels';
import type { ExistingObject } from '../review/rule';
import { existingOf, type Fail, levelsOf, severityOf } from '../review/settings';
import { read, UsageError } from './sources';

/** The file that is read without --config, in the working directory. */
export const CONFIG_FILE = 'cdk8s-eks-patterns.yaml';

/** What the configuration file says; options of the command line go before it. */
export interface ConfigFile {
  readonly levels?: Levels;
  /** The path of a ClusterConfig, relative to the working directory. */
  readonly cluster?: string;
  /** '1.35'. */
  readonly kubernetes?: string;
  readonly existing?: readonly ExistingObject[];
  readonly baseline?: string;
  readonly failOn?: Severity;
}

const KEYS: KeyTable<ConfigFile> = {
  levels: 'map',
  cluster: 'text',
  kubernetes: 'text',
  existing: 'list',
  baseline: 'text',
  failOn: true,
};

/** Reads the file of --config, or the default one where it exists. Throws a UsageError. */
export function readConfigFile(path: string | undefined): ConfigFile {
  if (path === undefined && !existsSync(CONFIG_FILE)) {
    return {};
  }
  const name = path ?? CONFIG_FILE;
  return parseConfigFile(read(name), name);
}

/** The configuration in a text. Throws a UsageError that says what is wrong with it. */
export function parseConfigFile(text: string, name: string): ConfigFile {
  const fail = (problem: string): never => {
    throw new UsageError(`${name}: ${problem}`);
  };
  const document = loadYaml().parseDocument(text, { ...readAsGo(), prettyErrors: false });
  if (document.errors.length > 0) {
    fail(`the YAML is invalid: ${document.errors[0]!.message}`);
  }
  const value: unknown = document.toJS() ?? {};
  if (!isObject(value)) {
    return fail('the file must be a map');
  }
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(KEYS, key)) {
      const near = nearest(key, Object.keys(KEYS));
      fail(`unknown key '${key}'; ${near ? `did you mean '${near}'?` : `use ${listed(Object.keys(KEYS))}`}`);
    }
  }
  const { levels, cluster, kubernetes, existing, baseline, failOn } = value;
  return {
    ...(levels === undefined ? {} : { levels: levelsOf(levels, fail) }),
    ...textKey('cluster', cluster, fail),
    ...textKey('kubernetes', kubernetes, fail),
    ...(existing === undefined ? {} : { existing: existingOf(existing, fail) }),
    ...textKey('baseline', baseline, fail),
    ...(failOn === undefined ? {} : { failOn: severityOf(failOn, 'failOn', fail) }),
  };
}

function textKey<K extends string>(key: K, value: unknown, fail: Fail): { readonly [key in K]?: string } {
  if (value === undefined) {
    return {};
  }
  if (typeof value !== 'string') {
    return fail(`${key} must be a string; put it in quotes`);
  }
  return { [key]: value } as { readonly [key in K]?: string };
}
