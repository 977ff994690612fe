import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';

/**
 * The objects of a folder by kind and name. The hash in the name of a ConfigMap is each tool's own, so it is left out,
 * there and where the name is used.
 */
export function objectsIn(folder) {
  const found = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'))) {
      const object = document.toJS();
      if (object) {
        const plain = JSON.parse(JSON.stringify(object).replace(/-env-[0-9a-f]{10}"/g, '-env"'));
        found.set(`${plain.kind} ${plain.metadata.namespace ?? ''}/${plain.metadata.name}`, plain);
      }
    }
  }
  return found;
}

/** What differs, in words; nothing when the two are the same objects. */
export function differences(expected, actual) {
  const said = [];
  for (const [key, object] of expected) {
    if (!actual.has(key)) {
      said.push(`${key} is missing`);
    } else if (!isDeepStrictEqual(object, actual.get(key))) {
      said.push(`${key} is\n${JSON.stringify(actual.get(key))}\nrather than\n${JSON.stringify(object)}`);
    }
  }
  return [...said, ...[...actual.keys()].filter((key) => !expected.has(key)).map((key) => `${key} is too much`)];
}

/** Objects by kind, without those of the cluster, for variants that make their own. */
export function kindsOf(objects) {
  const counts = {};
  for (const { kind } of objects.values()) {
    if (kind !== 'StorageClass' && kind !== 'PriorityClass') {
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
  }
  return Object.fromEntries(Object.entries(counts).sort());
}
