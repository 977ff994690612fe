import type { Kube } from './kube';
import type { ClusterConfig } from './nodes';

interface AccessPolicy {
  readonly policyARN: string;
  readonly accessScope: { readonly type: string; readonly namespaces?: readonly string[] };
}
/** The part of a ClusterConfig that says who may do what in the cluster. */
export interface WithAccess extends ClusterConfig {
  readonly accessConfig: {
    readonly accessEntries?: readonly {
      readonly principalARN: string;
      readonly accessPolicies?: readonly AccessPolicy[];
    }[];
  };
}

/** The role of Kubernetes that AWS documents a policy to resemble. */
const ROLES: Readonly<Record<string, string>> = {
  AmazonEKSAdminPolicy: 'admin',
  AmazonEKSClusterAdminPolicy: 'cluster-admin',
  AmazonEKSEditPolicy: 'edit',
  AmazonEKSViewPolicy: 'view',
};
const RBAC = 'rbac.authorization.k8s.io';

/**
 * Gives principals what a ClusterConfig gives them, each as the user of its ARN. On EKS an authorizer of its own does so, with
 * policies that are not in the API; here bindings of the roles that they resemble stand for them.
 */
export async function grantAccess(kube: Kube, { accessConfig }: WithAccess): Promise<void> {
  for (const { principalARN, accessPolicies = [] } of accessConfig.accessEntries ?? []) {
    for (const { policyARN, accessScope } of accessPolicies) {
      const role = ROLES[policyARN.replace(/^.*\//, '')];
      if (!role) {
        throw new Error(`no role stands for ${policyARN}`);
      }
      const binding = {
        apiVersion: `${RBAC}/v1`,
        metadata: { generateName: 'access-' },
        roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
        subjects: [{ apiGroup: RBAC, kind: 'User', name: principalARN }],
      };
      if (accessScope.type === 'cluster') {
        await kube.objects.create({ ...binding, kind: 'ClusterRoleBinding' });
      }
      for (const namespace of accessScope.namespaces ?? []) {
        await kube.objects.create({
          ...binding,
          kind: 'RoleBinding',
          metadata: { ...binding.metadata, namespace },
        });
      }
    }
  }
}
