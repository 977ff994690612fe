import { accessPolicyArn } from '../../eks/arn';
import type { Arn, Region } from '../../eks/values';
import type { AccessEntry, AccessPolicy } from '../../eksctl/types';
import type { Contradiction } from './addons';

/** Full access to the whole cluster. */
export function adminEntry(principalARN: Arn, region: Region): AccessEntry {
  return {
    principalARN,
    accessPolicies: [
      {
        policyARN: accessPolicyArn(region, 'AmazonEKSClusterAdminPolicy'),
        accessScope: { type: 'cluster' },
      },
    ],
  };
}

/** An access entry, and the construct that requires it. */
export interface AskedEntry {
  readonly entry: AccessEntry;
  readonly by: string;
}

/**
 * Merges entries of the same principal, since EKS allows one. EKS keeps one scope per policy, so the namespaces of the
 * same policy are joined; the scope of the whole cluster includes every namespace.
 */
export function mergeEntries(asked: readonly AskedEntry[]): {
  entries: AccessEntry[];
  contradictions: Contradiction[];
} {
  const contradictions: Contradiction[] = [];
  const merged = new Map<string, AskedEntry>();
  for (const { entry, by } of asked) {
    const known = merged.get(entry.principalARN);
    if (!known) {
      merged.set(entry.principalARN, { entry, by });
      continue;
    }
    for (const key of ['type', 'kubernetesUsername'] as const) {
      if (known.entry[key] !== undefined && entry[key] !== undefined && known.entry[key] !== entry[key]) {
        contradictions.push({ what: `'${key}' of ${entry.principalARN}`, first: known.by, second: by });
      }
    }
    const groups = [...new Set([...(known.entry.kubernetesGroups ?? []), ...(entry.kubernetesGroups ?? [])])].sort();
    const policies = mergePolicies([...(known.entry.accessPolicies ?? []), ...(entry.accessPolicies ?? [])]);
    merged.set(entry.principalARN, {
      by: known.by,
      entry: {
        ...entry,
        ...known.entry,
        ...(groups.length > 0 ? { kubernetesGroups: groups } : {}),
        ...(policies.length > 0 ? { accessPolicies: policies } : {}),
      },
    });
  }
  return { entries: [...merged.values()].map(({ entry }) => entry), contradictions };
}

function mergePolicies(policies: readonly AccessPolicy[]): AccessPolicy[] {
  const merged = new Map<string, AccessPolicy>();
  for (const policy of policies) {
    const known = merged.get(policy.policyARN);
    if (!known || policy.accessScope.type === 'cluster') {
      merged.set(policy.policyARN, policy);
    } else if (known.accessScope.type === 'namespace') {
      const namespaces = [...(known.accessScope.namespaces ?? []), ...(policy.accessScope.namespaces ?? [])];
      merged.set(policy.policyARN, {
        policyARN: policy.policyARN,
        accessScope: { type: 'namespace', namespaces: [...new Set(namespaces)].sort() },
      });
    }
  }
  return [...merged.values()];
}
