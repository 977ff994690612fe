import { effectsOf, object, said } from './support';

const ALB = 'alb.ingress.kubernetes.io/';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
const keyed = (prefix: string, settings: object) =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${prefix}${key}`, value]));

const ingress = (settings: object = {}, spec: object = {}, name = 'web') =>
  object(
    'networking.k8s.io/v1',
    'Ingress',
    name,
    {
      spec: {
        ingressClassName: 'alb',
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
            },
          },
        ],
        ...spec,
      },
    },
    { annotations: keyed(ALB, settings) },
  );
const service = (settings: object = {}, spec: object = {}) =>
  object(
    'v1',
    'Service',
    'web',
    { spec: { type: 'LoadBalancer', ports: [{ port: 80 }], ...spec } },
    { annotations: keyed(NLB, settings) },
  );

const change = (before: object, after: object, ...others: object[]) =>
  said(effectsOf([before, ...others], [after, ...others]), 'load-balancer');

describe('an Ingress', () => {
  const address = 'its address is lost';
  const targets =
    "the target groups of Ingress 'shop/web' are replaced: requests can fail until the new targets are healthy";
  test.each([
    [
      {},
      { scheme: 'internet-facing' },
      `danger: the load balancer of Ingress 'shop/web' is replaced by one that is open to the internet: ${address}`,
    ],
    [{ scheme: 'internal' }, {}, undefined],
    [
      {},
      { 'group.name': 'shared' },
      `danger: Ingress 'shop/web' moves to another load balancer, that of group 'shared': ${address}`,
    ],
    [
      { 'group.name': 'shared' },
      {},
      `danger: Ingress 'shop/web' moves to another load balancer, one of its own: ${address}`,
    ],
    [
      {},
      { 'load-balancer-name': 'a' },
      "notice: the load balancer of Ingress 'shop/web' keeps its name: another one is read only when it is made",
    ],
    [{ 'target-type': 'ip' }, { 'target-type': 'instance' }, `danger: ${targets}`],
    [{}, { 'backend-protocol-version': 'GRPC' }, `danger: ${targets}`],
    [
      { 'listen-ports': '[{"HTTP": 80}]' },
      { 'listen-ports': '[{"HTTPS": 443}]' },
      "danger: the load balancer of Ingress 'shop/web' no longer listens on HTTP 80",
    ],
    [{}, { 'healthcheck-path': '/ready' }, undefined],
  ])('from %j to %j', (before, after, text) => {
    expect(change(ingress(before), ingress(after)).slice(0, 1)).toEqual(text === undefined ? [] : [text]);
  });

  test('its hosts', () => {
    const rules = [{ host: 'www.example.com' }];
    expect(change(ingress(), ingress({}, { rules }))).toEqual([
      "danger: Ingress 'shop/web' no longer answers for shop.example.com",
      "notice: Ingress 'shop/web' answers for www.example.com",
    ]);
  });

  test('that is new, or joins others', () => {
    expect(said(effectsOf([], [ingress({ scheme: 'internet-facing' })]))).toEqual([
      "notice: Ingress 'shop/web' makes a load balancer that is open to the internet",
    ]);
    const one = ingress({ 'group.name': 'shared' });
    expect(said(effectsOf([one], [one, ingress({ 'group.name': 'shared' }, {}, 'api')]))).toEqual([
      "notice: Ingress 'shop/api' adds its rules to the load balancer of group 'shared'",
    ]);
  });

  test('of another class', () => {
    expect(change(ingress(), ingress({}, { ingressClassName: 'nginx' }))).toEqual([
      "danger: Ingress 'shop/web' no longer belongs to the AWS Load Balancer Controller: its load balancer is deleted, and its address is lost",
    ]);
  });

  test('whose parameters change', () => {
    const klass = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'alb' },
      spec: {
        controller: 'ingress.k8s.aws/alb',
        parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'alb' },
      },
    };
    const params = (scheme: string) => ({
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'IngressClassParams',
      metadata: { name: 'alb' },
      spec: { scheme },
    });
    expect(change(params('internal'), params('internet-facing'), klass, ingress())).toEqual([
      `danger: the load balancer of Ingress 'shop/web' is replaced by one that is open to the internet: ${address}`,
    ]);
  });
});

describe('a Service', () => {
  test.each([
    [
      {},
      { scheme: 'internet-facing' },
      "danger: the load balancer of Service 'shop/web' is replaced by one that is open to the internet: its address is lost",
    ],
    [{}, { scheme: 'internal' }, undefined],
    [
      { type: 'nlb' },
      { type: 'external' },
      "danger: Service 'shop/web' goes to another controller: its load balancer is replaced or stays behind, and its address is lost",
    ],
    [
      { 'nlb-target-type': 'ip' },
      { 'nlb-target-type': 'instance' },
      "danger: the target groups of Service 'shop/web' are replaced: connections can fail until the new targets are healthy",
    ],
    [
      {},
      { name: 'a' },
      "notice: the load balancer of Service 'shop/web' keeps its name: another one is read only when it is made",
    ],
    [
      { subnets: 'a' },
      { subnets: 'b' },
      "notice: AWS may refuse other subnets for the load balancer of Service 'shop/web', which exists",
    ],
  ])('from %j to %j', (before, after, text) => {
    expect(change(service(before), service(after))).toEqual(text === undefined ? [] : [text]);
  });

  test('that becomes a load balancer, stops being one, or is left behind', () => {
    const inside = service({}, { type: 'ClusterIP' });
    expect(change(inside, service())).toEqual(["notice: Service 'shop/web' gets a load balancer that is internal"]);
    expect(change(service(), inside)).toEqual([
      "danger: the load balancer of Service 'shop/web' is deleted, and its address is lost",
    ]);
    expect(said(effectsOf([], [service()]))).toEqual([
      "notice: Service 'shop/web' makes a load balancer that is internal",
    ]);
    expect(said(effectsOf([service()], []))).toEqual([
      "notice: Service 'shop/web' stays with its load balancer, which costs as before",
    ]);
  });

  test('whose callers are limited', () => {
    expect(change(service(), service({}, { loadBalancerSourceRanges: ['10.0.0.0/8'] }))).toEqual([
      "notice: the load balancer of Service 'shop/web' can be reached from 10.0.0.0/8 alone",
    ]);
  });
});

test('a Gateway', () => {
  const gateway = (gatewayClassName: string, ...ports: number[]) =>
    object('gateway.networking.k8s.io/v1', 'Gateway', 'edge', {
      spec: { gatewayClassName, listeners: ports.map((port) => ({ name: `p${port}`, protocol: 'HTTP', port })) },
    });
  expect(said(effectsOf([], [gateway('aws-alb', 80)]))).toEqual(["notice: Gateway 'shop/edge' makes a load balancer"]);
  expect(change(gateway('aws-alb', 80), gateway('aws-nlb', 8080))).toEqual([
    "danger: Gateway 'shop/edge' goes to class 'aws-nlb': its load balancer is replaced, and its address is lost",
    "danger: Gateway 'shop/edge' no longer listens on HTTP 80",
    "notice: Gateway 'shop/edge' also listens on HTTP 8080",
  ]);
});
