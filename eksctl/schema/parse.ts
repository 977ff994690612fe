import type * as Yaml from 'yaml';
import { describe } from '../../kube/describe';
import { loadYaml, readAsGo } from '../../kube/yaml';
import { type Finding, findingIn } from '../finding';
import type { ClusterConfig } from '../types';
import { ConfigError } from './config-error';
import { linkAliases } from './link-aliases';
import { shapeFindings } from './shape-findings';
import { CLUSTER_CONFIG } from './shapes';
import { withoutNulls } from './without-nulls';
import { pathOf } from './words';

/** Reads a file as a ClusterConfig. Throws one `ConfigError` with every finding about its shape. */
export function parseClusterConfig(text: string): ClusterConfig {
  const { value, findings } = readYaml(text);
  const all = value === UNREADABLE ? findings : [...findings, ...shapeFindings(value)];
  if (all.length > 0) {
    throw new ConfigError(all);
  }
  return withoutNulls(value, CLUSTER_CONFIG) as ClusterConfig;
}

/** How often an anchor may be expanded, those within other anchors multiplied. */
const MAX_EXPANSION = 1000;

const UNREADABLE = Symbol('unreadable');

/** The first document as eksctl's YAML reads it, with findings about what eksctl refuses or ignores. */
function readYaml(text: string): { value: unknown; findings: Finding[] } {
  const yaml = loadYaml();
  const documents = yaml.parseAllDocuments(text, { ...readAsGo(), uniqueKeys: false });
  const [document, ...more] = Array.isArray(documents) ? documents : [];
  if (!document) {
    return { value: undefined, findings: [] };
  }
  const broken = document.errors;
  if (broken.length > 0) {
    return { value: UNREADABLE, findings: broken.map((e) => refusal('', firstLine(e.message), 'correct the YAML')) };
  }
  linkAliases(yaml, document);
  const tags = document.warnings.map((e) => ignored(firstLine(e.message), 'remove the tag'));
  const findings = [...repeatedKeys(yaml, document), ...tags];
  const { version, explicit } = document.directives?.yaml ?? {};
  if (explicit && version !== '1.1') {
    findings.push(refusal('', `the file must be YAML 1.1, but is YAML ${version}`, "delete the line '%YAML'"));
  }
  if (more.some(({ contents }) => contents !== null && !(yaml.isScalar(contents) && contents.value === null))) {
    findings.push(
      ignored(
        'the file has a second document, which eksctl ignores',
        "delete it and the line '---' above it, or move it to another file",
      ),
    );
  }
  try {
    return { value: document.toJS({ maxAliasCount: MAX_EXPANSION }), findings };
  } catch (e) {
    return {
      value: UNREADABLE,
      findings: [...findings, refusal('', firstLine((e as Error).message), 'correct the YAML')],
    };
  }
}

/** Duplicate keys of one object, also those that a merge key brings: eksctl refuses both. */
function repeatedKeys(yaml: typeof Yaml, document: Yaml.Document): Finding[] {
  const findings: Finding[] = [];
  const target = (node: unknown): unknown => (yaml.isAlias(node) ? node.resolve(document) : node);
  const walkMap = (map: Yaml.YAMLMap, path: string): void => {
    const own = new Set<string>();
    for (const { key, value } of map.items.filter((pair) => !isMergeKey(yaml, pair.key))) {
      const name = textOf(yaml, key);
      if (own.size === own.add(name).size) {
        findings.push(refusal(pathOf(path, name), `duplicate key ${describe(name)}`, 'delete one of them'));
      }
      walk(value, pathOf(path, name));
    }
    const merged = map.items.filter(({ key }) => isMergeKey(yaml, key));
    for (const other of merged.flatMap(({ value }) => mapsOf(yaml, target(value), target))) {
      for (const name of other.items.map(({ key }) => textOf(yaml, key))) {
        if (own.size === own.add(name).size) {
          const problem = `duplicate key ${describe(name)}, merged by '<<'`;
          findings.push(refusal(pathOf(path, name), problem, "write the keys out, without '<<'"));
        }
      }
    }
  };
  const walk = (node: unknown, path: string): void => {
    if (yaml.isMap(node)) {
      walkMap(node, path);
    } else if (yaml.isSeq(node)) {
      node.items.forEach((item, i) => {
        walk(item, `${path}[${i}]`);
      });
    }
  };
  walk(document.contents, '');
  return findings;
}

function isMergeKey(yaml: typeof Yaml, key: unknown): boolean {
  return yaml.isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

function mapsOf(yaml: typeof Yaml, value: unknown, target: (node: unknown) => unknown): Yaml.YAMLMap[] {
  const nodes = yaml.isSeq(value) ? value.items.map(target) : [value];
  return nodes.filter((node) => yaml.isMap(node));
}

function textOf(yaml: typeof Yaml, key: unknown): string {
  return String(yaml.isScalar(key) ? key.value : key);
}

function firstLine(message: string): string {
  const line = message.split('\n')[0]!.replace(/[:.]$/, '');
  return line.replace('Maximum call stack size exceeded', 'the file is nested too deeply');
}

function ignored(problem: string, fix: string): Finding {
  return findingIn('L1c', 'error', '', problem, fix);
}

function refusal(path: string, problem: string, fix: string): Finding {
  return findingIn('L1', 'error', path, problem, fix);
}
