import { budget, namespace, of, policy, service, set, workload } from './support';

describe('disruption-budgets/selects-nothing', () => {
  test.each([
    [
      'other labels',
      set(namespace(), workload(), budget('maxUnavailable: 1', 'selector: { matchLabels: { app: x } }')),
      ['error spec.selector'],
    ],
    [
      'the set does not make the namespace',
      set(workload(), budget('maxUnavailable: 1', 'selector: { matchLabels: { app: x } }')),
      ['warning spec.selector'],
    ],
    [
      'expressions',
      set(
        workload(),
        budget('maxUnavailable: 1', 'selector: { matchExpressions: [{ key: app, operator: In, values: [x] }] }'),
      ),
      ['warning spec.selector'],
    ],
    [
      'expressions that select',
      set(workload(), budget('maxUnavailable: 1', 'selector: { matchExpressions: [{ key: app, operator: Exists }] }')),
      [],
    ],
    ['an empty selector is for all pods', set(workload(), budget('maxUnavailable: 1', 'selector: {}')), []],
    ['also for those to come', set(namespace(), budget('maxUnavailable: 1', 'selector: {}')), []],
    ['no selector is for none', set(workload(), budget('maxUnavailable: 1', '')), ['warning spec.selector']],
    ['a budget alone', budget('maxUnavailable: 1'), []],
  ])('%s', (_, yaml, expected) => {
    expect(of('disruption-budgets/selects-nothing', yaml)).toEqual(expected);
  });
});

const JOB =
  "{ apiVersion: batch/v1, kind: Job, metadata: { name: nightly, namespace: shop }, spec: { template: { spec: { containers: [{ name: j, image: 'j:1' }] } } } }";

describe('selectors/policy-selects-nothing', () => {
  test.each([
    [
      'other labels: never an error, since nothing breaks',
      set(namespace(), workload(), policy('podSelector: { matchLabels: { app: x } }')),
      ['warning spec.podSelector'],
    ],
    ['own labels', set(namespace(), workload(), policy('podSelector: { matchLabels: { app: web } }')), []],
    ['default deny', set(namespace(), policy('podSelector: {}, policyTypes: [Ingress]')), []],
    [
      'the name of a Job, which its controller sets',
      set(JOB, policy('podSelector: { matchLabels: { job-name: nightly } }')),
      [],
    ],
    [
      'the name of no Job',
      set(JOB, policy('podSelector: { matchLabels: { job-name: night } }')),
      ['warning spec.podSelector'],
    ],
    ['pods of another set', policy('podSelector: { matchLabels: { app: x } }'), []],
  ])('%s', (_, yaml, expected) => {
    expect(of('selectors/policy-selects-nothing', yaml)).toEqual(expected);
  });
});

