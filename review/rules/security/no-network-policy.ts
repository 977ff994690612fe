import { title } from '../../../kube/inventory';
import { fargatePods } from '../../fargate-pods';
import { otherPolicies } from '../../network/other-policies';
import { networkPolicies, policiesAreKnown } from '../../network/policies';
import type { Rule } from '../../rule';

/** A namespace without any NetworkPolicy: each of its pods may call and be called by every other one. */
export const rule: Rule = {
  id: 'security/no-network-policy',
  title: 'a namespace with pods has network policies',
  severity: 'advice',
  why: 'Without a policy every pod of the cluster may call the pods of the namespace, and they may call every address. One broken program reaches all others.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  check: ({ inventory, cluster }, report) => {
    if (!policiesAreKnown(inventory)) {
      return;
    }
    const closed = new Set(networkPolicies(inventory).map(({ namespace }) => namespace));
    const others = otherPolicies(inventory);
    // where policies are not enforced, they would only seem to protect
    const onFargate = new Set(cluster ? fargatePods(cluster, inventory).map(([pod]) => pod) : []);
    for (const pod of inventory.pods) {
      if (!closed.has(pod.namespace) && !others.has(pod) && pod.spec.hostNetwork !== true && !onFargate.has(pod)) {
        closed.add(pod.namespace);
        report(pod, {
          message: `namespace '${pod.namespace}', in which the pods of ${title(pod)} run, has no NetworkPolicy`,
          fix: 'write a NetworkPolicy that denies all traffic, and one for each connection that is used',
        });
      }
    }
  },
};
