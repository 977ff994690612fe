import type { AccountRole } from '../../../eksctl/roles';
import { title } from '../../../kube/inventory';
import { accountOf, ROLE_ANNOTATION, rolesByAccount, serviceAccounts } from '../../account-roles';
import { clusterRule } from '../../rule';

/** Of two roles of a service account AWS uses one, and the permissions of the other do not arrive. */
export const rule = clusterRule({
  id: 'identities/two-roles',
  title: 'a service account has one IAM role',
  severity: 'error',
  why: 'The SDK takes one of the two, in the order of its credential chain. The permissions of the other role do not arrive, and calls that need them are denied.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-configure-pods.html',
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
  annotations: { eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/web' }
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
`,
  check: (cluster, inventory, report) => {
    const roles = rolesByAccount(cluster);
    const accounts = serviceAccounts(inventory);
    for (const [account, all] of roles) {
      if (all.length < 2) {
        continue;
      }
      const owner =
        cluster.identities.get(account) ?? accounts.find((object) => accountOf(object) === account)?.origin.construct;
      if (contradict(all, owner)) {
        const second = all[1]!;
        const who = owner === undefined ? '' : `which '${owner}' uses, `;
        report(undefined, {
          construct: owner,
          message: `service account '${account}', ${who}has two roles: ${all.map(({ path }) => path).join(' and ')} of the ClusterConfig`,
          fix: `keep one: the permissions of a workload are in its 'aws'${second.by === 'irsa' ? `, so remove ${second.path}` : ''}`,
        });
      }
    }
    for (const object of accounts) {
      const annotation = object.manifest.metadata.annotations?.[ROLE_ANNOTATION];
      const association =
        annotation === undefined ? undefined : roles.get(accountOf(object))?.find(({ by }) => by === 'pod-identity');
      if (association) {
        report(object, {
          message: `${title(object)} has two roles: '${annotation}' by the annotation '${ROLE_ANNOTATION}', and that of ${association.path} in the ClusterConfig`,
          field: `metadata.annotations['${ROLE_ANNOTATION}']`,
          fix: 'remove the annotation: pod identity needs none',
        });
      }
    }
  },
});

/** Two entries of the file alone are reported by its own rules. */
function contradict(roles: readonly AccountRole[], owner: string | undefined): boolean {
  const oneList = roles.every(({ path }) => path.startsWith('iam.podIdentityAssociations'));
  return !(oneList && owner === undefined) && !roles.every(({ by }) => by === 'irsa');
}
