import type * as Yaml from 'yaml';
import { entryOf } from '../../kube/collections';

/** The line of a path in a document, from 1; of a path that it does not have, that of the nearest parent. */
export type LineOf = (path: string) => number;

/** The lines of a document. A path is looked up when it is asked for: most files have few findings. */
export function linesOf(yaml: typeof Yaml, document: Yaml.Document, counter: Yaml.LineCounter): LineOf {
  const children = new Map<unknown, ReadonlyMap<string, Child>>();
  return (path) => {
    let node: unknown = document.contents;
    let offset = startOf(yaml, node) ?? 0;
    for (const part of partsOf(path)) {
      node = yaml.isAlias(node) ? node.resolve(document) : node;
      const next = childOf(yaml, node, part, children);
      if (next === undefined) {
        break;
      }
      // a key stands where its value is missing, or begins on a later line
      offset = startOf(yaml, next.key ?? next.value) ?? offset;
      node = next.value;
    }
    return counter.linePos(offset).line;
  };
}

/** 'a', 0, 'b' and 'c.d/e' of "a[0].b['c.d/e']". */
export function partsOf(path: string): (string | number)[] {
  const parts = path.matchAll(/\[(\d+)\]|\['([^']*)'\]|\[("(?:[^"\\]|\\.)*")\]|[^.[\]]+/g);
  return [...parts].map(([whole, index, quoted, escaped]) => {
    if (index !== undefined) {
      return Number(index);
    }
    return quoted ?? (escaped === undefined ? whole : (JSON.parse(escaped) as string));
  });
}

interface Child {
  readonly key?: unknown;
  readonly value: unknown;
}

/** @param known the children of maps, by key: a large one has many findings */
function childOf(
  yaml: typeof Yaml,
  node: unknown,
  part: string | number,
  known: Map<unknown, ReadonlyMap<string, Child>>,
): Child | undefined {
  if (yaml.isSeq(node)) {
    const value = node.items[Number(part)];
    return value === undefined ? undefined : { value };
  }
  if (!yaml.isMap(node)) {
    return undefined;
  }
  // of a repeated key the last, which is the one to delete
  const own = entryOf(known, node, () => new Map(node.items.map((pair) => [textOf(yaml, pair.key), pair])));
  return own.get(String(part));
}

const textOf = (yaml: typeof Yaml, key: unknown): string => String(yaml.isScalar(key) ? key.value : key);

function startOf(yaml: typeof Yaml, node: unknown): number | undefined {
  return yaml.isNode(node) ? (node.range?.[0] ?? undefined) : undefined;
}
