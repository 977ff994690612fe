import { DOMAIN_POLICIES } from '../../../eks/compute-modes';
import { title } from '../../../kube/inventory';
import { asList, asObject } from '../../../kube/loose';
import { clusterRule } from '../../rule';

/** Policies that only the nodes of Auto Mode hold. Objects of constructs are left out: they require it of their Cluster. */
export const rule = clusterRule({
  id: 'compute-mode/domain-policies',
  title: 'network policies by domain names are for clusters of EKS Auto Mode',
  severity: 'error',
  why: 'The definitions are in every cluster of EKS, so that the object is accepted. The network plugin of node groups does not hold it: what it allows stays closed, or what it closes stays open.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html',
  bad: manifests('managedNodeGroups: [{ name: workers, instanceType: m5.large }]'),
  good: manifests('autoModeConfig: { enabled: true }'),
  check: ({ config }, inventory, report) => {
    // beside its own nodes Auto Mode may have node groups; where the pods run is not known here
    if (config.autoModeConfig?.enabled === true) {
      return;
    }
    const { group, kind, clusterKind, field } = DOMAIN_POLICIES;
    const others = (name: string) =>
      inventory.ofKind(name, group).filter(({ origin }) => origin.construct === undefined);
    for (const object of others(kind)) {
      report(object, {
        message: `${title(object)} is held by nodes of EKS Auto Mode alone, but autoModeConfig.enabled is not true in the ClusterConfig`,
        fix: 'write a NetworkPolicy with the addresses, or use EKS Auto Mode',
        field: 'apiVersion',
      });
    }
    for (const object of others(clusterKind)) {
      asList(object.manifest.spec?.egress).forEach((rule, i) => {
        const at = asList(rule.to).findIndex((peer) => asObject(peer)[field] !== undefined);
        if (at >= 0) {
          report(object, {
            message: `${title(object)} has domain names, which nodes of EKS Auto Mode hold alone, but autoModeConfig.enabled is not true in the ClusterConfig`,
            fix: 'write the addresses as networks, or use EKS Auto Mode',
            field: `spec.egress[${i}].to[${at}].${field}`,
          });
        }
      });
    }
  },
});

function manifests(compute: string): string {
  return `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
${compute}
---
apiVersion: networking.k8s.aws/v1alpha1
kind: ApplicationNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress: [{ to: [{ domainNames: [api.example.com] }], ports: [{ protocol: TCP, port: 443 }] }]
`;
}
