import { existsSync } from 'node:fs';
import type { Severity } from '../kube/finding';
import { listed, nearest } from '../kube/text';
import type { KeyTable } from '../kube/values';
import { loadYaml, readAsGo } from '../kube/yaml';
import { LEVELS, type Level, type Levels } from '../review/levels';
import type { ExistingObject } from '../review/rule';
import { SEVERITIES } from './report';
import { read } from './sources';
import { UsageError } from './usage-error';

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
  levels: true,
  cluster: true,
  kubernetes: true,
  existing: true,
  baseline: true,
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
  if (!isMap(value)) {
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

type Fail = (problem: string) => never;

function textKey<K extends string>(key: K, value: unknown, fail: Fail): { readonly [key in K]?: string } {
  if (value === undefined) {
    return {};
  }
  if (typeof value !== 'string') {
    return fail(`${key} must be a string; put it in quotes`);
  }
  return { [key]: value } as { readonly [key in K]?: string };
}

function severityOf(value: unknown, key: string, fail: Fail): Severity {
  return SEVERITIES.find((severity) => severity === value) ?? fail(`${key} must be ${listed(SEVERITIES)}`);
}

function levelsOf(value: unknown, fail: Fail): Levels {
  const levels = isMap(value) ? value : fail('levels must be a map, such as { references/missing: warning }');
  return Object.fromEntries(
    Object.entries(levels).map(([rule, level]): [string, Level] => {
      // `off` without quotes is false for Go
      const known = LEVELS.find((one) => one === (level === false ? 'off' : level));
      return [rule, known ?? fail(`the level of '${rule}' must be ${listed(LEVELS)}`)];
    }),
  );
}

function existingOf(value: unknown, fail: Fail): ExistingObject[] {
  const items = Array.isArray(value) ? value : fail('existing must be a list of { kind, namespace, name }');
  return items.map((item: unknown, i) => {
    const { kind, namespace, name, ...rest } = isMap(item) ? item : {};
    const isComplete = [kind, namespace, name].every((text) => typeof text === 'string');
    if (!isComplete || Object.keys(rest).length > 0) {
      return fail(`existing[${i}] must be { kind, namespace, name }, each a string`);
    }
    return { kind, namespace, name } as ExistingObject;
  });
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
