/** Load balancers, webhooks and routes, each in front of pods that are to be reached. */
import { Expose, Probe } from 'cdk8s-eks-patterns';
import { appOf, newAutoCluster, newCluster, newTenant, web } from '../../support/app';
import {
  custom,
  findingsOf,
  inTenant,
  OF_EVERY_CLUSTER,
  objectIn,
  openTenant,
  type Program,
  runTrials,
  type Trial,
  withRaw,
} from './support';

type Props = Readonly<Record<string, unknown>>;
const server = (props: Props = {}): Program => inTenant((t) => web(props, t));
const alb = (more: object = {}) => Expose.alb({ scheme: 'internet-facing', host: 'shop.example.com', ...more });
const nlb = Expose.nlb({ scheme: 'internet-facing' });
const ATTRIBUTES = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes';
const balancer = (edit: (object: { metadata: { annotations: Record<string, string> }; spec: Props }) => void) =>
  custom({ loadBalancerService: edit });
const keeping = (clients: string) => ({
  expose: nlb,
  ...balancer((object) => {
    object.metadata.annotations[ATTRIBUTES] += `,preserve_client_ip.enabled=${clients}`;
  }),
});
const listening = (ports: readonly object[]) => ({
  port: { http: 8080, https: 8443 },
  expose: nlb,
  ...balancer((object) => void Object.assign(object.spec, { ports })),
});
const GRPC = {
  port: { grpc: { port: 50051, appProtocol: 'grpc' }, health: 8080 },
  probes: { readiness: Probe.http('/r', { port: 'health' }), liveness: Probe.tcp('health') },
};
/** An admission webhook in front of a service. */
const webhook = (port: object, name: string, tenant = newTenant as () => ReturnType<typeof newTenant>): Program =>
  inTenant((t) => {
    web({ port: 9443 }, t);
    withRaw(t, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'check' },
      webhooks: [
        {
          name: 'check.example.com',
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          clientConfig: { service: { name, namespace: 'shop', ...port } },
          rules: [{ apiGroups: ['example.com'], apiVersions: ['v1'], resources: ['things'], operations: ['CREATE'] }],
        },
      ],
    });
  }, tenant);
const api = (name: string): Program =>
  inTenant((t) => {
    web({ port: 443 }, t);
    withRaw(t, {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1.things.example.com' },
      spec: {
        group: 'things.example.com',
        version: 'v1',
        groupPriorityMinimum: 100,
        versionPriority: 10,
        service: { name, namespace: 'shop' },
      },
    });
  }, openTenant);
const route = (name: string, tenant: () => ReturnType<typeof newTenant>): Program =>
  inTenant((t) => {
    web({}, t);
    const group = 'gateway.networking.k8s.io/v1';
    withRaw(
      t,
      {
        apiVersion: group,
        kind: 'GatewayClass',
        metadata: { name: 'aws-alb' },
        spec: { controllerName: 'gateway.k8s.aws/alb' },
      },
      {
        apiVersion: group,
        kind: 'Gateway',
        metadata: { name: 'public' },
        spec: { gatewayClassName: 'aws-alb', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
      },
      {
        apiVersion: group,
        kind: 'HTTPRoute',
        metadata: { name: 'web' },
        spec: { parentRefs: [{ name: 'public' }], rules: [{ backendRefs: [{ name, port: 8080 }] }] },
      },
    );
  }, tenant);
const ingress = (): Program =>
  inTenant((t) => {
    web({}, t);
    withRaw(t, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'web',
        annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal', 'alb.ingress.kubernetes.io/target-type': 'ip' },
      },
      spec: { ingressClassName: 'alb', defaultBackend: { service: { name: 'web', port: { number: 8080 } } } },
    });
  });
/** Two tenants behind load balancers. */
const twoHosts = (one: object, other: object): Program => {
  return () => {
    const cluster = newCluster();
    web({ expose: alb(one) }, newTenant({}, cluster, 'shop'));
    return appOf(web({ expose: alb(other) }, newTenant({}, cluster, 'search')));
  };
};

