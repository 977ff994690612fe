/** Edges of the rules on host names of members, labels of pods, and pods that something else runs. */
import { review } from '../../../review/review';
import { container, said } from './pods';
import { findingsIn, of, policy, service, set, setOf, workload } from './support';

const NAME = 'connections/member-name';
const caller = (value: string) => workload({ name: 'web', container: `env: [{ name: SEED_HOST, value: '${value}' }]` });
const members = (spec = 'replicas: 3, serviceName: db') =>
  workload({ kind: 'StatefulSet', name: 'db', spec, labels: '{ app: db }' });
const headless = service('clusterIP: None, selector: { app: db }, ports: [{ port: 7000 }]', 'db');

test.each([
  ['the first', 'db-0.db:7000', members(), 0],
  ['the last, by its full name', 'http://db-2.db.shop.svc.cluster.local:7000', members(), 0],
  ['one too many', 'http://db-3.db.shop.svc.cluster.local:7000', members(), 1],
  ['a number with a zero', 'db-01.db:7000', members(), 1],
  ['another name', 'other-0.db:7000', members(), 1],
  ['the Service itself', 'db:7000', members(), 0],
  ['the Service and its namespace', 'db.shop:7000', members(), 0],
  ['ordinals from one', 'db-3.db:7000', members('replicas: 3, serviceName: db, ordinals: { start: 1 }'), 0],
  ['ordinals from one, called from zero', 'db-0.db:7000', members('serviceName: db, ordinals: { start: 1 }'), 1],
  ['another governing Service', 'db-0.db:7000', members('serviceName: other'), 1],
  ['pods of a Deployment', 'db-0.db:7000', workload({ name: 'db' }), 1],
  ['a pod with a host name', 'a.db:7000', workload({ name: 'db', pod: 'hostname: a, subdomain: db' }), 0],
  ['a pod with another subdomain', 'a.db:7000', workload({ name: 'db', pod: 'hostname: a, subdomain: x' }), 1],
])('the name of a member: %s', (_, address, pods, count) => {
  expect(of(NAME, set(caller(address), pods, headless))).toHaveLength(count);
});

const indexed = (kind: string, mode = 'Indexed') => {
  const spec = `completionMode: ${mode}, completions: 2, template: { metadata: { labels: { app: db } }, spec: { restartPolicy: Never, subdomain: db, containers: [{ name: c, image: 'a/b:1' }] } }`;
  return kind === 'Job'
    ? `{ apiVersion: batch/v1, kind: Job, metadata: { name: db, namespace: shop }, spec: { ${spec} } }`
    : `{ apiVersion: batch/v1, kind: CronJob, metadata: { name: db, namespace: shop }, spec: { schedule: '0 3 * * *', jobTemplate: { spec: { ${spec} } } } }`;
};

test.each([
  ['Job', 'db-1.db:7000', 'Indexed', 0],
  ['Job', 'db-2.db:7000', 'Indexed', 1],
  ['Job', 'db-1.db:7000', 'NonIndexed', 1],
  ['CronJob', 'db-29384756-1.db:7000', 'Indexed', 0],
  ['CronJob', 'db-1.db:7000', 'Indexed', 1],
])('the pods of a %s: %s, %s', (kind, address, mode, count) => {
  expect(of(NAME, set(caller(address), indexed(kind, mode), headless))).toHaveLength(count);
});

const LABEL = 'containers/own-label';
const reading = (path: string) => `env: [{ name: A, valueFrom: { fieldRef: { fieldPath: "metadata.${path}" } } }]`;

test.each([
  ['Deployment', "labels['app']", 0],
  ['Deployment', "labels['tier']", 1],
  ['Deployment', "labels['pod-template-hash']", 0],
  ['Deployment', "labels['apps.kubernetes.io/pod-index']", 1],
  ['StatefulSet', "labels['apps.kubernetes.io/pod-index']", 0],
  ['StatefulSet', "labels['statefulset.kubernetes.io/pod-name']", 0],
  ['DaemonSet', "labels['controller-revision-hash']", 0],
  ['StatefulSet', "labels['spilo-role']", 0],
  ['Deployment', "annotations['k8s.v1.cni.cncf.io/network-status']", 0],
  ['Deployment', "annotations['batch.kubernetes.io/job-completion-index']", 1],
])('a %s reads %s', (kind, path, count) => {
  expect(of(LABEL, workload({ kind, container: reading(path) }))).toHaveLength(count);
});

test.each([
  ['1.34', 'zone', 1],
  ['1.35', 'zone', 0],
  ['1.34', 'region', 1],
])('in %s pods and the label of their %s', (kubernetesVersion, name, count) => {
  const { inventory } = setOf(container(reading(`labels['topology.kubernetes.io/${name}']`)));
  const found = review({ inventory, kubernetesVersion }).filter(({ rule }) => rule === LABEL);
  expect(found).toHaveLength(count);
});

