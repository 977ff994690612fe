import type { Manifest } from '../../../../kube/objects';
import { object, verdictOf, withSpec } from './objects';

type Case = readonly [name: string, old: Manifest, next: Manifest, refused: readonly string[]];

const spec =
  (apiVersion: string, kind: string, base: object) =>
  (change: object): Manifest =>
    withSpec(apiVersion, kind, { ...base, ...change });
const TEMPLATE = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'web:1' }] } };
const BASE = { selector: { matchLabels: { app: 'web' } }, template: TEMPLATE };
const OTHER = { matchLabels: { app: 'other' } };

const set = spec('apps/v1', 'StatefulSet', { ...BASE, serviceName: 'web' });
const job = spec('batch/v1', 'Job', { template: TEMPLATE });
const indexed = spec('batch/v1', 'Job', {
  template: TEMPLATE,
  completionMode: 'Indexed',
  completions: 2,
  parallelism: 2,
});
const RULES = { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'a' }] }] };
const image = { ...TEMPLATE, spec: { containers: [{ name: 'app', image: 'web:2' }] } };

const WORKLOADS: readonly Case[] = [
  ...['Deployment', 'DaemonSet', 'ReplicaSet'].flatMap((kind): Case[] => {
    const of = spec('apps/v1', kind, BASE);
    return [
      [`the selector of a ${kind}`, of({}), of({ selector: OTHER }), ['spec.selector']],
      [`the template of a ${kind}`, of({}), of({ template: image }), []],
    ];
  }),
  ['the selector of a set', set({}), set({ selector: OTHER }), ['spec.selector']],
  ['the Service of a set', set({}), set({ serviceName: 'b' }), ['spec.serviceName']],
  ['the order of a set', set({}), set({ podManagementPolicy: 'Parallel' }), ['spec.podManagementPolicy']],
  ['the default order of a set', set({}), set({ podManagementPolicy: 'OrderedReady' }), []],
  [
    'claims of a set',
    set({}),
    set({ volumeClaimTemplates: [{ metadata: { name: 'a' }, spec: {} }] }),
    ['spec.volumeClaimTemplates'],
  ],
  [
    'a set that is no longer rolled',
    set({}),
    set({ updateStrategy: { type: 'OnDelete' } }),
    ['spec.updateStrategy.rollingUpdate'],
  ],
  [
    'a set with only a type',
    set({ updateStrategy: { type: 'RollingUpdate' } }),
    set({ updateStrategy: { type: 'OnDelete' } }),
    [],
  ],
  ['the template of a Job', job({}), job({ template: image }), ['spec.template']],
  [
    'all labels of a Job',
    job({}),
    job({ template: { spec: TEMPLATE.spec } }),
    ['spec.template.metadata.labels', 'spec.template'],
  ],
  ['how often a Job tries', job({}), job({ backoffLimit: 1 }), []],
  ['completions', job({}), job({ completions: 2, parallelism: 1 }), ['spec.completions']],
  ['completions with parallelism', indexed({}), indexed({ completions: 3, parallelism: 3 }), []],
  ['completions without it', indexed({}), indexed({ completions: 3 }), ['spec.completions']],
  [
    'the mode of a Job',
    job({}),
    job({ completionMode: 'Indexed', completions: 1, parallelism: 1 }),
    ['spec.completionMode'],
  ],
  [
    'a policy for failures',
    job({}),
    job({ podFailurePolicy: RULES }),
    ['spec.podFailurePolicy', 'spec.podReplacementPolicy'],
  ],
  [
    'a policy for success',
    indexed({}),
    indexed({ successPolicy: { rules: [{ succeededCount: 1 }] } }),
    ['spec.successPolicy'],
  ],
  ['failures by index', indexed({}), indexed({ backoffLimitPerIndex: 1 }), ['spec.backoffLimitPerIndex']],
  ['who manages a Job', job({}), job({ managedBy: 'example.com/a' }), ['spec.managedBy']],
  [
    'a selector of a Job',
    job({ manualSelector: true, selector: BASE.selector }),
    job({ manualSelector: true, selector: OTHER }),
    ['spec.selector'],
  ],
  [
    'data of a revision',
    object('apps/v1', 'ControllerRevision', { data: { a: 1 } }),
    object('apps/v1', 'ControllerRevision', { data: { a: 2 } }),
    ['data'],
  ],
];