const TRIALS: readonly Trial[] = [
  [
    'B3.3',
    'a gRPC server that the load balancer cannot ask',
    'props/forbidden',
    server({ ...GRPC, expose: alb() }),
    server({ ...GRPC, probes: { readiness: Probe.grpc(), liveness: Probe.tcp() }, expose: alb() }),
  ],
  [
    'B3.4',
    'several host names in one text',
    'props/invalid',
    server({ expose: alb({ host: 'a.example.com,b.example.com' }) }),
    server({ expose: alb() }),
  ],
  [
    'B4.2',
    'a webhook on a port that its Service does not have',
    'webhooks/service-port',
    webhook({}, 'web', openTenant),
    webhook({ port: 9443 }, 'web', openTenant),
  ],
  [
    'B4.3',
    'a webhook without its Service',
    'webhooks/service-missing',
    webhook({ port: 9443 }, 'nope', openTenant),
    webhook({ port: 9443 }, 'web', openTenant),
  ],
  [
    'B4.4',
    'a route to a Service that is not there',
    'routes/service-missing',
    route('nope', openTenant),
    route('web', openTenant),
  ],
  ['B4.5', 'an API without its Service', 'webhooks/service-missing', api('nope'), api('web')],
  [
    'B19.7',
    'one host of two load balancers',
    'ingress/same-host',
    twoHosts({}, {}),
    twoHosts({}, { host: 'search.example.com' }),
  ],
  [
    'B19.7b',
    'the same with different paths',
    'ingress/same-host',
    twoHosts({ paths: ['/cart'] }, { paths: ['/find'] }),
    twoHosts({ paths: ['/cart'], group: 'shop' }, { paths: ['/find'], group: 'shop' }),
  ],
  [
    'B19.8',
    'a wildcard in a prefix',
    'props/invalid',
    server({ expose: alb({ paths: ['/b/*'] }) }),
    server({ expose: alb({ paths: ['/b'] }) }),
  ],
];

runTrials(TRIALS);

describe('what works as it is written', () => {
  test('B1.1 UDP is open to the clients, whose addresses the load balancer keeps', () => {
    const port = { dns: { port: 1053, protocol: 'UDP' }, health: 8080 };
    const probes = { readiness: Probe.http('/r', { port: 'health' }), liveness: Probe.tcp('health') };
    const { ingress: rules } = objectIn(server({ port, probes, expose: nlb })(), 'NetworkPolicy', 'web').spec;
    expect(rules).toContainEqual({
      from: [{ ipBlock: { cidr: '0.0.0.0/0' } }],
      ports: [{ port: 1053, protocol: 'UDP' }],
    });
  });

  test.each<[string, string, Program]>([
    ['B1.2', 'a load balancer that is edited to keep the addresses of its clients', server(keeping('true'))],
    [
      'B3.2',
      'a listener that is added to a load balancer',
      server(
        listening([
          { name: 'http', port: 80, targetPort: 8080 },
          { name: 'https', port: 443, targetPort: 8443 },
        ]),
      ),
    ],
    ['B4.1', 'a webhook of an isolated service', webhook({ port: 9443 }, 'web')],
    ['B10.1', 'a plain Ingress to isolated pods', ingress()],
    ['B10.2', 'a route to isolated pods', route('web', newTenant)],
  ])('%s %s', (_id, _what, program) => {
    expect(findingsOf(program).map(({ rule }) => rule)).toEqual(OF_EVERY_CLUSTER);
  });

  test('B4.1 the control plane is let in on the port that the webhook names', () => {
    const { ingress: rules } = objectIn(webhook({ port: 9443 }, 'web')(), 'NetworkPolicy', 'web').spec;
    expect(rules).toEqual([
      { from: [{ ipBlock: { cidr: '192.168.0.0/16' } }], ports: [{ port: 9443, protocol: 'TCP' }] },
    ]);
  });

  test.each([
    ['B10.1', ingress()],
    ['B10.2', route('web', newTenant)],
  ])('%s the subnets of the load balancer are let in, with a readiness gate and time to leave', (_id, program) => {
    const app = program();
    const { ingress: rules } = objectIn(app, 'NetworkPolicy', 'web').spec;
    expect(rules).toHaveLength(1);
    expect(rules[0].ports).toEqual([{ port: 8080, protocol: 'TCP' }]);
    const { spec } = objectIn(app, 'Deployment', 'web').spec.template;
    expect([spec.containers[0].lifecycle.preStop.sleep.seconds, spec.terminationGracePeriodSeconds]).toEqual([15, 40]);
    const { labels } = objectIn(app, 'Namespace', 'shop').metadata;
    expect(labels).toHaveProperty(['elbv2.k8s.aws/pod-readiness-gate-inject'], 'enabled');
  });

  test('B11.1 a group of EKS Auto Mode is that of a class', () => {
    const program = () => appOf(web({ expose: alb({ group: 'shared' }) }, newTenant({}, newAutoCluster())));
    const { ingressClassName } = objectIn(program(), 'Ingress', 'web').spec;
    expect(objectIn(program(), 'IngressClassParams', ingressClassName).spec).toEqual({ group: { name: 'shared' } });
  });
});
