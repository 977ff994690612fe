import { type Finding, findingIn } from '../finding';
import type { ClusterConfig } from '../types';
import { CLUSTER_RULES } from './cluster-rules';
import { NODE_GROUP_RULES } from './node-group-rules';
import type { AnyNodeGroup, Report } from './rule';

/** Checks all rules that can be decided without AWS: those of eksctl, and those that it leaves to AWS. Findings are in the order of the rules. */
export function checkClusterConfig(config: ClusterConfig): Finding[] {
  const findings: Finding[] = [];
  for (const rule of CLUSTER_RULES) {
    rule.check(config, reportOf(rule.id, findings));
  }
  const groups = nodeGroupsOf(config);
  for (const rule of NODE_GROUP_RULES) {
    const report = reportOf(rule.id, findings);
    for (const group of groups) {
      rule.check(group, report, config);
    }
  }
  return findings;
}

/** All groups in eksctl's order: self-managed, then managed. */
function nodeGroupsOf(config: ClusterConfig): AnyNodeGroup[] {
  return [
    ...(config.nodeGroups ?? []).map((group, i) => ({
      kind: 'self-managed' as const,
      group,
      path: `nodeGroups[${i}]`,
    })),
    ...(config.managedNodeGroups ?? []).map((group, i) => ({
      kind: 'managed' as const,
      group,
      path: `managedNodeGroups[${i}]`,
    })),
  ];
}

function reportOf(rule: string, findings: Finding[]): Report {
  return {
    error: (path, message, fix) => findings.push(findingIn(rule, 'error', path, message, fix)),
    warning: (path, message, fix) => findings.push(findingIn(rule, 'warning', path, message, fix)),
    advice: (path, message, fix) => findings.push(findingIn(rule, 'advice', path, message, fix)),
  };
}
