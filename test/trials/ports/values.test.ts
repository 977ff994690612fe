/** Names that do not exist, permissions that grant nothing, and values that contradict each other. */
import { Peer, type Tenant } from 'cdk8s-eks-patterns';
import { IMAGE, privilegedTenant, web } from '../../support/app';
import { custom, findingsOf, inTenant, type Program, runTrials, type Trial, withRaw } from './support';

type Props = Readonly<Record<string, unknown>>;
const server = (props: Props = {}, tenant?: () => Tenant): Program => inTenant((t) => web(props, t), tenant);
const object = (kind: string, apiVersion: string, more: object): Program =>
  inTenant((t) => withRaw(t, { apiVersion, kind, metadata: { name: 'raw' }, ...more }));
const access = (apiGroup: string, resource: string, verb: string): Program =>
  server({ apiAccess: [{ apiGroups: [apiGroup], resources: [resource], verbs: [verb] }] });
const edited = (edit: (pod: ReturnType<typeof JSON.parse>) => void, tenant?: () => Tenant): Program =>
  server(custom({ deployment: ({ spec }) => edit(spec.template.spec) }), tenant);
const sized = (props: object, limits: object): Program =>
  server({ scratch: [props], resources: { cpu: '1', memory: '1Gi', ...limits } });
const hostPort = (replicas: number): Program =>
  inTenant((t) => {
    const edits = custom({
      deployment: ({ spec }) => {
        spec.template.spec.containers[0].ports[0].hostPort = 8080;
      },
      networkPolicy: ({ spec }) => {
        spec.ingress = [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080 }] }];
      },
    });
    web({ replicas, ...edits }, t);
  }, privilegedTenant);

const TRIALS: readonly Trial[] = [
  [
    'B18.1',
    'a port that is a method of numbers',
    'props/unsupported',
    inTenant((t) => web({ port: { http: 8080 } }, t).on('toFixed')),
    inTenant((t) => web({ port: { http: 8080 } }, t).on('http')),
  ],
  [
    'B18.2',
    'a field that Services do not have',
    'manifests/unknown-field',
    object('Service', 'v1', { spec: { typo: 1, clusterIP: 'None', ports: [{ port: 80 }] } }),
    object('Service', 'v1', { spec: { clusterIP: 'None', ports: [{ port: 80 }] } }),
  ],
  [
    'B18.2b',
    'a kind that is misspelt',
    'api-versions/unknown',
    object('Deploymnt', 'apps/v1', {}),
    object('ConfigMap', 'v1', {}),
  ],
  [
    'B18.2c',
    'a port that is a word',
    'manifests/type',
    object('Service', 'v1', { spec: { ports: [{ port: 'x' }] } }),
    object('Service', 'v1', { spec: { ports: [{ port: 80 }] } }),
  ],
  [
    'B18.4',
    'a range that may call a port which is none of its own',
    'props/unsupported',
    server({ acceptsFrom: [Peer.cidr('10.0.0.0/8', 80)] }),
    server({ acceptsFrom: [Peer.cidr('10.0.0.0/8', 8080)] }),
  ],
  [
    'B19.1',
    'a Role for what has no namespace',
    'rbac/cluster-scoped',
    access('', 'nodes', 'list'),
    access('', 'pods', 'list'),
  ],
  [
    'B19.2',
    'a group, a resource and a verb that are misspelt',
    'rbac/unknown',
    access('app', 'deployment', 'read'),
    access('apps', 'deployments', 'get'),
  ],
  [
    'B19.3',
    'a folder that is larger than the disk of its pod',
    'volumes/size',
    sized({ path: '/cache', size: '8Gi' }, { ephemeralStorage: '1Gi' }),
    sized({ path: '/cache', size: '8Gi' }, { ephemeralStorage: '10Gi' }),
  ],
  [
    'B19.3b',
    'a folder in memory that is larger than it',
    'volumes/size',
    sized({ path: '/dev/shm', size: '8Gi', memory: true }, {}),
    sized({ path: '/dev/shm', size: '512Mi', memory: true }, {}),
  ],
  [
    'B19.5a',
    'a number beside an autoscaler',
    'autoscalers/fixed-replicas',
    server({
      replicas: { min: 2, max: 3 },
      ...custom({
        deployment: ({ spec }) => {
          spec.replicas = 3;
        },
      }),
    }),
    server({ replicas: { min: 2, max: 3 } }),
  ],
  [
    'B19.5b',
    'a Service whose selector is edited',
    'services/selects-nothing',
    server(
      custom({
        service: ({ spec }) => {
          spec.selector = { app: 'other' };
        },
      }),
    ),
    server(
      custom({
        service: ({ spec }) => {
          spec.sessionAffinity = 'ClientIP';
        },
      }),
    ),
  ],
  [
    'B19.5c',
    'an image without a version',
    'images/latest',
    edited((pod) => {
      pod.containers[0].image = 'a/b:latest';
    }),
    edited((pod) => {
      pod.containers[0].image = IMAGE;
    }),
  ],
  [
    'B19.5d',
    'a password as text',
    'secrets/literal',
    edited((pod) => {
      pod.containers[0].env = [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }];
    }),
    edited((pod) => {
      pod.containers[0].env = [{ name: 'DB_USER', value: 'shop' }];
    }),
  ],
  [
    'B19.5e',
    'a mount of a volume that is not there',
    'volumes/unknown',
    edited((pod) => {
      pod.containers[0].volumeMounts.push({ name: 'gone', mountPath: '/gone' });
    }),
    edited((pod) => {
      pod.containers[0].volumeMounts.push({ name: pod.volumes[0].name, mountPath: '/other' });
    }),
  ],
  ['B19.6', 'a port of the node of two pods', 'host-ports/replicas', hostPort(2), hostPort(1)],
  [
    'B19.9',
    'an address of a database outside',
    'connections/outside',
    server({ env: { DB: 'postgres://app.abc.us-west-2.rds.amazonaws.com:5432/app' } }),
    server({
      env: { DB: 'postgres://app.abc.us-west-2.rds.amazonaws.com:5432/app' },
      connectsTo: [Peer.cidr('192.168.0.0/16', 5432)],
    }),
  ],
  [
    'B19.9b',
    'the bare name of a service',
    'connections/undeclared',
    inTenant((t) => {
      web({}, t);
      web({ env: { API: 'http://web:8080' } }, t, 'other');
    }),
    inTenant((t) => {
      const api = web({}, t);
      web({ env: { API: 'http://web:8080' }, connectsTo: [api] }, t, 'other');
    }),
  ],
  ['B19.13', 'fewer pods than none', 'props/invalid', server({ replicas: -1 }), server({ replicas: 0 })],
];

runTrials(TRIALS);

test.each([
  ['preStop', 'spec.template.spec.containers[0].lifecycle.preStop'],
  ['hostAliases', 'spec.template.spec.hostAliases'],
  ['serviceAccountName', 'spec.template.spec.serviceAccountName'],
  ['workingDir', 'spec.template.spec.containers[0].workingDir'],
])('A12.3 the answer to the unknown key %s is where the field belongs', (key, place) => {
  const [found] = findingsOf(server({ [key]: 'x' }));
  expect(found).toMatchObject({ rule: 'props/unknown', field: key, fix: expect.stringContaining(place) });
});
