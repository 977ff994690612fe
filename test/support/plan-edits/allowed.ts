import { type Shape, shapeOfKind } from '../../../kube/shapes/shape';
import { STORED_KINDS } from '../../../kube/stored/generated';
import { type StoredStruct, type StoredType, storedKind } from '../../../kube/stored/types';

/** The values of the texts of which all are known, by 'Struct.field'. */
export function allowedValues(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const key of Object.keys(STORED_KINDS)) {
    const at = key.lastIndexOf('/');
    const [apiVersion, kind] = [key.slice(0, at), key.slice(at + 1)];
    collect(storedKind(apiVersion, kind)!, shapeOfKind(apiVersion, kind), found, new Set());
  }
  return found;
}

function collect(type: StoredStruct, shape: Shape, found: Map<string, readonly string[]>, seen: Set<string>): void {
  if (shape.kind !== 'struct' || seen.has(type.name)) {
    return;
  }
  seen.add(type.name);
  for (const [name, field] of type.fields) {
    let [inner, of]: [Shape | undefined, StoredType] = [shape.fields.get(name), field.type];
    while (inner && (of.kind === 'list' || of.kind === 'map') && (inner.kind === 'list' || inner.kind === 'map')) {
      [inner, of] = [inner.of, of.of];
    }
    if (inner?.kind === 'string' && inner.values) {
      found.set(`${type.name}.${name}`, inner.values);
    } else if (inner && of.kind === 'struct') {
      collect(of, inner, found, seen);
    }
  }
}
