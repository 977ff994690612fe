import type { LabelSelector } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { fargatePods } from '../../fargate-pods';
import { clusterRule } from '../../rule';
import { SelectablePods } from '../../selectable-pods';

/** The policies say that the pods are isolated, which a reader believes. */
export const rule = clusterRule({
  id: 'fargate/network-policies',
  title: 'pods that network policies select run where they are enforced',
  severity: 'warning',
  why: 'The agent of the VPC CNI that enforces network policies runs on nodes. On Fargate it is missing, so all traffic to and from the pods is allowed.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
fargateProfiles: [{ name: reports, selectors: [{ namespace: reports }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: reports }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: v1
kind: Pod
metadata: { name: report, namespace: reports }
spec: { containers: [{ name: report, image: example.com/report:1 }] }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
fargateProfiles: [{ name: reports, selectors: [{ namespace: reports }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: v1
kind: Pod
metadata: { name: report, namespace: reports }
spec: { containers: [{ name: report, image: example.com/report:1 }] }
`,
  check: (cluster, inventory, report) => {
    const onFargate = fargatePods(cluster, inventory);
    if (onFargate.length === 0) {
      return;
    }
    const selectable = SelectablePods.of(inventory);
    const policies = inventory.objects.filter(({ manifest }) => manifest.kind === 'NetworkPolicy');
    const selected = new Set(
      policies.flatMap(({ manifest, namespace }) =>
        selectable
          .selectedBy((manifest.spec?.podSelector ?? {}) as LabelSelector, namespace)
          .map(({ manifest: pod }) => pod),
      ),
    );
    const open = onFargate.filter(([pod]) => selected.has(pod.manifest));
    for (const profile of new Set(open.map(([, { name }]) => name))) {
      const pods = open.filter(([, { name }]) => name === profile).map(([pod]) => pod);
      const [first, ...others] = pods;
      const more = others.length > 0 ? ` and of ${others.length} more` : '';
      report(first, {
        message: `${profile} takes the pods of ${first && title(first)}${more}, and no network policy is enforced on Fargate`,
        fix: 'restrict the traffic by security groups for pods, or run what must be isolated on nodes',
      });
    }
  },
});
