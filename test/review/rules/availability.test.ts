import type { k8s } from 'cdk8s-eks-patterns';
import { isUnpinned } from '../../../kube/images';
import { newTenant, web } from '../../support/app';
import { autoscaler, budget, findingsIn, foundInApp, of, service, set, workload } from './support';

const SERVED = service('selector: { app: web }, ports: [{ port: 80 }]');
const job = (pod: string) =>
  `{ apiVersion: batch/v1, kind: Job, metadata: { name: web, namespace: shop }, spec: { parallelism: 3, template: { metadata: { labels: { app: web } }, spec: { ${pod} } } } }`;
const CONTAINER = "containers: [{ name: main, image: 'a/b:1' }]";

describe('availability/single-replica', () => {
  const rule = (...documents: string[]) => of('availability/single-replica', set(...documents));
  test.each([
    ['one by default', [workload({ spec: '' }), SERVED], ['advice spec.replicas']],
    ['two', [workload(), SERVED], []],
    ['without a Service', [workload({ spec: '' })], []],
    ['one at the minimum', [workload({ spec: '' }), SERVED, autoscaler('maxReplicas: 5')], ['advice']],
    ['two at the minimum', [workload({ spec: '' }), SERVED, autoscaler('minReplicas: 2, maxReplicas: 5')], []],
    ['an agent', [workload({ kind: 'DaemonSet', spec: '' }), SERVED], []],
    ['none', [workload({ spec: 'replicas: 0' }), SERVED], []],
  ])('%s', (_, documents, expected) => {
    expect(rule(...documents)).toEqual(expected);
  });
});

test.each([
  ['redis:7', /^take a StatefulSet/],
  ['registry.example.com:5000/library/postgres:17@sha256:abc', /^take a StatefulSet/],
  ['redis-exporter:1', /^write replicas: 2/],
])('one pod of %s needs no second one beside it', (image, fix) => {
  const documents = set(workload({ spec: '', image }), SERVED);
  const found = findingsIn(documents).filter((finding) => finding.rule === 'availability/single-replica');
  expect(found.map((finding) => finding.fix)).toEqual([expect.stringMatching(fix)]);
});

describe('availability/no-budget and availability/no-spread', () => {
  const both = (...documents: string[]) => [
    of('availability/no-budget', set(...documents)).length,
    of('availability/no-spread', set(...documents)).length,
  ];
  const affinity = (kind: string) => `affinity: { podAntiAffinity: { ${kind}: [{}] } }`;
  test.each([
    ['two pods', [workload()], [1, 1]],
    ['one pod', [workload({ spec: '' })], [0, 0]],
    ['two at the maximum', [workload({ spec: '' }), autoscaler('maxReplicas: 2')], [1, 1]],
    ['a budget', [workload(), budget('maxUnavailable: 1')], [0, 1]],
    [
      'a budget for other pods',
      [workload(), budget('maxUnavailable: 1', 'selector: { matchLabels: { app: x } }')],
      [1, 1],
    ],
    ['required anti-affinity', [workload({ pod: affinity('requiredDuringSchedulingIgnoredDuringExecution') })], [1, 0]],
    [
      'preferred anti-affinity',
      [workload({ pod: affinity('preferredDuringSchedulingIgnoredDuringExecution') })],
      [1, 0],
    ],
    ['a constraint', [workload({ pod: 'topologySpreadConstraints: [{ maxSkew: 1 }]' })], [1, 0]],
    ['an empty list', [workload({ pod: 'topologySpreadConstraints: []' })], [1, 1]],
    ['agents', [workload({ kind: 'DaemonSet', spec: '' })], [0, 0]],
    ['jobs', [job(CONTAINER)], [0, 0]],
  ])('%s', (_, documents, expected) => {
    expect(both(...documents)).toEqual(expected);
  });
});

test.each([
  ['a selector', 'nodeSelector: { topology.kubernetes.io/zone: us-west-2a }', 1],
  ['the old label', 'nodeSelector: { failure-domain.beta.kubernetes.io/zone: us-west-2a }', 1],
  [
    'two zones',
    'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [a, b] }] }] } } }',
    0,
  ],
  [
    'one of two terms',
    'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [a] }] }, { matchExpressions: [{ key: x, operator: Exists }] }] } } }',
    0,
  ],
  ['none', '', 0],
])('availability/single-zone: %s', (_, pod, expected) => {
  expect(of('availability/single-zone', workload({ pod }))).toHaveLength(expected);
});

