import type { Finding } from '../../../eksctl/finding';
import { checkClusterConfig } from '../../../eksctl/rules/check-config';
import { CLUSTER_RULES } from '../../../eksctl/rules/cluster-rules';
import { NODE_GROUP_RULES } from '../../../eksctl/rules/node-group-rules';
import type { ClusterConfig } from '../../../eksctl/types';
import { MINIMAL, type RuleCase } from '../../oracle/cases/case';

export const RULES = [...CLUSTER_RULES, ...NODE_GROUP_RULES];
const BY = new Map(RULES.map(({ id, enforcedBy }) => [id, enforcedBy]));

/** The file of a case: `MINIMAL` with the sections of the case; `undefined` takes one out. */
export function fileOf(config: RuleCase['config']): ClusterConfig {
  return JSON.parse(JSON.stringify({ ...MINIMAL, ...config })) as ClusterConfig;
}

export function findingsOf(config: RuleCase['config']): Finding[] {
  return checkClusterConfig(deepFreeze(fileOf(config)));
}

/** What `MINIMAL` itself gives reason to warn of. */
export const OF_MINIMAL: ReadonlySet<string> = new Set(findingsOf({}).map(({ rule }) => rule));

/** Each id once, sorted, without the warnings of `MINIMAL`. */
export function idsOf(findings: readonly Finding[]): string[] {
  const own = findings.filter(({ rule, severity }) => severity === 'error' || !OF_MINIMAL.has(rule));
  return [...new Set(own.map(({ rule }) => rule))].sort();
}

/** Our word on what eksctl says. */
export function verdictOf(findings: readonly Finding[]): RuleCase['eksctl'] {
  const refused = findings.some(({ rule, severity }) => severity === 'error' && BY.get(rule) === 'eksctl');
  return refused ? 'refuses' : 'accepts';
}

/** An attempt to write into the value throws from now on. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
