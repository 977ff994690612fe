import * as fc from 'fast-check';
import type { AnyKind, StructKind } from '../../../../eksctl/schema/field';
import { CLUSTER_CONFIG, MANAGED_NODE_GROUP, NODE_GROUP } from '../../../../eksctl/schema/shapes';
import { one, type Patch } from '../template';
import { anArn, bool, DOCUMENT, OUTPOST, POLICY, ROLE } from '../values';
import type { Edge } from './edge';

// Any field at all with any value of its type: finds what the other edges miss.

const text = one(
  'x',
  'x',
  '',
  'a-b',
  'A_b',
  ROLE,
  POLICY,
  OUTPOST,
  '10.0.0.0/16',
  'us-west-2a',
  'm5.large',
  '1.35',
  'v1.2.3',
  ' ',
);
const whole = one(0, 1, 1, 2, 3, 100, 125, 3000, 86400, -1);

/** A few properties of an object, each with some value. */
function partOf({ properties }: StructKind, most: number): fc.Arbitrary<Patch> {
  const entries = Object.entries(properties);
  return fc
    .subarray(entries, { minLength: 1, maxLength: Math.min(most, entries.length) })
    .chain((chosen) =>
      fc.record(Object.fromEntries(chosen.map(([key, kind]) => [key, anyValue(kind)]))),
    ) as fc.Arbitrary<Patch>;
}

function anyValue(kind: AnyKind): fc.Arbitrary<Patch> {
  return fc.oneof({ weight: 24, arbitrary: ofKind(kind) }, { weight: 1, arbitrary: fc.constant(null) });
}

function ofKind(kind: AnyKind): fc.Arbitrary<Patch> {
  switch (kind.kind) {
    case 'struct':
      return fc.oneof({ weight: 12, arbitrary: partOf(kind, 4) }, { weight: 1, arbitrary: fc.constant({}) });
    case 'list':
      return fc.array(ofKind(kind.of), { maxLength: 2 }) as fc.Arbitrary<Patch>;
    case 'map':
      return fc.dictionary(fc.constantFrom('a', 'us-west-2a', 'team', 'a/b'), anyValue(kind.of), {
        maxKeys: 2,
      }) as fc.Arbitrary<Patch>;
    case 'list-or-map':
      return fc.oneof(ofKind(kind.list), ofKind(kind.map));
    case 'one-of':
      return fc.oneof({ weight: 8, arbitrary: one(...kind.values) }, { weight: 1, arbitrary: text });
    case 'boolean':
      return bool;
    case 'integer':
    case 'number':
      return whole;
    case 'json':
      return one({}, DOCUMENT, { kubernetes: { 'max-pods': 3 } }, { maxPods: 20 }, { authentication: null });
    case 'arn':
      return one(ROLE, ROLE, OUTPOST, anArn);
    case 'cidr':
      return one('10.0.0.0/16', '10.1.0.0/20', '192.168.0.0/24', 'x');
    default:
      return text;
  }
}

const edge = (place: Edge['place'], kind: StructKind): Edge => ({ place, patch: partOf(kind, 2) });

export const FIELD_EDGES: readonly Edge[] = [
  edge('config', CLUSTER_CONFIG),
  edge('managed', MANAGED_NODE_GROUP),
  edge('self-managed', NODE_GROUP),
];