test.each([
  ['its own pods', 'labelSelector: { matchLabels: { app: web } }', []],
  [
    'others',
    'labelSelector: { matchLabels: { app: x } }',
    ['warning spec.template.spec.topologySpreadConstraints[0].labelSelector'],
  ],
  ['no selector', 'maxSkew: 1', ['warning spec.template.spec.topologySpreadConstraints[0].labelSelector']],
  ['an empty one, for all pods', 'labelSelector: {}', []],
  [
    'a label of the controller',
    'labelSelector: { matchLabels: { app: web }, matchExpressions: [{ key: pod-template-hash, operator: Exists }] }',
    [],
  ],
])('availability/spread-selector: %s', (_, constraint, expected) => {
  expect(
    of('availability/spread-selector', workload({ pod: `topologySpreadConstraints: [{ ${constraint} }]` })),
  ).toEqual(expected);
});

describe('availability/equal-probes', () => {
  const probes = (readiness: string, liveness: string) =>
    of(
      'availability/equal-probes',
      workload({ container: `readinessProbe: { ${readiness} }, livenessProbe: { ${liveness} }` }),
    );
  const FOUND = ['warning spec.template.spec.containers[0].livenessProbe'];
  const HTTP = 'httpGet: { path: /a, port: 8080 }';
  test.each([
    ['the same', HTTP, HTTP, FOUND],
    ['defaults written out', 'httpGet: { port: 8080 }', 'httpGet: { path: /, port: http, scheme: HTTP }', FOUND],
    ['another path', HTTP, 'httpGet: { path: /b, port: 8080 }', []],
    ['another question', HTTP, 'tcpSocket: { port: 8080 }', []],
    ['three times as patient', HTTP, `${HTTP}, failureThreshold: 9`, []],
    ['less than that', HTTP, `${HTTP}, failureThreshold: 8`, FOUND],
    ['by a quicker readiness', `${HTTP}, periodSeconds: 5, failureThreshold: 2`, HTTP, []],
    ['commands', 'exec: { command: [a] }', 'exec: { command: [a] }', FOUND],
    ['other commands', 'exec: { command: [a] }', 'exec: { command: [b] }', []],
    ['gRPC', 'grpc: { port: 1 }', 'grpc: { port: 1 }', FOUND],
    ['another gRPC service', 'grpc: { port: 1 }', 'grpc: { port: 1, service: live }', []],
    ['no handler', '', '', []],
  ])('%s', (_, readiness, liveness, expected) => {
    expect(probes(readiness, liveness)).toEqual(expected);
  });
});

describe('availability/readiness-probe', () => {
  const READY = 'readinessProbe: { tcpSocket: { port: 8080 } }';
  test.each([
    ['none', [workload(), SERVED], ['warning spec.template.spec.containers']],
    ['one', [workload({ container: READY }), SERVED], []],
    ['no Service', [workload()], []],
    ['a gate of the load balancer', [workload({ pod: 'readinessGates: [{ conditionType: a }]' }), SERVED], []],
    [
      'a Service for members that are not ready',
      [workload(), service('publishNotReadyAddresses: true, selector: { app: web }')],
      [],
    ],
    [
      'a Service for metrics',
      [workload(), service('selector: { app: web }, ports: [{ name: http-metrics, port: 80 }]')],
      ['advice spec.template.spec.containers'],
    ],
    [
      'one for metrics and one for calls',
      [
        workload(),
        service('selector: { app: web }, ports: [{ name: metrics, port: 80 }]'),
        service('selector: { app: web }, ports: [{ name: http, port: 80 }]', 'calls'),
      ],
      ['warning spec.template.spec.containers'],
    ],
    [
      'a headless Service of a set',
      [workload({ kind: 'StatefulSet' }), service('clusterIP: None, selector: { app: web }')],
      ['warning spec.template.spec.containers'],
    ],
    [
      'a headless Service of a Deployment',
      [workload(), service('clusterIP: None, selector: { app: web }')],
      ['advice spec.template.spec.containers'],
    ],
    ['an agent with a Service for metrics', [workload({ kind: 'DaemonSet', spec: '' }), SERVED], []],
    ['a job', [job(CONTAINER), SERVED], []],
  ])('%s', (_, documents, expected) => {
    expect(of('availability/readiness-probe', set(...documents))).toEqual(expected);
  });
});

