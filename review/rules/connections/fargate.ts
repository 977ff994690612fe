import type { PodObject } from '../../../kube/inventory';
import { title } from '../../../kube/inventory';
import { fargatePods } from '../../fargate-pods';
import { policiesOf } from '../../network/policies';
import { clusterRule } from '../../rule';

/** The policy agent of the VPC CNI runs on nodes; Fargate has none. */
export const rule = clusterRule({
  id: 'connections/fargate',
  title: 'network policies select no pods on Fargate, which does not enforce them',
  severity: 'warning',
  why: 'The agent that enforces network policies runs on nodes. On Fargate every pod may call and be called in spite of a default-deny policy.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
fargateProfiles: [{ name: fp, selectors: [{ namespace: shop }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web }] }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
fargateProfiles: [{ name: fp, selectors: [{ namespace: reports }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web }] }
`,
  check: (cluster, inventory, report) => {
    const byNamespace = new Map<string, { readonly pod: PodObject; readonly profile: string; pods: number }>();
    for (const [pod, profile] of fargatePods(cluster, inventory)) {
      const { egress, ingress } = policiesOf(inventory, pod);
      if (egress || ingress) {
        const found = byNamespace.get(pod.namespace) ?? { pod, profile: profile.name, pods: 0 };
        found.pods++;
        byNamespace.set(pod.namespace, found);
      }
    }
    for (const [namespace, { pod, profile, pods }] of byNamespace) {
      report(pod, {
        message: `${profile} takes the pods of ${title(pod)}${pods === 1 ? '' : ` and of ${pods - 1} other objects of namespace '${namespace}'`}, and Fargate does not enforce the network policies that select them`,
        fix: "use security groups for pods, and say so: new Tenant(..., { network: { open: true, because: 'Fargate does not enforce network policies' } }); or let the profile leave the pods to nodes",
      });
    }
  },
});
