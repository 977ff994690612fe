import type { RuleCase } from './case';
import { NODE_GROUP_CAPACITY_CASES } from './node-group-capacity';
import { NODE_GROUP_NODE_CASES } from './node-group-nodes';
import { NODE_GROUP_PLACE_CASES } from './node-group-places';
import { NODE_GROUP_VOLUME_CASES } from './node-group-volumes';

/** The rules over one node group. */
export const NODE_GROUP_CASES: readonly RuleCase[] = [
  ...NODE_GROUP_VOLUME_CASES,
  ...NODE_GROUP_CAPACITY_CASES,
  ...NODE_GROUP_PLACE_CASES,
  ...NODE_GROUP_NODE_CASES,
];
