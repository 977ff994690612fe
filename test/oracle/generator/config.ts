import * as fc from 'fast-check';
import { anAcceptedConfig } from './base';
import { ADDON_EDGES } from './edges/addons';
import { CLUSTER_EDGES, OUTPOST_EDGES } from './edges/cluster';
import type { Edge, Place } from './edges/edge';
import { FIELD_EDGES } from './edges/fields';
import { GROUP_EDGES } from './edges/groups';
import { MANAGED_EDGES, SELF_MANAGED_EDGES } from './edges/kinds';
import { NETWORK_EDGES } from './edges/network';
import { PERMISSION_EDGES } from './edges/permissions';
import { SHAPE_EDGES } from './edges/shapes';
import { isObject, type Json, type JsonObject, type Patch, patched } from './template';

/** A change to one config, and which of its groups it means. */
interface Change {
  readonly place: Place;
  readonly patch: Patch;
  readonly group: number;
}

function changeOf(edges: readonly Edge[]): fc.Arbitrary<Change> {
  return fc.oneof(
    ...edges.map(({ place, patch }) => fc.record({ place: fc.constant(place), patch, group: fc.nat(7) })),
  );
}

const aChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 24, arbitrary: changeOf([...CLUSTER_EDGES, ...NETWORK_EDGES, ...PERMISSION_EDGES, ...ADDON_EDGES]) },
  { weight: 24, arbitrary: changeOf([...GROUP_EDGES, ...MANAGED_EDGES, ...SELF_MANAGED_EDGES]) },
  { weight: 1, arbitrary: changeOf(OUTPOST_EDGES) },
  { weight: 8, arbitrary: changeOf(FIELD_EDGES) },
  { weight: 2, arbitrary: changeOf(SHAPE_EDGES) },
);

/** Mostly one or two changes, so that one edge decides. */
const changes: fc.Arbitrary<Change[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Change[]>([]) },
  { weight: 10, arbitrary: fc.array(aChange, { minLength: 1, maxLength: 1 }) },
  { weight: 6, arbitrary: fc.array(aChange, { minLength: 2, maxLength: 2 }) },
  { weight: 3, arbitrary: fc.array(aChange, { minLength: 3, maxLength: 4 }) },
);

/** A ClusterConfig at the edges of the rules: about half of them are refused. */
export const aConfig: fc.Arbitrary<JsonObject> = fc
  .tuple(anAcceptedConfig, changes)
  .map(([config, made]) => made.reduce(withChange, config));

function withChange(config: JsonObject, { place, patch, group }: Change): JsonObject {
  if (place === 'config') {
    return patched(config, patch) as JsonObject;
  }
  const target = groupsOf(config, place)[group % Math.max(1, groupsOf(config, place).length)];
  if (target === undefined) {
    return config;
  }
  const list = config[target.section] as readonly Json[];
  return { ...config, [target.section]: list.map((item, i) => (i === target.index ? patched(item, patch)! : item)) };
}

/** Where the groups of a kind stand; what is no group (a wrong shape by an earlier change) stays as it is. */
function groupsOf(config: JsonObject, place: Place) {
  const sections =
    place === 'any group'
      ? ['nodeGroups', 'managedNodeGroups']
      : [place === 'managed' ? 'managedNodeGroups' : 'nodeGroups'];
  return sections.flatMap((section) => {
    const list = config[section];
    return Array.isArray(list) ? list.flatMap((item, index) => (isObject(item) ? [{ section, index }] : [])) : [];
  });
}
