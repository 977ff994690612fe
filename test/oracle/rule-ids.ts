import { CLUSTER_RULES } from '../../eksctl/rules/cluster-rules';
import { NODE_GROUP_RULES } from '../../eksctl/rules/node-group-rules';
import { SHAPE_RULES } from '../../eksctl/schema/shape-findings';

const RULES = [...SHAPE_RULES, ...CLUSTER_RULES, ...NODE_GROUP_RULES];
const BY_AWS = new Set(RULES.filter(({ enforcedBy }) => enforcedBy === 'aws').map(({ id }) => id));

/** The ids of the rules that eksctl asks before it makes anything. */
export const IDS_OF_EKSCTL: readonly string[] = [
  ...new Set(RULES.filter(({ enforcedBy }) => enforcedBy === 'eksctl').map(({ id }) => id)),
];

/** Whether eksctl lets pass what the rule calls an error. */
export function isByAws(id: string): boolean {
  return BY_AWS.has(id);
}

/** The ids of what is found before the values of a file are read. */
export const SHAPE_IDS: ReadonlySet<string> = new Set(SHAPE_RULES.map(({ id }) => id));
