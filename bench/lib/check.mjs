import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';

/** Of a value in a message. */
const LONGEST = 200;

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

/**
 * What differs, in three lines at most: how many objects, and the first field of the first one. Empty if the objects are
 * the same.
 */
export function differences(expected, actual) {
  const keys = [...new Set([...expected.keys(), ...actual.keys()])];
  const different = keys.filter((key) => !isDeepStrictEqual(expected.get(key), actual.get(key)));
  if (different.length === 0) {
    return [];
  }
  const [first] = different;
  const [path, wanted, found] = firstDifference(expected.get(first), actual.get(first));
  return [
    `${different.length} of ${keys.length} objects differ, the first is ${first}${path === '' ? '' : `, field ${path}`}`,
    `  expected: ${shown(wanted)}`,
    `  found:    ${shown(found)}`,
  ];
}

/** The path of the first value that differs, and that value on both sides; a field that one side lacks is undefined there. */
function firstDifference(expected, actual, path = '') {
  if (!isContainer(expected) || !isContainer(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return [path, expected, actual];
  }
  const key = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].find(
    (name) => !isDeepStrictEqual(expected[name], actual[name]),
  );
  const step = Array.isArray(expected) ? `[${key}]` : path === '' ? key : `.${key}`;
  return firstDifference(expected[key], actual[key], `${path}${step}`);
}

function isContainer(value) {
  return typeof value === 'object' && value !== null;
}

function shown(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
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