const top = (apiVersion: string, kind: string, before: object, after: object, refused: readonly string[]): Case => [
  `${kind} ${JSON.stringify(after)}`,
  object(apiVersion, kind, before),
  object(apiVersion, kind, after),
  refused,
];
const CLASS = { provisioner: 'a', parameters: { a: 'b' }, allowVolumeExpansion: false };
const ROLE = { kind: 'Role', name: 'a' };
const driver = spec('storage.k8s.io/v1', 'CSIDriver', {});
const definition = spec('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
  group: 'a.b',
  names: { plural: 'things', kind: 'Thing' },
  scope: 'Cluster',
  versions: [{ name: 'v1', served: true, storage: true }],
});
const BUNDLE = 'spec.conversion.webhookClientConfig.caBundle';
const PEM = Buffer.from('-----BEGIN CERTIFICATE-----').toString('base64');
const conversion = (caBundle: string) => ({
  conversion: {
    strategy: 'Webhook',
    webhook: { clientConfig: { url: 'https://a', caBundle }, conversionReviewVersions: ['v1'] },
  },
});
const quota = spec('v1', 'ResourceQuota', { scopes: ['BestEffort', 'NotTerminating'] });
const RBAC = 'rbac.authorization.k8s.io/v1';
const STORAGE = 'storage.k8s.io/v1';

