import { created } from '../../../../review/plan/verdict';
import { createdSpec, object, VERSION, withSpec } from './objects';

const service = (spec: object) => createdSpec('v1', 'Service', { ports: [{ port: 80 }], ...spec });

test('a Service', () => {
  expect(service({})).toEqual({
    internalTrafficPolicy: 'Cluster',
    ipFamilyPolicy: 'SingleStack',
    ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    sessionAffinity: 'None',
    type: 'ClusterIP',
  });
  expect(service({ type: 'NodePort' })).toMatchObject({ externalTrafficPolicy: 'Cluster' });
  expect(service({ externalIPs: ['192.0.2.4'] })).toMatchObject({ externalTrafficPolicy: 'Cluster' });
  expect(service({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' })).toMatchObject({
    allocateLoadBalancerNodePorts: true,
    externalTrafficPolicy: 'Local',
  });
  expect(service({ clusterIP: 'None' }).ipFamilyPolicy).toBe('RequireDualStack');
  expect(service({ clusterIP: 'None', selector: { app: 'web' } }).ipFamilyPolicy).toBe('SingleStack');
  expect(service({ sessionAffinity: 'ClientIP' }).sessionAffinityConfig).toEqual({
    clientIP: { timeoutSeconds: 10800 },
  });
  expect(
    service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } }),
  ).toMatchObject({
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } },
  });
  expect(service({ sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } })).not.toHaveProperty(
    'sessionAffinityConfig',
  );
  const name = createdSpec('v1', 'Service', {
    type: 'ExternalName',
    externalName: 'a',
    internalTrafficPolicy: 'Local',
  });
  expect(name).toEqual({ externalName: 'a', sessionAffinity: 'None', type: 'ExternalName' });
});

test.each([
  [{}, ['Ingress']],
  [{ egress: [{}] }, ['Ingress', 'Egress']],
  [{ policyTypes: ['Egress'] }, ['Egress']],
])('a NetworkPolicy with %j is about %j', (spec, types) => {
  expect(createdSpec('networking.k8s.io/v1', 'NetworkPolicy', { podSelector: {}, ...spec })).toMatchObject({
    podSelector: {},
    policyTypes: types,
  });
});

test('ports and classes of the network', () => {
  const ingress = [{ ports: [{ port: 80 }] }];
  expect(createdSpec('networking.k8s.io/v1', 'NetworkPolicy', { ingress }).ingress).toEqual([
    { ports: [{ port: 80, protocol: 'TCP' }] },
  ]);
  const parameters = { kind: 'a', name: 'b' };
  expect(createdSpec('networking.k8s.io/v1', 'IngressClass', { parameters }).parameters).toEqual({
    ...parameters,
    scope: 'Cluster',
  });
  const slice = object('discovery.k8s.io/v1', 'EndpointSlice', {
    addressType: 'IPv4',
    endpoints: [{ addresses: ['a'], deprecatedTopology: { a: 'b' } }],
    ports: [{ port: 80 }],
  });
  expect(created(slice, VERSION)).toMatchObject({
    endpoints: [{ addresses: ['a'], conditions: {} }],
    ports: [{ name: '', port: 80, protocol: 'TCP' }],
  });
  const points = object('v1', 'Endpoints', { subsets: [{ ports: [{ port: 80 }] }] });
  expect(created(points, VERSION)).toMatchObject({ subsets: [{ ports: [{ port: 80, protocol: 'TCP' }] }] });
});

const scaler = (spec: object) => createdSpec('autoscaling/v2', 'HorizontalPodAutoscaler', { maxReplicas: 5, ...spec });
const ALL_AT_ONCE = { type: 'Percent', value: 100, periodSeconds: 15 };

test('a HorizontalPodAutoscaler', () => {
  expect(scaler({})).toMatchObject({
    minReplicas: 1,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
  });
  expect(scaler({})).not.toHaveProperty('behavior');
  expect(scaler({ minReplicas: 2, behavior: {} })).toMatchObject({
    minReplicas: 2,
    behavior: {
      scaleDown: { policies: [ALL_AT_ONCE], selectPolicy: 'Max' },
      scaleUp: {
        policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, ALL_AT_ONCE],
        selectPolicy: 'Max',
        stabilizationWindowSeconds: 0,
      },
    },
  });
  expect(scaler({ behavior: { scaleDown: { selectPolicy: 'Disabled', tolerance: '0.1' } } }).behavior).toMatchObject({
    scaleDown: { policies: [ALL_AT_ONCE], selectPolicy: 'Disabled', tolerance: '100m' },
  });
  expect(
    createdSpec('autoscaling/v2', 'HorizontalPodAutoscaler', { behavior: { scaleDown: { tolerance: '0.1' } } }, '1.34')
      .behavior,
  ).not.toMatchObject({
    scaleDown: { tolerance: '100m' },
  });
});

