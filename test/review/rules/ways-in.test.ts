/** Edges of the rules on hosts of load balancers, gRPC, gateways, injected containers, and budgets of members. */
import { budget, namespace, of, policy, scaledObject, service, set, workload } from './support';

const ALB = 'alb.ingress.kubernetes.io/';
const ingress = (
  name: string,
  { host = 'a.example.com', annotations = '', port = 'number: 80', ns = 'shop' }: Readonly<Record<string, string>> = {},
) =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: ${name}, namespace: ${ns}, annotations: { ${ALB}target-type: ip${annotations && `, ${annotations}`} } }, spec: { ingressClassName: alb, rules: [{ host: ${host}, http: { paths: [{ path: /${name}, pathType: Prefix, backend: { service: { name: web, port: { ${port} } } } }] } }] } }`;
const HOST = 'ingress/same-host';
const shared = { annotations: `${ALB}group.name: shop` };

test.each([
  ['two load balancers', set(ingress('a'), ingress('b')), 1],
  ['three load balancers', set(ingress('a'), ingress('b'), ingress('c')), 2],
  ['two namespaces', set(ingress('a'), ingress('a', { ns: 'other' })), 1],
  ['one group', set(ingress('a', shared), ingress('b', shared)), 0],
  ['two groups', set(ingress('a', shared), ingress('b', { annotations: `${ALB}group.name: other` })), 1],
  ['two hosts', set(ingress('a'), ingress('b', { host: 'b.example.com' })), 0],
  ['an inner and an outer one', set(ingress('a'), ingress('b', { annotations: `${ALB}scheme: internet-facing` })), 0],
])('a host of %s', (_, yaml, count) => {
  expect(of(HOST, yaml)).toHaveLength(count);
});

const port = (protocol: string, annotations = '{}') =>
  `{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop, annotations: ${annotations} }, spec: { selector: { app: web }, ports: [{ name: rpc, port: 80, appProtocol: ${protocol} }] } }`;
const VERSION = `${ALB}backend-protocol-version`;
const HTTPS = `${ALB}listen-ports: '[{"HTTPS":443}]'`;

test.each([
  ['HTTP/1.1 to gRPC', port('grpc'), '', 1],
  ['HTTP/1.1 to HTTP/1.1', port('http'), '', 0],
  ['gRPC to gRPC', port('grpc'), `${VERSION}: GRPC, ${HTTPS}`, 0],
  ['gRPC behind a listener without TLS', port('grpc'), `${VERSION}: GRPC, ${ALB}listen-ports: '[{"HTTP":80}]'`, 1],
  ['gRPC by an annotation of the Service', port('grpc', `{ ${VERSION}: GRPC }`), HTTPS, 0],
  ['HTTP/2 to HTTP/2', port('kubernetes.io/h2c'), `${VERSION}: HTTP2`, 0],
  ['HTTP/1.1 to HTTP/2', port('kubernetes.io/h2c'), '', 1],
])('a load balancer that speaks %s', (_, target, annotations, count) => {
  expect(of('ingress/grpc', set(ingress('a', { annotations }), target))).toHaveLength(count);
  expect(of('ingress/grpc', set(ingress('a', { annotations, port: 'name: rpc' }), target))).toHaveLength(count);
});

const GATEWAY = 'gateway.networking.k8s.io/v1';
const route = (refs: string, kind = 'HTTPRoute') =>
  `{ apiVersion: ${GATEWAY}, kind: ${kind}, metadata: { name: r, namespace: shop }, spec: { parentRefs: [{ name: gw }], rules: [{ backendRefs: [${refs}] }] } }`;
const gateway = (name: string) =>
  `{ apiVersion: ${GATEWAY}, kind: Gateway, metadata: { name: gw, namespace: shop }, spec: { gatewayClassName: ${name} } }`;
const ingressFrom = (rule: string) => policy(`podSelector: {}, policyTypes: [Ingress], ingress: [${rule}]`);
const backend = set(workload(), service('selector: { app: web }, ports: [{ port: 80, targetPort: http }]'));
const WEB = '{ name: web, port: 80 }';
const gatewayClass = (name: string, controller: string) =>
  `{ apiVersion: ${GATEWAY}, kind: GatewayClass, metadata: { name: ${name} }, spec: { controllerName: ${controller} } }`;
const OFFICE =
  '{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }, { from: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ports: [{ port: 8080, protocol: UDP }] }';
const udp = set(workload(), service('selector: { app: web }, ports: [{ port: 80, targetPort: http, protocol: UDP }]'));
const ANY_NAMESPACE = '{ from: [{ namespaceSelector: {} }] }';

test.each([
  ['none', set(route(WEB), backend), []],
  ['pods only', set(route(WEB), backend, ingressFrom('{ from: [{ podSelector: {} }] }')), ['warning']],
  ['pods only, for an ALB', set(route(WEB), gateway('aws-alb'), backend, ingressFrom('')), ['error']],
  ['namespaces', set(route(WEB), gateway('istio'), backend, ingressFrom(ANY_NAMESPACE)), []],
  ['namespaces, for an NLB', set(route(WEB), gateway('aws-nlb'), backend, ingressFrom(ANY_NAMESPACE)), ['error']],
  [
    'addresses, on another port',
    set(
      route(WEB),
      gateway('aws-alb'),
      backend,
      ingressFrom('{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 9 }] }'),
    ),
    ['error'],
  ],
  [
    'addresses, by the name of the port',
    set(
      route(WEB),
      gateway('aws-alb'),
      backend,
      ingressFrom('{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: http }] }'),
    ),
    [],
  ],
  [
    'pods only, for another kind',
    set(route('{ group: x, kind: Y, name: web, port: 80 }'), backend, ingressFrom('')),
    [],
  ],
  ['an office, for an ALB', set(route(WEB), gateway('aws-alb'), backend, ingressFrom(OFFICE)), ['warning']],
  ['an office alone', set(route(WEB), backend, ingressFrom(OFFICE)), ['warning']],
  ['an office, for UDP by an NLB', set(route(WEB, 'UDPRoute'), gateway('aws-nlb'), udp, ingressFrom(OFFICE)), []],
  [
    'namespaces, for a class of EKS Auto Mode',
    set(
      route(WEB),
      gateway('own'),
      gatewayClass('own', 'eks.amazonaws.com/gateway-alb'),
      backend,
      ingressFrom(ANY_NAMESPACE),
    ),
    ['error'],
  ],
  [
    'namespaces, for a class of the controller',
    set(route(WEB), gateway('own'), gatewayClass('own', 'gateway.k8s.aws/nlb'), backend, ingressFrom(ANY_NAMESPACE)),
    ['error'],
  ],
  [
    'namespaces, for a class of another controller',
    set(
      route(WEB),
      gateway('aws-alb'),
      gatewayClass('aws-alb', 'example.com/own'),
      backend,
      ingressFrom(ANY_NAMESPACE),
    ),
    [],
  ],
  [
    'namespaces, for a mirror by an ALB',
    set(
      route('').replace('backendRefs: []', `filters: [{ type: RequestMirror, requestMirror: { backendRef: ${WEB} } }]`),
      gateway('aws-alb'),
      backend,
      ingressFrom(ANY_NAMESPACE),
    ),
    ['error'],
  ],
])('policies behind a route that admit %s', (_, yaml, expected) => {
  expect(of('routes/closed-backend', yaml)).toEqual(expected);
});

const INJECTED = 'containers/injected';
const mesh = namespace('shop', '{ istio-injection: enabled }');
const egress = (rule: string, selector = '{}') =>
  policy(`podSelector: ${selector}, policyTypes: [Egress], egress: [${rule}]`);

test.each([
  ['without policies', set(mesh, workload()), 0],
  ['with a closed control plane', set(mesh, workload(), egress('{ ports: [{ port: 443 }] }')), 1],
  ['with an open one', set(mesh, workload(), egress('{ ports: [{ port: 15012 }] }')), 0],
  ['with an open one of a range', set(mesh, workload(), egress('{ ports: [{ port: 15000, endPort: 15100 }] }')), 0],
  ['with a policy for other pods', set(mesh, workload(), egress('', '{ matchLabels: { app: other } }')), 0],
  [
    'with pods that opted out',
    set(mesh, workload({ labels: '{ app: web, sidecar.istio.io/inject: "false" }' }), egress('')),
    0,
  ],
])('a mesh %s', (_, yaml, count) => {
  expect(of(INJECTED, yaml)).toHaveLength(count);
});

const db = (replicas: number, more = ', podManagementPolicy: Parallel') =>
  workload({ kind: 'StatefulSet', name: 'web', spec: `replicas: ${replicas}, serviceName: db${more}` });

test.each([
  ['maxUnavailable: 2', db(3), 1],
  ['maxUnavailable: 2', db(5), 0],
  ['maxUnavailable: 50%', db(4), 1],
  ['minAvailable: 50%', db(3), 0],
  ['minAvailable: 2', db(5), 1],
  ['maxUnavailable: 2', db(3, ''), 0],
  ['maxUnavailable: 2', db(2), 0],
  ['maxUnavailable: 2', workload({ spec: 'replicas: 3' }), 0],
  ['maxUnavailable: 2', set(db(3), workload({ name: 'other', labels: '{ app: web, part: other }' })), 0],
])('a budget of %s and its members', (spec, members, count) => {
  expect(of('disruption-budgets/majority', set(members, budget(spec)))).toHaveLength(count);
});

test.each([
  [2, 1],
  [3, 0],
  [4, 1],
  [6, 0],
])('%s members are advised against: %s', (replicas, count) => {
  expect(of('availability/even-members', db(replicas))).toHaveLength(count);
});

test.each([
  ['minio/minio:1', 0],
  ['postgres:17', 0],
  ['quay.io/coreos/etcd:v3.6.0', 1],
])('members of %s', (image, count) => {
  const members = workload({ kind: 'StatefulSet', spec: 'replicas: 4, podManagementPolicy: Parallel', image });
  expect(of('availability/even-members', members)).toHaveLength(count);
});

test.each([
  ['kubernetes-workload', 0],
  ['aws-sqs-queu', 1],
  ['a-scaler-of-tomorrow', 1],
  ['external', 0],
])('a trigger of type %s', (type, count) => {
  const yaml = scaledObject(`minReplicaCount: 1, triggers: [{ type: ${type}, metadata: {} }]`);
  expect(of('keda/type', set(workload(), yaml))).toHaveLength(count);
});

const CLUSTER = (more: string) =>
  `{ apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: { name: p, region: us-west-2 }, fargateProfiles: [{ name: shop, selectors: [{ namespace: shop }] }]${more} }`;
const GROUP = ', managedNodeGroups: [{ name: w, instanceType: m5.large }]';
const nodePort = service('type: NodePort, selector: { app: web }, ports: [{ port: 80 }]');

test.each([
  ['on Fargate', CLUSTER(''), nodePort, 1],
  ['on Fargate and nodes', CLUSTER(GROUP), nodePort, 0],
  ['on Fargate and hybrid nodes', CLUSTER(', remoteNetworkConfig: {}'), nodePort, 0],
  ['of a ClusterIP', CLUSTER(''), service('selector: { app: web }, ports: [{ port: 80 }]'), 0],
])('a port of nodes %s', (_, cluster, object, count) => {
  expect(of('fargate/node-port', set(cluster, workload(), object))).toHaveLength(count);
});