const rollout = (ref = 'workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web }') =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: web, namespace: shop }, spec: { replicas: 2, ${ref} } }`;
const scaler = (kind: string) =>
  `{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: a, namespace: shop }, spec: { maxReplicas: 4, scaleTargetRef: { apiVersion: apps/v1, kind: ${kind}, name: web } } }`;

test.each([
  ['a Deployment of two pods', set(rollout(), workload()), ['warning spec.replicas']],
  ['a Deployment of one pod by default', set(rollout(), workload({ spec: '' })), ['warning spec.replicas']],
  ['a Deployment without pods', set(rollout(), workload({ spec: 'replicas: 0' })), []],
  ['a Rollout with a template of its own', set(rollout('template: {}'), workload()), []],
  [
    'an autoscaler of the Deployment',
    set(rollout(), workload({ spec: '' }), scaler('Deployment')),
    ['warning spec.scaleTargetRef'],
  ],
  ['an autoscaler of the Rollout', set(rollout(), workload({ spec: 'replicas: 0' }), scaler('Rollout')), []],
])('a Rollout beside %s', (_, yaml, expected) => {
  expect(of('autoscalers/rollout', yaml)).toEqual(expected);
});

const job = (spec: string) =>
  `{ apiVersion: batch/v1, kind: Job, metadata: { name: a, namespace: shop }, spec: { completionMode: Indexed, ${spec}, template: { spec: { restartPolicy: Never, containers: [{ name: c, image: 'a/b:1' }] } } } }`;

test.each([
  ['completions: 100, backoffLimitPerIndex: 1, backoffLimit: 6', 1],
  ['completions: 100, backoffLimitPerIndex: 1, backoffLimit: 200', 0],
  ['completions: 100, backoffLimitPerIndex: 1', 0],
  ['completions: 100, backoffLimit: 6', 0],
])('failures of a Job: %s', (spec, count) => {
  expect(of('jobs/backoff-limit', job(spec))).toHaveLength(count);
});

const calling = (env: string) => container(`env: [${env}]`);
const NODE_IP = '{ name: NODE_IP, valueFrom: { fieldRef: { fieldPath: status.hostIP } } }';
const deny = (egress: string) => policy(`podSelector: {}, policyTypes: [Egress], egress: [${egress}]`, 'default');
const NODE = 'connections/node-address';

test.each([
  ['no policy', set(calling(`${NODE_IP}, { name: A, value: '$(NODE_IP):4317' }`)), 0],
  ['no port', set(calling(`${NODE_IP}, { name: A, value: '$(NODE_IP)' }`), deny('')), 0],
  ['a port', set(calling(`${NODE_IP}, { name: A, value: '$(NODE_IP):4317' }`), deny('')), 1],
  ['a port, in a shell', set(container(`env: [${NODE_IP}], args: ['--otlp=$NODE_IP:4317']`), deny('')), 1],
  ['a port of its own', set(calling(`${NODE_IP}, { name: NODE_PORT, value: '8125' }`), deny('')), 1],
  [
    'everywhere is open',
    set(calling(`${NODE_IP}, { name: A, value: '$(NODE_IP):4317' }`), deny('{ ports: [{ port: 4317 }] }')),
    0,
  ],
  [
    'the internet is open',
    set(
      calling(`${NODE_IP}, { name: A, value: '$(NODE_IP):4317' }`),
      deny('{ to: [{ ipBlock: { cidr: 8.8.8.0/24 } }] }'),
    ),
    1,
  ],
  [
    'another variable',
    set(
      calling(
        "{ name: POD_IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }, { name: A, value: '$(POD_IP):1' }",
      ),
      deny(''),
    ),
    0,
  ],
])('the address of the node: %s', (_, yaml, count) => {
  expect(of(NODE, yaml)).toHaveLength(count);
});

test('a pod on the network of its node is under no policy', () => {
  const yaml = container('ports: [{ containerPort: 80, hostPort: 80 }]', 'hostNetwork: true');
  expect(said(set(yaml, policy('podSelector: {}', 'default')), 'host-ports')).toEqual([]);
});

test('a port of the node that a policy opens by name', () => {
  const yaml = container('ports: [{ name: otlp, containerPort: 4317, hostPort: 4317 }]');
  const open = (port: string) =>
    policy(`podSelector: {}, policyTypes: [Ingress], ingress: [{ ports: [{ port: ${port} }] }]`, 'default');
  expect(said(set(yaml, open('otlp')), 'host-ports')).toEqual([]);
  expect(said(set(yaml, open('other')), 'host-ports')).toEqual([
    'warning host-ports/closed spec.containers[0].ports[0].hostPort',
  ]);
});

test('a Secret that a class of the same name does not create', () => {
  const yaml = set(
    container('env: [{ name: A, valueFrom: { secretKeyRef: { name: auth, key: a } } }]'),
    '{ apiVersion: secrets-store.csi.x-k8s.io/v1, kind: SecretProviderClass, metadata: { name: auth, namespace: default }, spec: { provider: aws } }',
  );
  const [found] = findingsIn(yaml).filter(({ rule }) => rule === 'references/missing');
  expect(found?.fix).toContain('secretObjects');
});