test.each([
  [
    'scheduling.k8s.io/v1',
    'PriorityClass',
    { value: 1, globalDefault: false },
    { value: 1, preemptionPolicy: 'PreemptLowerPriority' },
  ],
  [
    'storage.k8s.io/v1',
    'StorageClass',
    { provisioner: 'a' },
    { provisioner: 'a', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
  ],
  ['v1', 'Secret', {}, { type: 'Opaque' }],
  ['v1', 'Secret', { data: { b: 'Yg==' }, stringData: { a: 'a' } }, { type: 'Opaque', data: { a: 'YQ==', b: 'Yg==' } }],
  ['v1', 'ServiceAccount', { secrets: [{ name: 'a', kind: 'b' }] }, { secrets: [{ name: 'a' }] }],
  ['rbac.authorization.k8s.io/v1', 'Role', { rules: [] }, {}],
  [
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    {
      roleRef: { kind: 'Role', name: 'a' },
      subjects: [
        { kind: 'User', name: 'a' },
        { kind: 'Group', name: 'b' },
        { kind: 'ServiceAccount', name: 'c' },
      ],
    },
    {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
      subjects: [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'a' },
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'b' },
        { kind: 'ServiceAccount', name: 'c' },
      ],
    },
  ],
  ['storage.k8s.io/v1', 'VolumeAttributesClass', { driverName: 'a' }, { driverName: 'a' }],
])('%s %s %j', (apiVersion, kind, given, kept) => {
  const { metadata: _, ...rest } = created(object(apiVersion, kind, given), VERSION);
  expect(rest).toEqual({ apiVersion, kind, ...kept });
});

test.each([
  [
    'storage.k8s.io/v1',
    'CSIDriver',
    {},
    {
      attachRequired: true,
      fsGroupPolicy: 'ReadWriteOnceWithFSType',
      podInfoOnMount: false,
      requiresRepublish: false,
      seLinuxMount: false,
      storageCapacity: false,
      volumeLifecycleModes: ['Persistent'],
    },
  ],
  ['v1', 'PersistentVolume', {}, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' }],
  [
    'v1',
    'LimitRange',
    {
      limits: [
        { type: 'Container', max: { cpu: '2' }, min: { cpu: '1', memory: '1Gi' }, defaultRequest: { cpu: '1500m' } },
        { type: 'Pod', max: { cpu: '2' } },
      ],
    },
    {
      limits: [
        {
          type: 'Container',
          default: { cpu: '2' },
          defaultRequest: { cpu: '1500m', memory: '1Gi' },
          max: { cpu: '2' },
          min: { cpu: '1', memory: '1Gi' },
        },
        { type: 'Pod', max: { cpu: '2' } },
      ],
    },
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1',
    'FlowSchema',
    {},
    { matchingPrecedence: 1000, priorityLevelConfiguration: { name: '' } },
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1',
    'PriorityLevelConfiguration',
    { type: 'Limited', limited: { limitResponse: { type: 'Queue', queuing: {} } } },
    {
      type: 'Limited',
      limited: {
        lendablePercent: 0,
        nominalConcurrencyShares: 30,
        limitResponse: { type: 'Queue', queuing: { handSize: 8, queueLengthLimit: 50, queues: 64 } },
      },
    },
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1',
    'PriorityLevelConfiguration',
    { type: 'Exempt', exempt: {} },
    { type: 'Exempt', exempt: { lendablePercent: 0, nominalConcurrencyShares: 0 } },
  ],
  [
    'resource.k8s.io/v1',
    'ResourceClaim',
    {
      devices: {
        requests: [
          { name: 'a', exactly: { deviceClassName: 'b', tolerations: [{ key: 'c' }] } },
          { name: 'b', exactly: { deviceClassName: 'c', allocationMode: 'All' } },
        ],
      },
    },
    {
      devices: {
        requests: [
          {
            name: 'a',
            exactly: {
              allocationMode: 'ExactCount',
              count: 1,
              deviceClassName: 'b',
              tolerations: [{ key: 'c', operator: 'Equal' }],
            },
          },
          { name: 'b', exactly: { allocationMode: 'All', deviceClassName: 'c' } },
        ],
      },
    },
  ],
  [
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    { group: 'a', names: { plural: 'things', kind: 'Thing' }, scope: 'Cluster', versions: [] },
    {
      conversion: { strategy: 'None' },
      group: 'a',
      names: { plural: 'things', kind: 'Thing', listKind: 'ThingList', singular: 'thing' },
      scope: 'Cluster',
    },
  ],
  [
    'apiregistration.k8s.io/v1',
    'APIService',
    { service: { name: 'a' } },
    { groupPriorityMinimum: 0, service: { name: 'a', port: 443 }, versionPriority: 0 },
  ],
  [
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicy',
    { matchConstraints: { resourceRules: [{ operations: ['CREATE'] }] } },
    {
      failurePolicy: 'Fail',
      matchConstraints: {
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
        objectSelector: {},
        resourceRules: [{ operations: ['CREATE'], scope: '*' }],
      },
    },
  ],
  ['admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', {}, { failurePolicy: 'Fail' }],
])('%s %s with the spec %j', (apiVersion, kind, given, kept) => {
  expect(createdSpec(apiVersion, kind, given)).toEqual(kept);
});

test('a conversion by no webhook', () => {
  const spec = { conversion: { strategy: 'None', webhook: {} } };
  const kept = createdSpec('apiextensions.k8s.io/v1', 'CustomResourceDefinition', spec);
  expect(kept.conversion).toEqual({ strategy: 'None' });
  const webhook = { conversionReviewVersions: ['v1'] };
  const other = createdSpec('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
    conversion: { strategy: 'Webhook', webhook },
  });
  expect(other.conversion).toEqual({ strategy: 'Webhook', webhook });
});

