import { POD_SECURITY_GROUPS } from '../eks/pod-security-groups';
import type { LabelSelector } from '../imports/kubernetes';
import { groupOf } from '../kube/kinds';
import { labelSelectorOf } from '../kube/label-selectors';
import { type Manifest, selects } from '../kube/objects';
import type { PodTemplate } from '../kube/workload-kind';

/** Whether the pods of a template get security groups of their own, and so a branch interface each. */
export type PodsWithGroups = (template: PodTemplate) => boolean;

const NOBODY: PodsWithGroups = () => false;

interface Policy {
  readonly pods: LabelSelector | undefined;
  readonly accounts: LabelSelector | undefined;
}

/** By the SecurityGroupPolicies of a namespace, which select pods, the ServiceAccounts of pods, or both. */
export function podsWithGroups(manifests: readonly Manifest[]): PodsWithGroups {
  const { group, kind } = POD_SECURITY_GROUPS;
  if (!manifests.some((manifest) => manifest.kind === kind)) {
    return NOBODY;
  }
  const policies = manifests.flatMap((manifest): Policy[] => {
    if (manifest.kind !== kind || groupOf(manifest.apiVersion) !== group) {
      return [];
    }
    const { podSelector, serviceAccountSelector } = manifest.spec ?? {};
    const [pods, accounts] = [labelSelectorOf(podSelector), labelSelectorOf(serviceAccountSelector)];
    return pods || accounts ? [{ pods, accounts }] : [];
  });
  if (policies.length === 0) {
    return NOBODY;
  }
  const accounts = new Map(
    manifests.flatMap(({ kind: of, metadata }) =>
      of === 'ServiceAccount' ? [[metadata.name, metadata.labels ?? {}] as const] : [],
    ),
  );
  return ({ metadata, spec }) => {
    // pods on the network of the node have its groups, and so have those on Windows
    if (!spec || spec.hostNetwork || spec.os?.name === 'windows') {
      return false;
    }
    const labels = metadata?.labels ?? {};
    const ofAccount = accounts.get(spec.serviceAccountName ?? 'default') ?? {};
    return policies.some(
      (policy) =>
        (!policy.pods || selects(policy.pods, labels)) && (!policy.accounts || selects(policy.accounts, ofAccount)),
    );
  };
}
