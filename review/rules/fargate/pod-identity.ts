import { associationsOf } from '../../../eksctl/roles';
import { title } from '../../../kube/inventory';
import { fargatePods, LEAVE_FARGATE } from '../../fargate-pods';
import { clusterRule } from '../../rule';

/** The agent of EKS Pod Identity runs on nodes, so pods on Fargate get no permissions from it. */
export const rule = clusterRule({
  id: 'fargate/pod-identity',
  title: 'pods on Fargate have their AWS permissions from IRSA',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
  check: (cluster, inventory, report) => {
    const associated = new Set(associationsOf(cluster.config).map(({ account }) => account));
    for (const [pod, profile] of fargatePods(cluster, inventory)) {
      const account = `${pod.namespace}/${pod.serviceAccount}`;
      if (associated.has(account)) {
        report(pod, {
          message: `${profile.name} takes the pods of ${title(pod)}, and EKS Pod Identity, from which service account '${account}' has its permissions, is not available on Fargate`,
          field: 'spec.template.spec.serviceAccountName',
          fix: `${LEAVE_FARGATE}; or give the permissions by IRSA (iam.withOIDC: true, iam.serviceAccounts: [{ metadata: { name: '${pod.serviceAccount}', namespace: '${pod.namespace}' }, roleOnly: true, ... }])`,
        });
      }
    }
  },
});
