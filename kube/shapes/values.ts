import type { Manifest } from '../objects';
import { indexPath, keyPath } from '../text';
import { ANYTHING, type Shape, shapeOfKind } from './shape';

/** A value that is none of those that its field has. */
export interface UnknownValue {
  /** 'spec.template.spec.containers[0].imagePullPolicy'. */
  readonly field: string;
  readonly value: string;
  readonly known: readonly string[];
}

/** The values of a manifest that its kind does not know. */
export function unknownValues(manifest: Manifest): UnknownValue[] {
  const found: UnknownValue[] = [];
  const shape = shapeOfKind(manifest.apiVersion, manifest.kind);
  if (hasValues(shape)) {
    collect(manifest, shape, '', found);
  }
  return found;
}

function collect(value: unknown, shape: Shape, path: string, found: UnknownValue[]): void {
  if (shape.kind === 'string') {
    // empty is left out
    if (shape.values && typeof value === 'string' && value !== '' && !shape.values.includes(value)) {
      found.push({ field: path, value, known: shape.values.filter((known) => known !== '') });
    }
  } else if (typeof value !== 'object' || value === null) {
    return;
  } else if (shape.kind === 'list' && Array.isArray(value)) {
    value.forEach((item, i) => {
      collect(item, shape.of, indexPath(path, i), found);
    });
  } else if (shape.kind === 'map' || shape.kind === 'struct') {
    for (const [key, item] of Object.entries(value)) {
      const of = shape.kind === 'struct' ? (shape.fields.get(key) ?? ANYTHING) : shape.of;
      if (hasValues(of)) {
        collect(item, of, keyPath(path, key), found);
      }
    }
  }
}

const judged = new Map<Shape, boolean>();

/** Whether there is a field with known values anywhere below: of most parts of a manifest there is none. */
function hasValues(shape: Shape): boolean {
  const known = judged.get(shape);
  if (known !== undefined) {
    return known;
  }
  // a struct that leads back to itself is looked into
  judged.set(shape, true);
  const verdict =
    shape.kind === 'list' || shape.kind === 'map'
      ? hasValues(shape.of)
      : shape.kind === 'struct'
        ? [...shape.fields.values()].some(hasValues)
        : shape.kind === 'string' && shape.values !== undefined;
  judged.set(shape, verdict);
  return verdict;
}
