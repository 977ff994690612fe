/** Subjects that stand for everybody, or pass by RBAC. */
export const EVERYONE: Readonly<Record<string, string>> = {
  'system:anonymous': 'every caller without credentials',
  'system:unauthenticated': 'every caller without credentials',
  'system:authenticated': 'every user and every pod of the cluster',
  'system:serviceaccounts': 'every pod of the cluster',
  'system:masters': 'a group that no authorization limits',
};
/** What EKS itself lets everybody read: versions and health. */
export const HARMLESS_ROLES = ['system:public-info-viewer', 'system:discovery', 'system:basic-user'];
