import type * as Yaml from 'yaml';
import { describe } from '../../kube/describe';
import { loadYaml, readAsGo } from '../../kube/yaml';
import { type Finding, findingIn } from '../finding';
import type { ClusterConfig } from '../types';
import { checkAll } from './check-all';
import { ConfigError } from './config-error';
import { type LineOf, linesOf } from './lines';
import { linkAliases } from './link-aliases';
import { placeholdersOf } from './placeholders';
import { shapeFindings } from './shape-findings';
import { CLUSTER_CONFIG } from './shapes';
import { withoutNulls } from './without-nulls';
import { pathOf } from './words';

/** Reads a file as a ClusterConfig. Throws one `ConfigError` with every finding if its shape is wrong. */
export function parseClusterConfig(text: string, path = 'ClusterConfig'): ClusterConfig {
  const { value, findings, lineOf } = readYaml(text);
  const placed = (found: readonly Finding[]) => found.map((finding) => withLine(finding, path, lineOf));
  if (value === UNREADABLE) {
    throw new ConfigError(placed(findings));
  }
  const shape = [...findings, ...shapeFindings(value), ...placeholdersOf(value).filter(({ certain }) => certain)];
  if (shape.length > 0) {
    // warnings do not keep a file from being read
    const errors = checkAll(value, findings).filter(({ severity }) => severity === 'error');
    throw new ConfigError(placed([...findings, ...errors]));
  }
  return withoutNulls(value, CLUSTER_CONFIG) as ClusterConfig;
}

/** All findings in the text of a file, with their lines. */
export function checkClusterConfigText(text: string, path: string): Finding[] {
  const { value, findings, lineOf } = readYaml(text);
  const all = value === UNREADABLE ? findings : [...findings, ...checkAll(value, findings)];
  return all.map((finding) => withLine(finding, path, lineOf));
}

function withLine(finding: Finding, path: string, lineOf: LineOf): Finding {
  // what is wrong with the YAML itself has its line already
  const line = finding.file?.line ?? lineOf(finding.field ?? '');
  return { ...finding, file: { path, line } };
}

/** How often an anchor may be expanded, those within other anchors multiplied. */
const MAX_EXPANSION = 1000;

const UNREADABLE = Symbol('unreadable');

interface ReadFile {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  readonly lineOf: LineOf;
}

/** The first document as eksctl's YAML reads it, with findings about what eksctl refuses or ignores. */
function readYaml(text: string): ReadFile {
  const yaml = loadYaml();
  const counter = new yaml.LineCounter();
  const documents = yaml.parseAllDocuments(text, { ...readAsGo(), uniqueKeys: false, lineCounter: counter });
  const [document, ...more] = Array.isArray(documents) ? documents : [];
  if (!document) {
    return { value: undefined, findings: [], lineOf: () => 1 };
  }
  const lineOf = linesOf(yaml, document, counter);
  if (document.errors.length > 0) {
    const broken = document.errors.map((e) => brokenYaml(text, e.message, counter.linePos(e.pos[0]).line));
    return { value: UNREADABLE, findings: broken, lineOf };
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
    return { value: document.toJS({ maxAliasCount: MAX_EXPANSION }), findings, lineOf };
  } catch (e) {
    return {
      value: UNREADABLE,
      findings: [...findings, refusal('', firstLine((e as Error).message), 'correct the YAML')],
      lineOf,
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

/** An error of the YAML, which a template such as `name: {{ .name }}-cluster` is. */
function brokenYaml(text: string, message: string, line: number): Finding {
  const written = text.split('\n')[line - 1] ?? '';
  const template = /\{\{.*?\}\}/.exec(written)?.[0];
  const finding =
    template === undefined
      ? refusal('', firstLine(message), 'correct the YAML')
      : refusal(
          '',
          `'${template}' looks like a placeholder that was not replaced: the file is not valid YAML`,
          'run the file through the tool that fills it in',
        );
  return { ...finding, file: { path: '', line } };
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