describe('selectors/peer-selects-nothing', () => {
  const from = (peer: string) => policy(`podSelector: {}, ingress: [{ from: [{ ${peer} }] }]`);
  const FOUND = ['warning spec.ingress[0].from[0].podSelector'];
  const X = 'podSelector: { matchLabels: { app: x } }';
  const named = (name: string) => `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } }`;
  test.each([
    ['other labels', set(workload(), from(X)), FOUND],
    ['labels of pods', set(workload(), from('podSelector: { matchLabels: { app: web } }')), []],
    ['all pods', set(workload(), from('podSelector: {}')), []],
    ['addresses', set(workload(), from('ipBlock: { cidr: 10.0.0.0/8 }')), []],
    ['a namespace of the set', set(workload({ ns: 'b' }), from(`${named('b')}, ${X}`)), FOUND],
    ['a namespace that another set fills', set(workload(), from(`${named('b')}, ${X}`)), []],
    [
      'the DNS of EKS',
      set(workload(), from(`${named('kube-system')}, podSelector: { matchLabels: { k8s-app: kube-dns } }`)),
      [],
    ],
    ['any namespace', set(workload(), from(`namespaceSelector: {}, ${X}`)), []],
    [
      'the way out',
      set(workload(), policy(`podSelector: {}, egress: [{ to: [{ ${X} }] }]`)),
      ['warning spec.egress[0].to[0].podSelector'],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(of('selectors/peer-selects-nothing', yaml)).toEqual(expected);
  });
});

test.each([
  ['a name that is declared', '{ port: http }', []],
  ['another', '{ port: web }', ['warning spec.ingress[0].ports[0].port']],
  ['another protocol', '{ port: http, protocol: UDP }', ['warning spec.ingress[0].ports[0].port']],
  ['a number', '{ port: 1 }', []],
])('selectors/policy-port: %s', (_, port, expected) => {
  const yaml = set(workload(), policy(`podSelector: {}, ingress: [{ ports: [${port}] }]`));
  expect(of('selectors/policy-port', yaml)).toEqual(expected);
});

test.each([
  ['headless, selects its pods', 'clusterIP: None, selector: { app: web }', []],
  ['other pods', 'clusterIP: None, selector: { app: x }', ['warning spec.serviceName']],
  ['with an address of its own', 'selector: { app: web }', ['advice spec.serviceName']],
  ['without a selector', 'clusterIP: None', []],
])('services/governing: %s', (_, spec, expected) => {
  const yaml = set(workload({ kind: 'StatefulSet', spec: 'serviceName: web' }), service(spec));
  expect(of('services/governing', yaml)).toEqual(expected);
});

describe('monitors', () => {
  const monitor = (spec: string, kind = 'ServiceMonitor') =>
    `{ apiVersion: monitoring.coreos.com/v1, kind: ${kind}, metadata: { name: m, namespace: shop }, spec: { ${spec} } }`;
  const SERVICE = service(
    'selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }]',
    'web',
    'shop',
    '{ app: web }',
  );
  const SELECTOR = 'selector: { matchLabels: { app: web } }';
  test.each([
    ['labels of the Service', set(workload(), SERVICE, monitor(`${SELECTOR}, endpoints: [{ port: http }]`)), [], []],
    [
      'other labels',
      set(workload(), SERVICE, monitor('selector: { matchLabels: { app: x } }')),
      ['warning spec.selector'],
      [],
    ],
    ['all Services', set(workload(), SERVICE, monitor('selector: {}')), [], []],
    [
      'another namespace that the set does not know',
      set(
        workload(),
        SERVICE,
        monitor('selector: { matchLabels: { app: x } }, namespaceSelector: { matchNames: [other] }'),
      ),
      [],
      [],
    ],
    [
      'every namespace',
      set(workload(), SERVICE, monitor('selector: { matchLabels: { app: x } }, namespaceSelector: { any: true }')),
      [],
      [],
    ],
    [
      'a port of the container instead of the Service',
      set(workload(), SERVICE, monitor(`${SELECTOR}, endpoints: [{ port: http }, { port: metrics }]`)),
      [],
      ['warning spec.endpoints[1].port'],
    ],
    [
      'pods by their labels',
      set(workload(), monitor(`${SELECTOR}, podMetricsEndpoints: [{ port: http }]`, 'PodMonitor')),
      [],
      [],
    ],
    [
      'no pods',
      set(workload(), monitor('selector: { matchLabels: { app: x } }', 'PodMonitor')),
      ['warning spec.selector'],
      [],
    ],
    [
      'a port that no container has',
      set(workload(), monitor(`${SELECTOR}, podMetricsEndpoints: [{ port: x }]`, 'PodMonitor')),
      [],
      ['warning spec.podMetricsEndpoints[0].port'],
    ],
    [
      'a selector of another form',
      set(
        workload(),
        SERVICE,
        monitor('selector: { matchLabels: [a], matchExpressions: 1 }, endpoints: 3, namespaceSelector: x'),
      ),
      [],
      [],
    ],
  ])('%s', (_, yaml, nothing, port) => {
    expect(of('monitors/selects-nothing', yaml)).toEqual(nothing);
    expect(of('monitors/port', yaml)).toEqual(port);
  });
});
