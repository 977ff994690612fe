import { title } from '../../../kube/inventory';
import { rolesByAccount } from '../../account-roles';
import { clusterRule } from '../../rule';
import { suspectsIn, WINDOWS_PODS } from '../../suspects';

/** The agent of EKS Pod Identity runs on Linux only. */
export const rule = clusterRule({
  id: 'identities/windows',
  title: 'pods on Windows have their AWS permissions from IRSA',
  severity: 'error',
  why: 'The agent of EKS Pod Identity runs on Linux only. The SDK in the pod finds no credentials, and calls to AWS fail.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      roleARN: arn:aws:iam::111122223333:role/web
addons: [{ name: eks-pod-identity-agent }]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: shop
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  serviceAccountName: web
  nodeSelector: { kubernetes.io/os: windows }
  containers:
    - { name: web, image: "example.com/web:1.4" }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: web
      roleARN: arn:aws:iam::111122223333:role/web
addons: [{ name: eks-pod-identity-agent }]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: shop
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  serviceAccountName: web
  nodeSelector: { kubernetes.io/os: linux }
  containers:
    - { name: web, image: "example.com/web:1.4" }
`,
  check: (cluster, inventory, report) => {
    const roles = rolesByAccount(cluster);
    for (const pod of suspectsIn(inventory, WINDOWS_PODS)) {
      const account = `${pod.namespace}/${pod.serviceAccount}`;
      const association = roles.get(account)?.find(({ by }) => by === 'pod-identity');
      if (association) {
        report(pod, {
          message: `the pods of ${title(pod)} run on Windows, where EKS Pod Identity is not available, and service account '${account}' has its permissions from ${association.path} of the ClusterConfig`,
          fix: 'give the permissions by IRSA (iam.withOIDC: true, iam.serviceAccounts)',
        });
      }
    }
  },
});
