import { title } from '../../../kube/inventory';
import { accountOf, ROLE_ANNOTATION, rolesByAccount, serviceAccounts } from '../../account-roles';
import { clusterRule } from '../../rule';

/** A role by annotation (IRSA) takes the OIDC provider of the cluster. */
export const rule = clusterRule({
  id: 'identities/irsa-without-oidc',
  title: 'a role by annotation needs iam.withOIDC',
  severity: 'warning',
  why: 'IAM trusts the tokens of the cluster only through an OIDC provider. Without one, calls to AWS fail with an error about the identity provider.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
  bad: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large }
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: shop
  annotations: { eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/web' }
`,
  good: `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
managedNodeGroups:
  - { name: workers, instanceType: m5.large }
iam: { withOIDC: true }
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: shop
  annotations: { eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/web' }
`,
  check: (cluster, inventory, report) => {
    if (cluster.config.iam?.withOIDC === true) {
      return;
    }
    const roles = rolesByAccount(cluster);
    for (const object of serviceAccounts(inventory)) {
      const annotation = object.manifest.metadata.annotations?.[ROLE_ANNOTATION];
      if (annotation !== undefined && !roles.get(accountOf(object))?.some(({ by }) => by === 'pod-identity')) {
        report(object, {
          message: `${title(object)} names the role '${annotation}' by annotation, which needs an OIDC provider, and 'iam.withOIDC' of the cluster is not true`,
          field: `metadata.annotations['${ROLE_ANNOTATION}']`,
          fix: "give the permissions by 'aws' of the workload, or set 'iam.withOIDC'",
        });
      }
    }
  },
});