const CLUSTER: readonly Case[] = [
  top('v1', 'ConfigMap', { data: { a: 'b' } }, { data: { a: 'c' } }, []),
  top('v1', 'ConfigMap', { data: { a: 'b' }, immutable: true }, { data: { a: 'c' }, immutable: true }, ['data']),
  top('v1', 'ConfigMap', { binaryData: { a: 'Yg==' }, immutable: true }, { binaryData: {} }, [
    'immutable',
    'binaryData',
  ]),
  top('v1', 'ConfigMap', { data: { a: 'b' } }, { data: { a: 'c' }, immutable: true }, []),
  top('v1', 'Secret', { data: { a: 'Yg==' }, immutable: true }, { stringData: { a: 'c' }, immutable: true }, ['data']),
  top('v1', 'Secret', {}, { type: 'example.com/a' }, ['type']),
  top('v1', 'Secret', { type: 'example.com/a' }, {}, ['type']),
  top(STORAGE, 'StorageClass', CLASS, { ...CLASS, parameters: { a: 'c' } }, ['parameters']),
  top(STORAGE, 'StorageClass', CLASS, { ...CLASS, provisioner: 'b' }, ['provisioner']),
  top(STORAGE, 'StorageClass', CLASS, { ...CLASS, reclaimPolicy: 'Retain' }, ['reclaimPolicy']),
  top(STORAGE, 'StorageClass', CLASS, { ...CLASS, volumeBindingMode: 'WaitForFirstConsumer' }, ['volumeBindingMode']),
  top(STORAGE, 'StorageClass', CLASS, { ...CLASS, allowVolumeExpansion: true, mountOptions: ['ro'] }, []),
  top(STORAGE, 'VolumeAttributesClass', { driverName: 'a' }, { driverName: 'b', parameters: { a: 'b' } }, [
    'driverName',
    'parameters',
  ]),
  top(STORAGE, 'CSIStorageCapacity', { storageClassName: 'a' }, { storageClassName: 'b', nodeTopology: {} }, [
    'nodeTopology',
    'storageClassName',
  ]),
  top('scheduling.k8s.io/v1', 'PriorityClass', { value: 1 }, { value: 2, preemptionPolicy: 'Never' }, [
    'value',
    'preemptionPolicy',
  ]),
  top('scheduling.k8s.io/v1', 'PriorityClass', { value: 1 }, { value: 1, description: 'a' }, []),
  top('node.k8s.io/v1', 'RuntimeClass', { handler: 'a' }, { handler: 'b' }, ['handler']),
  top(RBAC, 'RoleBinding', { roleRef: ROLE }, { roleRef: { ...ROLE, name: 'b' } }, ['roleRef']),
  top(RBAC, 'ClusterRoleBinding', { roleRef: ROLE }, { roleRef: { ...ROLE, kind: 'ClusterRole' } }, ['roleRef']),
  top(RBAC, 'RoleBinding', { roleRef: ROLE }, { roleRef: ROLE, subjects: [{ kind: 'User', name: 'a' }] }, []),
  top(RBAC, 'Role', { rules: [] }, { rules: [{ verbs: ['get'] }] }, []),
  [
    'what is attached',
    withSpec(STORAGE, 'VolumeAttachment', { nodeName: 'a' }),
    withSpec(STORAGE, 'VolumeAttachment', { nodeName: 'b' }),
    ['spec'],
  ],
  [
    'what has an address',
    withSpec('networking.k8s.io/v1', 'IPAddress', { parentRef: { name: 'a' } }),
    withSpec('networking.k8s.io/v1', 'IPAddress', { parentRef: { name: 'b' } }),
    ['spec.parentRef'],
  ],
  [
    'a claim of devices',
    withSpec('resource.k8s.io/v1', 'ResourceClaim', { devices: {} }),
    withSpec('resource.k8s.io/v1', 'ResourceClaim', { devices: { requests: [{ name: 'a' }] } }),
    ['spec'],
  ],
  top('discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'IPv4' }, { addressType: 'IPv6' }, ['addressType']),
  ['how a driver attaches', driver({}), driver({ attachRequired: false }), ['spec.attachedRequired']],
  [
    'the volumes of a driver',
    driver({}),
    driver({ volumeLifecycleModes: ['Ephemeral'] }),
    ['spec.volumeLifecycleModes'],
  ],
  ['what a driver is told', driver({}), driver({ podInfoOnMount: true }), []],
  [
    'the controller of a class',
    withSpec('networking.k8s.io/v1', 'IngressClass', { controller: 'a' }),
    withSpec('networking.k8s.io/v1', 'IngressClass', { controller: 'b' }),
    ['spec.controller'],
  ],
  [
    'a template of claims',
    withSpec('resource.k8s.io/v1', 'ResourceClaimTemplate', { spec: {} }),
    withSpec('resource.k8s.io/v1', 'ResourceClaimTemplate', { spec: { devices: { requests: [{ name: 'a' }] } } }),
    ['spec'],
  ],
  ['the order of scopes', quota({}), quota({ scopes: ['NotTerminating', 'BestEffort'] }), []],
  ['a scope', quota({}), quota({ scopes: ['BestEffort'] }), ['spec.scopes']],
  ['the group of a definition', definition({}), definition({ group: 'c' }), ['spec.group']],
  ['the scope of a definition', definition({}), definition({ scope: 'Namespaced' }), ['spec.scope']],
  [
    'the kind of a definition',
    definition({}),
    definition({ names: { plural: 'things', kind: 'Car' } }),
    ['spec.names.kind'],
  ],
  [
    'the stored version',
    definition({}),
    definition({ versions: [{ name: 'v2', served: true, storage: true }] }),
    ['status.storedVersions[0]'],
  ],
  ['certificates that hold none', definition({}), definition(conversion('Cg==')), [BUNDLE]],
  ['other ones that hold none', definition(conversion('Cg==')), definition(conversion('YQ==')), []],
  ['certificates', definition({}), definition(conversion(PEM)), []],
  ['no certificate for one', definition(conversion(PEM)), definition(conversion('Cg==')), [BUNDLE]],
  [
    'one more version',
    definition({}),
    definition({
      versions: [
        { name: 'v1', served: true, storage: true },
        { name: 'v2', served: true, storage: false },
      ],
    }),
    [],
  ],
];

test.each([...WORKLOADS, ...CLUSTER])('%s', (_, old, next, refused) => {
  const { verdict, refused: fields } = verdictOf(old, next);
  expect([...fields].sort()).toEqual([...refused].sort());
  expect(verdict === 'refused').toBe(refused.length > 0);
});

describe('a Job that waits to start', () => {
  const waiting = (pod: object) =>
    job({ suspend: true, template: { ...TEMPLATE, spec: { containers: TEMPLATE.spec.containers, ...pod } } });
  const sized = [{ ...TEMPLATE.spec.containers[0], resources: { limits: { cpu: '1' } } }];

  test.each([
    [
      'may be placed elsewhere',
      { nodeSelector: { a: 'b' }, tolerations: [{ operator: 'Exists' }] },
      '1.34',
      'depends',
      [],
    ],
    [
      'by its nodes',
      { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } } },
      '1.34',
      'depends',
      [],
    ],
    ['not by other pods', { affinity: { podAffinity: {} } }, '1.34', 'refused', ['spec.template']],
    ['and sized anew since 1.36', { containers: sized }, '1.36', 'depends', []],
    ['but not before', { containers: sized }, '1.35', 'refused', ['spec.template']],
    ['nor run something else', { terminationGracePeriodSeconds: 5 }, '1.36', 'refused', ['spec.template.spec']],
  ])('%s', (_, pod, version, verdict, refused) => {
    expect(verdictOf(waiting({}), waiting(pod), version)).toMatchObject({ verdict, refused });
  });
});

