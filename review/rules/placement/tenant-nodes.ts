import { type PodObject, title } from '../../../kube/inventory';
import { TENANT_NODES } from '../../../kube/labels';
import { podSpecField } from '../../../kube/pod-containers';
import { keyPath } from '../../../kube/text';
import type { Problem, Rule } from '../../rule';

/** A pod on the nodes of another tenant, or beside its own. */
export const rule: Rule = {
  id: 'placement/tenant-nodes',
  title: 'pods run on the dedicated nodes of their own tenant only',
  severity: 'error',
  why: 'Nodes that a tenant has for itself are tainted with its name, and its namespaces have the label of these nodes. A pod of it on other nodes shares their kernel with strangers, and so does a stranger that tolerates its taint.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/tenant-isolation.html',
  bad: pod('nodeSelector: { cdk8s-eks-patterns.io/tenant: bank }, tolerations: [{ operator: Exists }], '),
  good: pod(
    'nodeSelector: { cdk8s-eks-patterns.io/tenant: shop }, tolerations: [{ key: cdk8s-eks-patterns.io/tenant, operator: Equal, value: shop }], ',
  ),
  check: ({ inventory }, report) => {
    const tenants = new Map(
      inventory.ofKind('Namespace', '').flatMap(({ manifest: { metadata } }) => {
        const tenant = metadata.labels?.[TENANT_NODES];
        return typeof tenant === 'string' ? [[metadata.name, tenant] as const] : [];
      }),
    );
    if (tenants.size === 0) {
      return;
    }
    for (const pod of inventory.pods) {
      const problem = problemOf(pod, tenants.get(pod.namespace));
      if (problem) {
        report(pod, problem);
      }
    }
  },
};

function problemOf(pod: PodObject, tenant: string | undefined): Problem | undefined {
  const { nodeSelector, tolerations = [] } = pod.spec;
  const at = podSpecField(pod);
  const selected = nodeSelector?.[TENANT_NODES];
  if (selected !== tenant) {
    return {
      message:
        tenant === undefined
          ? `the pods of ${title(pod)} select the nodes of tenant '${selected}', but namespace '${pod.namespace}' is not of that tenant`
          : `the pods of ${title(pod)} must select the nodes of tenant '${tenant}', but ${selected === undefined ? 'select none' : `select those of '${selected}'`}`,
      field: keyPath(at, 'nodeSelector'),
      fix: tenant === undefined ? 'leave it out' : `write nodeSelector: { ${TENANT_NODES}: ${tenant} }`,
    };
  }
  const foreign = tolerations.some(({ key, value }) =>
    key
      ? key === TENANT_NODES && (tenant === undefined || value !== tenant)
      : tenant === undefined && !pod.workload?.perNode,
  );
  return foreign
    ? {
        message: `the pods of ${title(pod)} tolerate the taint of nodes that other tenants have for themselves`,
        field: keyPath(at, 'tolerations'),
        fix: `tolerate taints by their keys${tenant === undefined ? '' : `, and '${TENANT_NODES}' with the value '${tenant}'`}`,
      }
    : undefined;
}

function pod(spec: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { cdk8s-eks-patterns.io/tenant: shop } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { ${spec}containers: [{ name: web, image: 'web:1.4.2' }] }
`;
}
