import type * as Yaml from 'yaml';
import { entryOf } from '../kube/collections';
import type { FilePlace, Finding, ObjectReference } from '../kube/finding';
import { loadYaml, readAsGo } from '../kube/yaml';

/** The keys and indexes of a field: ['spec', 'containers', 0, 'image'] of 'spec.containers[0].image'. */
export function fieldSteps(field: string): (string | number)[] {
  const steps: (string | number)[] = [];
  for (const [, key, index, quoted, json] of field.matchAll(
    /([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]|\[("(?:[^"\\]|\\.)*")\]/g,
  )) {
    if (key !== undefined) {
      steps.push(key);
    } else if (index !== undefined) {
      steps.push(Number(index));
    } else {
      steps.push(quoted ?? (JSON.parse(json!) as string));
    }
  }
  return steps;
}

/** Files above this size keep the line of the document: they would be parsed a second time. */
const LARGEST = 2_000_000;

/**
 * Findings with the line of their field instead of that of their document. Each file is parsed again, once, and only if
 * it has a finding with a field.
 *
 * @param texts by path
 */
export function withFieldLines(findings: readonly Finding[], texts: ReadonlyMap<string, string>): Finding[] {
  const files = new Map<string, FieldLines | undefined>();
  return findings.map((finding) => {
    const { file, field, object } = finding;
    if (file?.line === undefined || field === undefined) {
      return finding;
    }
    const text = texts.get(file.path);
    const lines = entryOf(files, file.path, () =>
      text === undefined || text.length > LARGEST ? undefined : FieldLines.of(text),
    );
    return { ...finding, file: { ...file, line: lines?.lineOf(file, field, object) ?? file.line } };
  });
}

class FieldLines {
  private readonly documents = new Map<number, Yaml.Document>();

  static of(text: string): FieldLines | undefined {
    try {
      return new FieldLines(text.replace(/^\uFEFF/, ''));
    } catch {
      // too deep for the stack: the lines of the documents remain
      return undefined;
    }
  }

  private readonly yaml = loadYaml();
  private readonly counter = new this.yaml.LineCounter();

  private constructor(text: string) {
    const options = { ...readAsGo(), uniqueKeys: false, lineCounter: this.counter, prettyErrors: false };
    for (const document of this.yaml.parseAllDocuments(text, options)) {
      const start = document.contents?.range?.[0];
      if (start !== undefined) {
        this.documents.set(this.lineAt(start), document as Yaml.Document);
      }
    }
  }

  lineOf({ line = 1 }: FilePlace, field: string, object: ObjectReference | undefined): number | undefined {
    const document = this.documents.get(line);
    if (!document) {
      return undefined;
    }
    let node = this.itemOf(document.contents, object);
    let found: number | undefined = node === document.contents ? undefined : this.lineOfNode(node);
    for (const step of fieldSteps(field)) {
      const next = this.stepInto(document, node, step);
      if (next === undefined) {
        return found;
      }
      found = next.line ?? found;
      node = next.node;
    }
    return found;
  }

  private stepInto(document: Yaml.Document, from: unknown, step: string | number) {
    const { isAlias, isMap, isSeq } = this.yaml;
    const node = isAlias(from) ? from.resolve(document) : from;
    if (typeof step === 'number' && isSeq(node)) {
      const item = node.items[step];
      return item === undefined ? undefined : { node: item as unknown, line: this.lineOfNode(item) };
    }
    const pair = isMap(node) ? node.items.find(({ key }) => this.nameOf(key) === String(step)) : undefined;
    return pair && { node: pair.value as unknown, line: this.lineOfNode(pair.key) };
  }

  /** The item of a List that is an object; otherwise the document itself. */
  private itemOf(contents: unknown, object: ObjectReference | undefined): unknown {
    const { isMap, isSeq } = this.yaml;
    const items = isMap(contents) ? contents.get('items') : undefined;
    if (object === undefined || !isSeq(items) || !/List$/.test(String((contents as Yaml.YAMLMap).get('kind')))) {
      return contents;
    }
    const same = items.items.find(
      (item) =>
        isMap(item) &&
        item.getIn(['metadata', 'name']) === object.name &&
        (item.getIn(['metadata', 'namespace']) ?? undefined) === object.namespace &&
        (item.get('kind') ?? object.kind) === object.kind,
    );
    return same ?? contents;
  }

  private nameOf(key: unknown): string {
    return String(this.yaml.isScalar(key) ? (key.source ?? key.value) : key);
  }

  private lineOfNode(node: unknown): number | undefined {
    const start = this.yaml.isNode(node) ? node.range?.[0] : undefined;
    return start === undefined ? undefined : this.lineAt(start);
  }

  private lineAt(offset: number): number {
    return this.counter.linePos(offset).line;
  }
}
