import { associationsOf } from '../../../eksctl/roles';
import { title } from '../../../kube/inventory';
import { fargatePods, LEAVE_FARGATE } from '../../fargate-pods';
import { clusterRule } from '../../rule';

/** The agent of EKS Pod Identity runs on nodes, so pods on Fargate get no permissions from it. */
export const rule = clusterRule({
  id: 'fargate/pod-identity',
  title: 'pods on Fargate have their AWS permissions from IRSA',
  severity: 'error',
  why: 'The agent of EKS Pod Identity runs on nodes, and Fargate has none. The SDK in the pod finds no credentials, and calls to AWS fail.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
fargateProfiles:
  - { name: shop, selectors: [{ namespace: shop }] }
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
  containers:
    - { name: web, image: "example.com/web:1.4" }
`,
  check: (cluster, inventory, report) => {
    const associated = new Set(associationsOf(cluster.config).map(({ account }) => account));
    for (const [pod, profile] of fargatePods(cluster, inventory)) {
      const account = `${pod.namespace}/${pod.serviceAccount}`;
      if (associated.has(account)) {
        report(pod, {
          message: `${profile.name} takes the pods of ${title(pod)}, and EKS Pod Identity, from which service account '${account}' has its permissions, is not available on Fargate`,
          field: 'spec.template.spec.serviceAccountName',
          fix: `${LEAVE_FARGATE}; or give the permissions by IRSA: of a pattern with aws: { by: 'irsa', ... }; otherwise with iam.withOIDC: true, iam.serviceAccounts: [{ metadata: { name: '${pod.serviceAccount}', namespace: '${pod.namespace}' }, roleOnly: true, ... }], and the annotation eks.amazonaws.com/role-arn with that role on the ServiceAccount`,
        });
      }
    }
  },
});
