import type { Manifest } from '../app';

const own = (name: string) => ({ metadata: { name: `plan-${name}`, namespace: 'default' } });
const shared = (name: string) => ({ metadata: { name: `plan-${name}` } });
const RULES = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }];
const SUBJECTS = [
  { kind: 'ServiceAccount', name: 'web', namespace: 'default' },
  { kind: 'Group', name: 'team' },
];
const ROLE = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
const SCHEMA = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
const NAMES = { plural: 'things', kind: 'Thing' };
const version = (name: string, storage: boolean) => ({ name, served: true, storage, schema: SCHEMA });
const WEBHOOK = {
  name: 'one.example.com',
  admissionReviewVersions: ['v1'],
  clientConfig: { url: 'https://a.example.com' },
  sideEffects: 'None',
  failurePolicy: 'Ignore',
  rules: [{ apiGroups: ['example.com'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nothings'] }],
};
const POLICY = {
  matchConstraints: {
    resourceRules: [
      { apiGroups: ['example.com'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nothings'] },
    ],
  },
};

/** Kinds that configure the cluster, its permissions and its limits. */
export const CLUSTER_ORIGINALS: readonly Manifest[] = [
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', ...own('role'), rules: RULES },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', ...shared('role'), rules: RULES },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    ...shared('aggregated'),
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { one: 'a' } }] },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    ...own('binding'),
    subjects: SUBJECTS,
    roleRef: ROLE,
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    ...shared('binding'),
    subjects: SUBJECTS,
    roleRef: ROLE,
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', ...own('account') },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    ...own('large-account'),
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: 'one' }, { name: 'two' }],
    secrets: [{ name: 'one' }],
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      names: NAMES,
      scope: 'Namespaced',
      versions: [version('v1', true), version('v1beta1', false)],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    ...shared('webhooks'),
    webhooks: [
      WEBHOOK,
      { ...WEBHOOK, name: 'two.example.com', matchConditions: [{ name: 'one', expression: 'true' }] },
    ],
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    ...shared('webhooks'),
    webhooks: [{ ...WEBHOOK, reinvocationPolicy: 'IfNeeded' }],
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    ...shared('policy'),
    spec: {
      ...POLICY,
      validations: [{ expression: 'true', message: 'no' }],
      variables: [{ name: 'one', expression: '1' }],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    ...shared('binding'),
    spec: { policyName: 'plan-policy', validationActions: ['Deny'] },
  },
  { apiVersion: 'v1', kind: 'Namespace', ...shared('space') },
  { apiVersion: 'v1', kind: 'ResourceQuota', ...own('quota'), spec: { hard: { pods: '10', 'requests.cpu': '2' } } },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    ...own('scoped'),
    spec: { hard: { pods: '10' }, scopes: ['NotTerminating', 'NotBestEffort'] },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    ...own('selected'),
    spec: {
      hard: { pods: '10' },
      scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    ...own('limits'),
    spec: {
      limits: [
        { type: 'Container', max: { cpu: '2' }, defaultRequest: { cpu: '100m' } },
        { type: 'PersistentVolumeClaim', max: { storage: '1Ti' } },
      ],
    },
  },
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    ...shared('priority'),
    value: 100,
    description: 'a',
    globalDefault: false,
  },
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    ...shared('quiet'),
    value: 100,
    preemptionPolicy: 'Never',
  },
  { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', ...shared('runtime'), handler: 'runc' },
  {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    ...shared('heavy'),
    handler: 'gvisor',
    overhead: { podFixed: { cpu: '100m' } },
    scheduling: { nodeSelector: { one: 'a' }, tolerations: [{ key: 'one', operator: 'Exists' }] },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    ...own('scaler'),
    spec: { maxReplicas: 5, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    ...own('tuned'),
    spec: {
      behavior: {
        scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
      },
      maxReplicas: 10,
      metrics: [
        { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 70 } } },
        {
          type: 'External',
          external: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '30' } },
        },
      ],
      minReplicas: 2,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    ...own('budget'),
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    ...own('minimum'),
    spec: { minAvailable: '50%', selector: { matchLabels: { app: 'web' } }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  },
  {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    ...own('lease'),
    spec: { holderIdentity: 'one', leaseDurationSeconds: 10 },
  },
  {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1.nothing.example.com' },
    spec: {
      group: 'nothing.example.com',
      version: 'v1',
      groupPriorityMinimum: 100,
      versionPriority: 10,
      service: { name: 'web', namespace: 'default' },
      insecureSkipTLSVerify: true,
    },
  },
  {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'DeviceClass',
    ...shared('devices'),
    spec: { selectors: [{ cel: { expression: "device.driver == 'a.example.com'" } }] },
  },
  {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaimTemplate',
    ...own('devices'),
    spec: { spec: { devices: { requests: [{ name: 'one', exactly: { deviceClassName: 'a.example.com' } }] } } },
  },
  {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    ...own('devices'),
    spec: { devices: { requests: [{ name: 'one', exactly: { deviceClassName: 'a.example.com' } }] } },
  },
  {
    apiVersion: 'v1',
    kind: 'PodTemplate',
    ...own('template'),
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'web:1' }] } },
  },
  { apiVersion: 'apps/v1', kind: 'ControllerRevision', ...own('revision'), data: { one: 'a' }, revision: 1 },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
    kind: 'FlowSchema',
    ...shared('flow'),
    spec: {
      priorityLevelConfiguration: { name: 'global-default' },
      rules: [
        {
          subjects: [{ kind: 'Group', group: { name: 'nobody' } }],
          resourceRules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], namespaces: ['*'] }],
        },
      ],
    },
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
    kind: 'PriorityLevelConfiguration',
    ...shared('level'),
    spec: { type: 'Limited', limited: { limitResponse: { type: 'Queue', queuing: { queues: 16 } } } },
  },
];