test('the first containers of a Job that waits may be sized too', () => {
  const waiting = (first: object) =>
    job({
      suspend: true,
      template: { spec: { ...TEMPLATE.spec, initContainers: [{ name: 'first', image: 'a:1', ...first }] } },
    });
  const sized = { resources: { limits: { cpu: '1' } } };
  expect(verdictOf(waiting({}), waiting(sized)).verdict).toBe('depends');
  expect(verdictOf(waiting({}), waiting({ image: 'a:2' })).refused).toEqual(['spec.template.spec']);
});

test('a version that was never the stored one may go', () => {
  const versions = (...names: string[]) =>
    definition({ versions: names.map((name) => ({ name, served: true, storage: name === 'v1' })) });
  const { verdict, condition } = verdictOf(versions('v1', 'v2', 'v3'), versions('v1'));
  expect([verdict, condition]).toEqual(['depends', 'no object may be stored in v2, v3 (status.storedVersions)']);
  expect(verdictOf(versions('v1'), versions('v1', 'v2'))).not.toHaveProperty('condition');
});

test.each([
  ['v1', 'Pod', (spec: object) => spec, 'spec'],
  ['v1', 'PodTemplate', (spec: object) => spec, 'template.spec'],
  [
    'batch/v1',
    'CronJob',
    (spec: object) => ({ jobTemplate: { spec: { template: { spec } } } }),
    'spec.jobTemplate.spec.template.spec',
  ],
  ['batch/v1', 'Job', (spec: object) => ({ template: { spec } }), 'spec.template.spec'],
  ['apps/v1', 'DaemonSet', (spec: object) => ({ template: { spec } }), 'spec.template.spec'],
  ['apps/v1', 'StatefulSet', (spec: object) => ({ template: { spec } }), 'spec.template.spec'],
  ['apps/v1', 'ReplicaSet', (spec: object) => ({ template: { spec } }), 'spec.template.spec'],
  ['v1', 'ReplicationController', (spec: object) => ({ template: { spec } }), 'spec.template.spec'],
])('constraints of one topologyKey in a %s %s', (apiVersion, kind, place, path) => {
  const soft = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' };
  const hard = { ...soft, whenUnsatisfiable: 'DoNotSchedule', minDomains: 2 };
  const of = (...topologySpreadConstraints: object[]) => {
    const pod = { ...TEMPLATE.spec, topologySpreadConstraints };
    return kind === 'PodTemplate'
      ? object(apiVersion, kind, { template: { spec: pod } })
      : withSpec(apiVersion, kind, place(pod));
  };
  expect(verdictOf(of(soft), of(soft, hard)).refused).toContain(`${path}.topologySpreadConstraints[0].minDomains`);
});

test('constraints of one topologyKey are merged into the first', () => {
  const constraint = (more: object) => ({ maxSkew: 1, topologyKey: 'zone', ...more });
  const of = (...topologySpreadConstraints: object[]) =>
    spec('apps/v1', 'Deployment', {
      ...BASE,
      template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, topologySpreadConstraints } },
    })({});
  const soft = constraint({ whenUnsatisfiable: 'ScheduleAnyway' });
  const hard = constraint({ whenUnsatisfiable: 'DoNotSchedule', minDomains: 2 });
  expect(verdictOf(of(soft), of(soft, hard)).refused).toEqual([
    'spec.template.spec.topologySpreadConstraints[0].minDomains',
  ]);
  expect(verdictOf(of(soft), of(hard, soft)).verdict).toBe('updated');
});