describe('availability/requests and availability/memory-limit', () => {
  const range = (item: string, ns = 'shop') =>
    `{ apiVersion: v1, kind: LimitRange, metadata: { name: limits, namespace: ${ns} }, spec: { limits: [{ type: Container, ${item} }] } }`;
  const counts = (...documents: string[]) =>
    ['availability/requests', 'availability/memory-limit'].map((rule) => of(rule, set(...documents)).length);
  const container = (resources: string) => workload({ container: `resources: { ${resources} }` });
  test.each([
    ['nothing', [workload()], [1, 1]],
    ['requests', [container('requests: { cpu: 1, memory: 1Gi }')], [0, 1]],
    ['one of two requests', [container('requests: { cpu: 1 }')], [1, 1]],
    ['limits are requests too', [container('limits: { cpu: 1, memory: 1Gi }')], [0, 0]],
    [
      'of the pod',
      [workload({ pod: 'resources: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } }' })],
      [0, 0],
    ],
    ['defaults of the namespace', [workload(), range('default: { cpu: 1, memory: 1Gi }')], [0, 0]],
    ['default requests only', [workload(), range('defaultRequest: { cpu: 1, memory: 1Gi }')], [0, 1]],
    ['the largest amount is the default limit', [workload(), range('max: { cpu: 1, memory: 1Gi }')], [0, 0]],
    ['defaults of another namespace', [workload(), range('default: { cpu: 1, memory: 1Gi }', 'other')], [1, 1]],
    [
      'limits of pods are no defaults',
      [workload(), range('default: { cpu: 1, memory: 1Gi }').replace('type: Container', 'type: Pod')],
      [1, 1],
    ],
  ])('%s', (_, documents, expected) => {
    expect(counts(...documents)).toEqual(expected);
  });

  test('several containers of one pod are one finding', () => {
    const pod = "initContainers: [{ name: a, image: 'a:1' }, { name: b, image: 'b:1' }]";
    expect(counts(workload({ pod }))).toEqual([1, 1]);
  });
});

describe('availability/grace-period', () => {
  const cluster = (groups: string) =>
    `{ apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: { name: prod, region: us-west-2, version: '1.35' }, ${groups} }`;
  const SPOT = cluster('managedNodeGroups: [{ name: s, instanceTypes: [m5.large, m5a.large], spot: true }]');
  const LASTING = cluster('managedNodeGroups: [{ name: l, instanceType: m5.large }]');
  const pool = (types: string) =>
    `{ apiVersion: karpenter.sh/v1, kind: NodePool, metadata: { name: p }, spec: { template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [${types}] }] } } } }`;
  const grace = (seconds: number, more = '') => workload({ pod: `terminationGracePeriodSeconds: ${seconds}${more}` });
  const FOUND = ['warning spec.template.spec.terminationGracePeriodSeconds'];
  const ON_DEMAND = ', nodeSelector: { karpenter.sh/capacity-type: on-demand }';
  test.each([
    ['two minutes', [SPOT, grace(120)], []],
    ['more on Spot', [SPOT, grace(121)], FOUND],
    ['more on others', [LASTING, grace(900)], []],
    ['more than an upgrade waits', [LASTING, grace(901)], FOUND],
    [
      'self-managed Spot',
      [
        cluster(
          'nodeGroups: [{ name: s, instancesDistribution: { instanceTypes: [m5.large, m5a.large], onDemandPercentageAboveBaseCapacity: 0 } }]',
        ),
        grace(180),
      ],
      FOUND,
    ],
    [
      'self-managed On-Demand has no such limit',
      [cluster('nodeGroups: [{ name: s, instanceType: m5.large }]'), grace(2000)],
      [],
    ],
    [
      'a pool with Spot',
      [cluster('autoModeConfig: { enabled: true, nodePools: [] }'), pool('spot, on-demand'), grace(180)],
      FOUND,
    ],
    [
      'a pod that requires the other',
      [cluster('autoModeConfig: { enabled: true, nodePools: [] }'), pool('spot, on-demand'), grace(180, ON_DEMAND)],
      [],
    ],
    [
      'a pool without Spot',
      [cluster('autoModeConfig: { enabled: true, nodePools: [] }'), pool('on-demand'), grace(180)],
      [],
    ],
    [
      'on Fargate',
      [
        cluster(
          'managedNodeGroups: [{ name: s, spot: true }], fargateProfiles: [{ name: f, selectors: [{ namespace: shop }] }]',
        ),
        grace(180),
      ],
      [],
    ],
    ['no cluster', [grace(5000)], []],
  ])('%s', (_, documents, expected) => {
    expect(of('availability/grace-period', set(...documents))).toEqual(expected);
  });
});

test.each([
  ['web', true],
  ['web:latest', true],
  ['host:5000/web', true],
  ['host:5000/a/web:latest', true],
  ['web:1.2', false],
  ['host:5000/web:1', false],
  ['web@sha256:abc', false],
  ['web:latest@sha256:abc', false],
])('images/latest: %s', (image, expected) => {
  expect(isUnpinned(image)).toBe(expected);
  const found = of('images/latest', workload().replace('a/b:1', image));
  expect(found).toEqual(expected ? ['warning spec.template.spec.containers[0].image'] : []);
});

test('images/latest: a container that an edit adds to a pattern', () => {
  const tenant = newTenant();
  const customize = {
    deployment: ({ spec }: k8s.Deployment) => {
      spec.template.spec!.containers.push({ name: 'proxy', image: 'envoy' });
    },
  };
  web({ customize }, tenant);
  expect(foundInApp(tenant, 'images/')).toEqual([
    ['images/latest', 'warning', 'spec.template.spec.containers[1].image'],
  ]);
});