test('a driver says since 1.37 whether pods wait for it', () => {
  const driver = (version: string) =>
    createdSpec('storage.k8s.io/v1', 'CSIDriver', {}, version).preventPodSchedulingIfMissing;
  expect([driver('1.36'), driver('1.37')]).toEqual([undefined, false]);
});

test('webhooks', () => {
  const rest = { clientConfig: { service: { name: 'a', namespace: 'b' } }, rules: [{ operations: ['CREATE'] }] };
  const filled = {
    name: 'one',
    clientConfig: { service: { name: 'a', namespace: 'b', port: 443 } },
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
    rules: [{ operations: ['CREATE'], scope: '*' }],
    timeoutSeconds: 10,
  };
  const group = 'admissionregistration.k8s.io/v1';
  const validating = object(group, 'ValidatingWebhookConfiguration', { webhooks: [{ name: 'one', ...rest }] });
  expect(created(validating, VERSION)).toMatchObject({ webhooks: [filled] });
  const mutating = object(group, 'MutatingWebhookConfiguration', { webhooks: [{ name: 'one', ...rest }] });
  expect(created(mutating, VERSION)).toMatchObject({ webhooks: [{ ...filled, reinvocationPolicy: 'Never' }] });
});

test('finalizers and labels of the server', () => {
  const namespace = created(object('v1', 'Namespace'), VERSION);
  expect(namespace).toMatchObject({
    metadata: { labels: { 'kubernetes.io/metadata.name': 'web' } },
    spec: { finalizers: ['kubernetes'] },
  });
  const finalizers = (apiVersion: string, kind: string, given?: string[]) =>
    created(
      { ...withSpec(apiVersion, kind, {}), metadata: { name: 'web', ...(given ? { finalizers: given } : {}) } },
      VERSION,
    ).metadata.finalizers;
  expect(finalizers('v1', 'PersistentVolumeClaim')).toEqual(['kubernetes.io/pvc-protection']);
  expect(finalizers('v1', 'PersistentVolumeClaim', ['kubernetes.io/pvc-protection'])).toEqual([
    'kubernetes.io/pvc-protection',
  ]);
  expect(finalizers('v1', 'PersistentVolume', ['example.com/a'])).toEqual([
    'example.com/a',
    'kubernetes.io/pv-protection',
  ]);
  expect(finalizers('storage.k8s.io/v1', 'VolumeAttributesClass')).toEqual(['kubernetes.io/vac-protection']);
});

test('the sources of a claim say the same', () => {
  const claim = (spec: object) => createdSpec('v1', 'PersistentVolumeClaim', spec);
  const source = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'a' };
  const both = { dataSource: source, dataSourceRef: source };
  expect(claim({ dataSource: source })).toMatchObject(both);
  expect(claim({ dataSourceRef: source })).toMatchObject(both);
  expect(claim({ dataSource: { kind: 'PersistentVolumeClaim', name: 'a' } })).toHaveProperty('dataSourceRef');
  // what the server drops without a word
  expect(claim({ dataSource: { ...source, kind: 'Other' } })).toEqual({ resources: {}, volumeMode: 'Filesystem' });
  expect(claim({ dataSourceRef: { ...source, namespace: 'other' } })).not.toHaveProperty('dataSource');
});

test('an owner that is named twice is one', () => {
  const owner = { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b' };
  const owned = { ...object('v1', 'ConfigMap'), metadata: { name: 'web', ownerReferences: [owner, { ...owner }] } };
  expect(created(owned, VERSION).metadata.ownerReferences).toEqual([owner]);
});

test('of a custom resource only what is none is left out', () => {
  const given = { spec: { a: null, b: [], c: { d: undefined, e: [{ f: null }] } }, status: { a: 1 } };
  expect(created(object('example.com/v1', 'Thing', given), VERSION)).toEqual(
    object('example.com/v1', 'Thing', { spec: { b: [], c: { e: [{}] } } }),
  );
});
