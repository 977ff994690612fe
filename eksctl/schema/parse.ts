import type * as Yaml from 'yaml';
import { loadYaml, readAsGo } from '../../kube/yaml';
import { type Finding, findingIn } from '../finding';
import type { ClusterConfig } from '../types';
import { ConfigError } from './config-error';
import { shapeFindings } from './shape-findings';
import { CLUSTER_CONFIG } from './shapes';
import { withoutNulls } from './without-nulls';
import { pathOf } from './words';

/** The text of a file as a ClusterConfig, or one `ConfigError` with all that is wrong with its shape. */
export function parseClusterConfig(text: string): ClusterConfig {
  const { value, findings } = readYaml(text);
  const all = value === UNREADABLE ? findings : [...findings, ...shapeFindings(value)];
  if (all.length > 0) {
    throw new ConfigError(all);
  }
  return withoutNulls(value, CLUSTER_CONFIG) as ClusterConfig;
}

const UNREADABLE = Symbol('unreadable');

/** The first document, as eksctl's YAML reads it, and what it refuses in there or does not look at. */
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
  const tags = document.warnings.map((e) => overlooked(firstLine(e.message), 'write the value without its tag'));
  const findings = [...repeatedKeys(yaml, document), ...tags];
  const { version, explicit } = document.directives?.yaml ?? {};
  if (explicit && version !== '1.1') {
    findings.push(refusal('', `eksctl reads YAML 1.1, and the file says ${version}`, "delete the line '%YAML'"));
  }
  if (more.some(({ contents }) => contents !== null && !(yaml.isScalar(contents) && contents.value === null))) {
    findings.push(
      overlooked(
        'the file has a second document, which eksctl does not read',
        "delete it and the line '---' above it, or give it a file of its own",
      ),
    );
  }
  try {
    return { value: document.toJS(), findings };
  } catch (e) {
    return {
      value: UNREADABLE,
      findings: [...findings, refusal('', firstLine((e as Error).message), 'correct the YAML')],
    };
  }
}

/** Keys that stand twice in one object, by a merge key as well: eksctl refuses both. */
function repeatedKeys(yaml: typeof Yaml, document: Yaml.Document): Finding[] {
  const findings: Finding[] = [];
  const target = (node: unknown): unknown => (yaml.isAlias(node) ? node.resolve(document) : node);
  const walkMap = (map: Yaml.YAMLMap, path: string): void => {
    const own = new Set<string>();
    for (const { key, value } of map.items.filter((pair) => !isMergeKey(yaml, pair.key))) {
      const name = textOf(yaml, key);
      if (own.size === own.add(name).size) {
        findings.push(refusal(pathOf(path, name), `'${name}' stands twice in one object`, 'delete one of them'));
      }
      walk(value, pathOf(path, name));
    }
    const merged = map.items.filter(({ key }) => isMergeKey(yaml, key));
    for (const other of merged.flatMap(({ value }) => mapsOf(yaml, target(value), target))) {
      for (const name of other.items.map(({ key }) => textOf(yaml, key))) {
        if (own.size === own.add(name).size) {
          const problem = `'${name}' comes by '<<' and stands in the object again`;
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
  return message.split('\n')[0]!.replace(/[:.]$/, '');
}

function overlooked(problem: string, fix: string): Finding {
  return findingIn('L1c', 'error', '', problem, fix);
}

function refusal(path: string, problem: string, fix: string): Finding {
  return findingIn('L1', 'error', path, problem, fix);
}
