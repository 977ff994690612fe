import { addTo } from '../../../kube/collections';
import { type PodObject, title } from '../../../kube/inventory';
import { podSpecField } from '../../../kube/pod-containers';
import { policiesOf } from '../../network/policies';
import type { Rule } from '../../rule';
import { suspectsIn, WINDOWS_PODS } from '../../suspects';

/** The policy agent of the VPC CNI runs on Linux. */
export const rule: Rule = {
  id: 'connections/windows',
  title: 'network policies select no pods on Windows, where the VPC CNI does not enforce them',
  severity: 'warning',
  why: 'The agent that enforces network policies uses eBPF, which nodes of Windows do not have. There every pod may call and be called in spite of a default-deny policy.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html',
  bad: example('windows'),
  good: example('linux'),
  check: ({ inventory }, report) => {
    const byNamespace = new Map<string, PodObject[]>();
    for (const pod of suspectsIn(inventory, WINDOWS_PODS)) {
      const { egress, ingress } = policiesOf(inventory, pod);
      if (egress || ingress) {
        addTo(byNamespace, pod.namespace, pod);
      }
    }
    for (const [namespace, [first, ...others]] of byNamespace) {
      const more = others.length === 0 ? '' : ` and of ${others.length} other objects of namespace '${namespace}'`;
      report(first!, {
        message: `the pods of ${title(first!)}${more} run on Windows, where the network policies that select them are not enforced`,
        field: `${podSpecField(first!)}.${first!.spec.os ? 'os' : 'nodeSelector'}`,
        fix: 'run a policy engine for Windows, such as Calico, or restrict their nodes by security groups; then waive this rule',
      });
    }
  },
};

function example(os: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  os: { name: ${os} }
  nodeSelector: { kubernetes.io/os: ${os} }
  containers: [{ name: web, image: 'example.com/web:1.0.0' }]
`;
}
