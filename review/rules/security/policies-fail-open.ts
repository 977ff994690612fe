import { networkPolicies } from '../../network/policies';
import { clusterRule } from '../../rule';

/** The VPC CNI lets a new pod talk until its policies are in place, unless it is strict. */
export const rule = clusterRule({
  id: 'security/policies-fail-open',
  title: 'network policies hold from the start of a pod',
  severity: 'advice',
  why: 'In the standard mode of the VPC CNI a new pod may call and be called freely until its policies are programmed. In strict mode it is closed from its first packet.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
addons: [{ name: vpc-cni, configurationValues: '{"enableNetworkPolicy":"true"}' }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
addons:
  - { name: vpc-cni, configurationValues: '{"enableNetworkPolicy":"true","env":{"NETWORK_POLICY_ENFORCING_MODE":"strict"}}' }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  check: (cluster, inventory, report) => {
    const i = (cluster.config.addons ?? []).findIndex(({ name }) => name === 'vpc-cni');
    const values = cluster.config.addons?.[i]?.configurationValues;
    // read as text, since it may be JSON or YAML
    const enabled = typeof values === 'string' && /enableNetworkPolicy["']?\s{0,9}:\s{0,9}["']?true/.test(values);
    if (
      enabled &&
      !/NETWORK_POLICY_ENFORCING_MODE["']?\s{0,9}:\s{0,9}["']?strict/.test(values) &&
      networkPolicies(inventory).length > 0
    ) {
      report(undefined, {
        field: `addons[${i}].configurationValues`,
        message:
          'vpc-cni enforces network policies in standard mode, in which a new pod is open until its policies are in place',
        fix: `add "env":{"NETWORK_POLICY_ENFORCING_MODE":"strict"} to its configurationValues`,
      });
    }
  },
});
