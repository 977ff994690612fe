const footprint = 'charts/tenancy/footprint.ts';
const quota = 'charts/tenancy/quota.ts';
const podSecurity = 'charts/tenancy/pod-security.ts';
const access = 'charts/tenancy/access.ts';
const apiAccess = 'charts/identity/api-access.ts';
const autoscalers = 'kube/autoscalers.ts';
const counted = 'ofPods(pod, 2 * (most + (workload.surge?.(spec, most) ?? 0)))';
const claims = 'ofClaims(claim.spec, 2 * most)';

export default [
  ['a rollout has room for its surge', footprint, counted, 'ofPods(pod, 2 * most)'],
  [
    'a rollout has room for what still terminates',
    footprint,
    counted,
    'ofPods(pod, most + (workload.surge?.(spec, most) ?? 0))',
  ],
  ['what is scaled has room for its maximum', autoscalers, 'spec?.maxReplicas]', 'spec?.minReplicas]'],
  ['each member has room for its claim', footprint, claims, 'ofClaims(claim.spec, 1)'],
  ['a claim has room to grow', footprint, claims, 'ofClaims(claim.spec, most)'],
  ['pods are bounded', quota, 'if (!counted) {', 'if (counted) {'],
  ['claims are bounded', quota, 'persistentvolumeclaims: String(total.claims),', ''],
  ['a claim has a least size', quota, "{ type: 'PersistentVolumeClaim', min: { storage: '1Gi' } },", ''],
  ['a pod without resources gets some', quota, 'default: { ...CONTAINER_DEFAULTS.limits },', ''],
  [
    'a pod without resources gets no CPU limit',
    quota,
    'default: { ...CONTAINER_DEFAULTS.limits }',
    "default: { cpu: '1', ...CONTAINER_DEFAULTS.limits }",
  ],
  [
    'a tenant enforces what it says',
    podSecurity,
    'pod-security.kubernetes.io/${mode}`, level]',
    "pod-security.kubernetes.io/${mode}`, mode === 'enforce' ? 'baseline' : level]",
  ],
  [
    'a tenant warns of what it says',
    podSecurity,
    'pod-security.kubernetes.io/${mode}`, level]',
    "pod-security.kubernetes.io/${mode}`, mode === 'warn' ? 'privileged' : level]",
  ],
  ['a tenant can be privileged', podSecurity, 'return podSecurity.level;', "return 'baseline';"],
  [
    'apiAccess grants no verb more',
    apiAccess,
    'rules: rules.map(copyPlain)',
    "rules: rules.map((rule) => ({ ...rule, verbs: [...rule.verbs, 'watch'] }))",
  ],
  ['apiAccess grants its verbs', apiAccess, 'rules: rules.map(copyPlain)', 'rules: []'],
  [
    'apiAccess is of one workload',
    apiAccess,
    "{ kind: 'ServiceAccount', name: serviceAccount, namespace: metadata.namespace }",
    "{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:serviceaccounts' }",
  ],
  ['nobody else has a token', 'charts/workloads/workload.ts', 'mountsToken: this.hasToken', 'mountsToken: true'],
  ['who has apiAccess has a token', 'charts/workloads/workload.ts', 'mountsToken: this.hasToken', 'mountsToken: false'],
  [
    'people have access to one namespace',
    access,
    "accessScope: { type: 'namespace', namespaces: [namespace] }",
    "accessScope: { type: 'cluster' }",
  ],
  ['who may view changes nothing', access, "view: 'AmazonEKSViewPolicy'", "view: 'AmazonEKSEditPolicy'"],
  ['who may edit may', access, "edit: 'AmazonEKSEditPolicy'", "edit: 'AmazonEKSViewPolicy'"],
  ['who may edit gives no rights', access, "edit: 'AmazonEKSEditPolicy'", "edit: 'AmazonEKSAdminPolicy'"],
  ['who may administer gives rights', access, "admin: 'AmazonEKSAdminPolicy'", "admin: 'AmazonEKSEditPolicy'"],
  [
    'the rights of a principal in two tenants are both kept',
    'charts/cluster/access.ts',
    'mergePolicies([...(known.entry.accessPolicies ?? []), ',
    'mergePolicies([',
  ],
];
