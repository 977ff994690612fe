import { OS } from '../../../eks/node-labels';
import { title } from '../../../kube/inventory';
import { rolesByAccount } from '../../account-roles';
import { clusterRule } from '../../rule';

/** The agent of EKS Pod Identity runs on Linux only. */
export const rule = clusterRule({
  id: 'identities/windows',
  title: 'pods on Windows have their AWS permissions from IRSA',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
  check: (cluster, inventory, report) => {
    const roles = rolesByAccount(cluster);
    for (const pod of inventory.pods.filter(({ spec }) => spec.nodeSelector?.[OS] === 'windows')) {
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
