/** What objects of the app that name a Service bring to the workload behind it: its way in, its gate, its sleep and its drain. */
import { Expose, KubeObject, Probe, type StatefulService, type Tenant, type WebService } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import type { Construct } from 'constructs';
import {
  appOf,
  existingCluster,
  find,
  type Manifest,
  manifests,
  newApp,
  newAutoCluster,
  newTenant,
  stateful,
  synth,
  web,
} from '../support/app';

const ALB = 'alb.ingress.kubernetes.io/';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
const GATE = 'elbv2.k8s.aws/pod-readiness-gate-inject';
const GATEWAY = 'gateway.networking.k8s.io/v1';
const block = (cidr: string) => ({ ipBlock: { cidr } });
const VPC = [block('192.168.0.0/16')];
const PUBLIC = ['192.168.0.0/19', '192.168.32.0/19', '192.168.64.0/19'].map(block);
const PRIVATE = ['192.168.96.0/19', '192.168.128.0/19', '192.168.160.0/19'].map(block);
const tcp = (...ports: number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));

let made = 0;
function raw(scope: Construct, ...objects: readonly object[]): void {
  for (const object of objects) {
    new KubeObject(scope, `Raw${made++}`, object as never);
  }
}
const ingress = (
  annotations: Record<string, string> = {},
  port: object = { number: 8080 },
  name = 'web',
  className = 'alb',
) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: {
    name: 'edge',
    annotations: Object.fromEntries(
      Object.entries({ 'target-type': 'ip', scheme: 'internal', ...annotations }).map(([key, value]) => [
        ALB + key,
        value,
      ]),
    ),
  },
  spec: { ingressClassName: className, defaultBackend: { service: { name, port } } },
});
const HTTPS = {
  'listen-ports': '[{"HTTPS":443}]',
  'certificate-arn': 'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012',
};
const action = (serviceName: string, servicePort: number | string = 8080) =>
  JSON.stringify({ type: 'forward', forwardConfig: { targetGroups: [{ serviceName, servicePort }] } });
const binding = (more: object = { targetType: 'ip' }, apiVersion = 'elbv2.k8s.aws/v1beta1') => ({
  apiVersion,
  kind: 'TargetGroupBinding',
  metadata: { name: 'edge' },
  spec: {
    serviceRef: { name: 'web', port: 8080 },
    targetGroupARN: 'arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/a/0123456789abcdef',
    ...more,
  },
});
const gatewayClass = (controllerName = 'gateway.k8s.aws/alb', more: object = {}) => ({
  apiVersion: GATEWAY,
  kind: 'GatewayClass',
  metadata: { name: 'edge' },
  spec: { controllerName, ...more },
});
const gateway = (more: object = {}) => ({
  apiVersion: GATEWAY,
  kind: 'Gateway',
  metadata: { name: 'edge' },
  spec: { gatewayClassName: 'edge', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }], ...more },
});
const route = (kind = 'HTTPRoute', backend: object = { name: 'web', port: 8080 }) => ({
  apiVersion: GATEWAY,
  kind,
  metadata: { name: 'edge' },
  spec: { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [backend] }] },
});
const configuration = (spec: object) => ({
  apiVersion: 'gateway.k8s.aws/v1beta1',
  kind: 'LoadBalancerConfiguration',
  metadata: { name: 'edge' },
  spec,
});
const CONFIGURED = {
  infrastructure: { parametersRef: { group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration', name: 'edge' } },
};
const webhook = (port: number | undefined = 8080, kind = 'ValidatingWebhookConfiguration') => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  metadata: { name: 'check' },
  webhooks: [
    {
      name: 'check.example.com',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      clientConfig: { service: { name: 'web', namespace: 'shop', port } },
      rules: [{ apiGroups: ['example.com'], apiVersions: ['v1'], resources: ['things'], operations: ['CREATE'] }],
    },
  ],
});
const api = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1.things.example.com' },
  spec: {
    group: 'things.example.com',
    version: 'v1',
    groupPriorityMinimum: 100,
    versionPriority: 10,
    service: { name: 'web', namespace: 'shop', port: 8080 },
  },
};
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Thing', plural: 'things' },
    conversion: {
      strategy: 'Webhook',
      webhook: {
        conversionReviewVersions: ['v1'],
        clientConfig: { service: { namespace: 'shop', name: 'web', port: 8080 } },
      },
    },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};
const service = (spec: object, annotations: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'edge', annotations },
  spec: {
    selector: { 'app.kubernetes.io/name': 'web' },
    ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    ...spec,
  },
});

type Props = Readonly<Record<string, unknown>>;

interface Brought {
  readonly ingress: readonly { readonly from?: unknown; readonly ports?: unknown }[];
  readonly gate: boolean;
  readonly sleep: number | undefined;
  readonly grace: number | undefined;
}

/** What is rendered of a workload, and of its namespace. */
function broughtTo(workload: WebService<string> | StatefulService<string>): Brought {
  const { deployment } = workload as { readonly deployment?: WebService['deployment'] };
  const controller = deployment ?? (workload as StatefulService<string>).statefulSet;
  const { spec } = controller!.toJson().spec.template;
  const { labels } = (workload.node.scope as Tenant).namespaceObject.toJson().metadata;
  return {
    ingress: workload.networkPolicy!.toJson().spec.ingress ?? [],
    gate: labels?.[GATE] === 'enabled',
    sleep: spec.containers[0]!.lifecycle?.preStop?.sleep?.seconds,
    grace: spec.terminationGracePeriodSeconds,
  };
}

/** The rules of what is found in an app, advice aside: that the API server is open to the internet is always found. */
const foundIn = (construct: Construct) =>
  Testing.findings(construct)
    .filter(({ rule, severity }) => severity !== 'advice' && rule !== 'X32')
    .map(({ rule }) => rule);

/** A WebService named 'web', and objects in its tenant, which are written before or behind it. */
function brought(objects: readonly object[], props: Props = {}, tenant: Tenant = newTenant(), before = false): Brought {
  if (before) {
    raw(tenant, ...objects);
  }
  const workload = web(props, tenant);
  if (!before) {
    raw(tenant, ...objects);
  }
  return broughtTo(workload);
}

const BALANCED = { gate: true, sleep: 15, grace: 40 };
const SERVICE = { gate: false, sleep: 5, grace: 30 };
const AUTO = /eks\.amazonaws\.com/;
const TWO = { port: { http: 8080, admin: 9090 } };

test('without such objects a service is behind its Service alone', () => {
  expect(brought([])).toEqual({ ingress: [], ...SERVICE });
});

describe('a load balancer that an object makes', () => {
  test.each<[string, readonly object[], readonly object[]]>([
    ['an Ingress', [ingress()], PRIVATE],
    ['an Ingress on the internet', [ingress({ scheme: 'internet-facing', ...HTTPS })], PUBLIC],
    ['an Ingress by the name of the port', [ingress({}, { name: 'http' })], PRIVATE],
    ['an Ingress in given subnets', [ingress({ subnets: 'subnet-0123456789abcdef0' })], VPC],
    [
      'an action of an Ingress',
      [ingress({ 'actions.all': action('web') }, { name: 'use-annotation' }, 'all')],
      PRIVATE,
    ],
    ['a binding', [binding()], [...PUBLIC, ...PRIVATE]],
    ['a binding of Auto Mode', [binding({}, 'eks.amazonaws.com/v1')], [...PUBLIC, ...PRIVATE]],
    ['a route', [gatewayClass(), gateway(), route()], PRIVATE],
    ['a route of gRPC', [gatewayClass(), gateway(), route('GRPCRoute')], PRIVATE],
    ['a route by an NLB', [gatewayClass('gateway.k8s.aws/nlb'), gateway(), route('TCPRoute')], PRIVATE],
    ['a route of a Gateway of Auto Mode', [gatewayClass('eks.amazonaws.com/gateway-alb'), gateway(), route()], PRIVATE],
    [
      'a route of a Gateway on the internet',
      [gatewayClass(), gateway(CONFIGURED), configuration({ scheme: 'internet-facing' }), route()],
      PUBLIC,
    ],
    [
      'a route of a Gateway whose class is on the internet',
      [
        gatewayClass('gateway.k8s.aws/alb', {
          parametersRef: {
            group: 'gateway.k8s.aws',
            kind: 'LoadBalancerConfiguration',
            name: 'edge',
            namespace: 'shop',
          },
        }),
        gateway(),
        configuration({ scheme: 'internet-facing' }),
        route(),
      ],
      PUBLIC,
    ],
    [
      'a route of a Gateway with settings of another app',
      [gatewayClass(), gateway(CONFIGURED), route()],
      [...PUBLIC, ...PRIVATE],
    ],
    [
      'a Service of type LoadBalancer',
      [
        service(
          { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' },
          { [`${NLB}nlb-target-type`]: 'ip' },
        ),
      ],
      PRIVATE,
    ],
    [
      'a Service of type LoadBalancer on the internet',
      [
        service(
          { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' },
          { [`${NLB}nlb-target-type`]: 'ip', [`${NLB}scheme`]: 'internet-facing' },
        ),
      ],
      PUBLIC,
    ],
    [
      'a listener of a Service',
      [
        service(
          { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb', selector: undefined },
          { [`${NLB}nlb-target-type`]: 'ip', 'service.beta.kubernetes.io/actions.TCP-80': action('web') },
        ),
      ],
      PRIVATE,
    ],
  ])('%s opens the pods, and gives them gate and sleep', (_what, objects, from) => {
    const expected = { ingress: [{ from, ports: tcp(8080) }], ...BALANCED };
    const tenant = newTenant();
    expect(brought(objects, {}, tenant)).toEqual(expected);
    if (!AUTO.test(JSON.stringify(objects))) {
      expect(foundIn(tenant)).toEqual([]);
    }
    // in whatever order the program creates them
    expect(brought(objects, {}, undefined, true)).toEqual(expected);
  });

  test.each<[string, readonly object[], readonly object[]]>([
    ['an Ingress', [ingress({ 'target-type': 'instance' })], VPC],
    ['a binding', [binding({ targetType: 'instance' })], VPC],
    ['a Service', [service({ type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' })], VPC],
    ['a Service of type NodePort', [service({ type: 'NodePort' })], VPC],
  ])('%s with nodes as targets opens them to nodes', (_what, objects, from) => {
    expect(brought(objects)).toEqual({ ingress: [{ from, ports: tcp(8080) }], ...SERVICE });
  });

  test('only the port that is named, and the one of its health check', () => {
    expect(brought([ingress()], TWO).ingress).toEqual([{ from: PRIVATE, ports: tcp(8080) }]);
    expect(brought([ingress({ 'healthcheck-port': '9090' })], TWO).ingress).toEqual([
      { from: PRIVATE, ports: tcp(8080, 9090) },
    ]);
    expect(brought([ingress({ 'healthcheck-port': 'admin' })], TWO).ingress[0]!.ports).toEqual(tcp(8080, 9090));
    expect(brought([ingress({ 'healthcheck-port': 'traffic-port' })], TWO).ingress[0]!.ports).toEqual(tcp(8080));
  });

  test('of a target group, whose health check is elsewhere, the port of the readiness probe too', () => {
    const probes = { readiness: Probe.http('/r', { port: 'admin' }), liveness: Probe.tcp('admin') };
    expect(brought([binding()], { ...TWO, probes }).ingress[0]!.ports).toEqual(tcp(8080, 9090));
  });

  test('a port that the Service does not have opens nothing', () => {
    expect(brought([ingress({}, { number: 81 })])).toMatchObject({ ingress: [] });
  });

  test('UDP is open to clients, whose addresses it keeps', () => {
    const port = { dns: { port: 1053, protocol: 'UDP' }, health: 8080 };
    const probes = { readiness: Probe.http('/r', { port: 'health' }), liveness: Probe.tcp('health') };
    const objects = [
      gatewayClass('gateway.k8s.aws/nlb'),
      gateway(CONFIGURED),
      configuration({ scheme: 'internet-facing' }),
      route('UDPRoute', { name: 'web', port: 1053 }),
    ];
    expect(brought(objects, { port, probes }).ingress).toEqual([
      { from: [block('0.0.0.0/0')], ports: [{ port: 1053, protocol: 'UDP' }] },
      { from: PUBLIC, ports: tcp(8080) },
    ]);
  });

  test('a Service that keeps the addresses of clients is open to them, as far as it lets them in', () => {
    const local = { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb', externalTrafficPolicy: 'Local' };
    const scheme = { [`${NLB}scheme`]: 'internet-facing' };
    expect(brought([service(local, scheme)]).ingress).toEqual([
      { from: VPC, ports: tcp(8080) },
      { from: [block('0.0.0.0/0')], ports: tcp(8080) },
    ]);
    const limited = { ...local, loadBalancerSourceRanges: ['203.0.113.0/24'] };
    expect(brought([service(limited, scheme)]).ingress[1]!.from).toEqual([block('203.0.113.0/24')]);
  });

  test('the subnets of another cluster', () => {
    const cluster = existingCluster(newApp(), { loadBalancerSubnets: { private: ['10.1.0.0/20'] } });
    expect(brought([binding()], {}, newTenant({}, cluster)).ingress[0]!.from).toEqual([block('10.1.0.0/20')]);
  });

  test.each<[string, readonly object[]]>([
    ['ingress/closed-backend', [ingress()]],
    ['routes/closed-backend', [binding()]],
  ])('subnets that nobody said are asked for by %s', (rule, objects) => {
    const tenant = newTenant({}, existingCluster());
    expect(brought(objects, {}, tenant)).toEqual({ ingress: [], ...BALANCED });
    const found = Testing.findings(tenant).filter((one) => one.rule === rule);
    expect(found).toMatchObject([{ severity: 'error', fix: expect.stringContaining('loadBalancerSubnets') }]);
  });

  test('the gate of EKS Auto Mode', () => {
    const tenant = newTenant({}, newAutoCluster());
    raw(tenant, ingress());
    const { labels } = find(manifests(appOf(web({}, tenant))), 'Namespace', 'shop').metadata;
    expect(labels).toHaveProperty(['eks.amazonaws.com/pod-readiness-gate-inject'], 'enabled');
  });

  test('what a workload says of its end stays', () => {
    expect(brought([ingress()], { shutdown: { sleep: '20s', drain: '5s' } })).toMatchObject({ sleep: 20, grace: 30 });
  });

  test('a route of another namespace', () => {
    const tenant = newTenant();
    const workload = web({}, tenant);
    const edge = newTenant({}, tenant.node.scope as Construct, 'edge');
    raw(edge, gatewayClass(), gateway(), route('HTTPRoute', { name: 'web', namespace: 'shop', port: 8080 }));
    expect(broughtTo(workload)).toEqual({ ingress: [{ from: PRIVATE, ports: tcp(8080) }], ...BALANCED });
    const labels = find(manifests(appOf(workload)), 'Namespace', 'edge').metadata.labels;
    expect(labels[GATE]).toBeUndefined();
  });
});

describe('who is no load balancer of AWS', () => {
  const nginx = (controller = 'k8s.io/ingress-nginx') => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller },
  });
  const plain = { ...ingress({}, { number: 8080 }, 'web', 'nginx'), metadata: { name: 'edge' } };

  test('a controller of which the namespace is known is let in', () => {
    expect(brought([nginx(), plain])).toEqual({
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }],
          ports: tcp(8080),
        },
      ],
      ...SERVICE,
    });
  });

  test.each<[string, readonly object[]]>([
    ['an Ingress of another controller', [nginx('example.com/own'), plain]],
    ['an Ingress of a class elsewhere', [plain]],
    ['a route of another controller', [gatewayClass('istio.io/gateway-controller'), gateway(), route()]],
    ['a route of a Gateway elsewhere', [route()]],
  ])('%s is not', (_what, objects) => {
    expect(brought(objects)).toEqual({ ingress: [], ...SERVICE });
  });
});

describe('the control plane', () => {
  test.each<[string, object]>([
    ['an admission webhook', webhook()],
    ['a mutating one', webhook(8080, 'MutatingWebhookConfiguration')],
    ['a conversion', definition],
    ['an aggregated API', api],
  ])('is let in by %s', (_what, object) => {
    expect(brought([object])).toEqual({ ingress: [{ from: VPC, ports: tcp(8080) }], ...SERVICE });
  });

  test('on the ports that several name, in one rule', () => {
    const admin = { ...webhook(9090), metadata: { name: 'other' } };
    expect(brought([webhook(), admin, api], TWO).ingress).toEqual([{ from: VPC, ports: tcp(8080, 9090) }]);
  });

  test('is not by a URL, nor by another port', () => {
    const url = {
      ...webhook(),
      webhooks: [{ ...webhook().webhooks[0], clientConfig: { url: 'https://a.example.com' } }],
    };
    expect(brought([url]).ingress).toEqual([]);
    expect(brought([webhook(443)]).ingress).toEqual([]);
  });
});

describe('the Service that is named', () => {
  test('is one that the program writes', () => {
    const own = service({ ports: [{ port: 80, targetPort: 'admin' }] });
    expect(brought([own, ingress({}, { number: 80 }, 'edge')], TWO).ingress).toEqual([
      { from: PRIVATE, ports: tcp(9090) },
    ]);
  });

  test.each<[string, Record<string, string>, boolean]>([
    ['of the name', { 'app.kubernetes.io/name': 'web' }, true],
    [
      'of the name and of what the pods have',
      { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' },
      true,
    ],
    ['of the name and of what a program adds', { 'app.kubernetes.io/name': 'web', role: 'primary' }, true],
    ['of another part', { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'other' }, false],
    ['of a label that the props give', { tier: 'front' }, true],
    ['of another value', { tier: 'back' }, false],
    ['of another name', { 'app.kubernetes.io/name': 'other' }, false],
    ['without labels', {}, false],
  ])('by its selector, %s', (_what, selector, opens) => {
    const own = service({ selector });
    const { ingress: rules } = brought([own, ingress({}, { number: 80 }, 'edge')], { labels: { tier: 'front' } });
    expect(rules).toHaveLength(opens ? 1 : 0);
  });

  test('is one for some of the pods', () => {
    const tenant = newTenant();
    const workload = web(TWO, tenant);
    const canary = workload.addService('canary', { podLabels: { track: 'canary' } });
    raw(tenant, ingress({}, { number: 9090 }, canary.name));
    expect(broughtTo(workload)).toEqual({ ingress: [{ from: PRIVATE, ports: tcp(9090) }], ...BALANCED });
  });

  test('is one for a member', () => {
    const tenant = newTenant();
    const store = stateful({}, tenant);
    const own = service({ selector: { 'statefulset.kubernetes.io/pod-name': 'store-0' }, ports: [{ port: 7000 }] });
    raw(tenant, own, ingress({}, { number: 7000 }, 'edge'));
    expect(broughtTo(store)).toMatchObject({ ingress: [{ from: PRIVATE, ports: tcp(7000) }], gate: true, sleep: 15 });
  });

  test('is that of a StatefulService', () => {
    const tenant = newTenant();
    const store = stateful({}, tenant);
    raw(tenant, ingress({}, { number: 7000 }, 'store'));
    expect(broughtTo(store)).toMatchObject({
      ingress: [{ from: PRIVATE, ports: tcp(7000) }],
      gate: true,
      sleep: 15,
    });
  });
});

describe('the drain of targets', () => {
  const ATTRIBUTES = `${ALB}target-group-attributes`;
  const annotationsOf = (objects: readonly object[], props: Props = {}): Manifest['metadata']['annotations'] => {
    const tenant = newTenant();
    const workload = web(props, tenant);
    raw(tenant, ...objects);
    return workload.service.toJson().metadata.annotations;
  };

  test('of an Ingress that does not say it is that of the pods', () => {
    expect(annotationsOf([ingress()])).toEqual({ [ATTRIBUTES]: 'deregistration_delay.timeout_seconds=35' });
    expect(annotationsOf([ingress()], { shutdown: { drain: '40s' } })).toEqual({
      [ATTRIBUTES]: 'deregistration_delay.timeout_seconds=55',
    });
  });

  test.each<[string, readonly object[]]>([
    ['of an Ingress that says it', [ingress({ 'target-group-attributes': 'stickiness.enabled=true' })]],
    ['of nodes', [ingress({ 'target-type': 'instance' })]],
    ['of a binding, whose target group is elsewhere', [binding()]],
    ['of a Service of its own', [service({}), ingress({}, { number: 80 }, 'edge')]],
    ['of none', []],
  ])('%s is not written', (_what, objects) => {
    expect(annotationsOf(objects)).toBeUndefined();
  });
});

describe('objects of patterns', () => {
  const alb = Expose.alb({ scheme: 'internal', host: 'shop.example.com' });
  const nlb = Expose.nlb({ scheme: 'internal' });
  // biome-ignore lint/suspicious/noExplicitAny: edits walk into plain manifests
  const edited = (props: Props, edits: Readonly<Record<string, (object: any) => void>>) =>
    broughtTo(web({ ...props, customize: edits }));

  test('say nothing new by themselves, nor edited in other things', () => {
    const expected = { ingress: [{ from: PRIVATE, ports: tcp(8080) }], ...BALANCED };
    expect(broughtTo(web({ expose: alb }))).toEqual(expected);
    const noted = (object: Manifest) => void Object.assign(object.metadata.annotations, { note: 'a' });
    expect(edited({ expose: alb }, { ingress: noted })).toEqual(expected);
    expect(edited({ expose: nlb }, { loadBalancerService: noted })).toEqual(expected);
  });

  test('an action that an edit adds to an Ingress', () => {
    const tenant = newTenant();
    const other = web({}, tenant, 'other');
    const main = web({ expose: alb }, tenant);
    main.ingress!.customize((object) => {
      object.metadata.annotations![`${ALB}actions.other`] = action('other');
    });
    expect(broughtTo(other)).toEqual({ ingress: [{ from: PRIVATE, ports: tcp(8080) }], ...BALANCED });
    expect(main.networkPolicy!.toJson().spec.ingress).toHaveLength(1);
    expect(foundIn(tenant)).toEqual([]);
  });

  test('or that is added by metadata', () => {
    const tenant = newTenant();
    const other = web({}, tenant, 'other');
    web({ expose: alb }, tenant).ingress!.metadata.addAnnotation(`${ALB}actions.other`, action('other'));
    expect(broughtTo(other)).toMatchObject(BALANCED);
  });

  test('a listener that an edit adds to a load balancer', () => {
    const two = (object: Manifest) => void object.spec.ports.push({ name: 'admin', port: 9090, targetPort: 9090 });
    expect(edited({ ...TWO, expose: nlb }, { loadBalancerService: two }).ingress).toEqual([
      { from: PRIVATE, ports: tcp(8080, 9090) },
    ]);
  });

  test('a port that an edit adds to the Service of a node port', () => {
    const two = (object: Manifest) => void object.spec.ports.push({ name: 'admin', port: 91, targetPort: 9091 });
    expect(edited({ expose: Expose.nodePort() }, { service: two }).ingress).toEqual([
      { from: VPC, ports: tcp(8080, 9091) },
    ]);
  });

  test('addresses of clients that an edit keeps', () => {
    const key = `${NLB}target-group-attributes`;
    const keep = ({ metadata }: Manifest) =>
      void Object.assign(metadata.annotations, { [key]: 'preserve_client_ip.enabled=true' });
    expect(edited({ expose: nlb }, { loadBalancerService: keep }).ingress).toEqual([
      { from: PRIVATE, ports: tcp(8080) },
      { from: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].map(block), ports: tcp(8080) },
    ]);
  });

  test('a Service that an edit makes a load balancer', () => {
    const balanced = (object: Manifest) =>
      void Object.assign(object.spec, { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' });
    expect(edited({}, { service: balanced }).ingress).toEqual([{ from: VPC, ports: tcp(8080) }]);
  });

  test('an object that the program writes below a workload', () => {
    const workload = web();
    raw(workload, ingress());
    expect(broughtTo(workload)).toEqual({ ingress: [{ from: PRIVATE, ports: tcp(8080) }], ...BALANCED });
  });

  test('the class of an Ingress of EKS Auto Mode, which the cluster makes', () => {
    const tenant = newTenant({}, newAutoCluster());
    const plain = { ...ingress(), metadata: { name: 'edge' } };
    expect(brought([plain], {}, tenant).ingress).toEqual([{ from: PRIVATE, ports: tcp(8080) }]);
  });

  test('weights are counted once, in an edited Ingress as well', () => {
    const made = (edit: boolean) => {
      const tenant = newTenant();
      const canary = web({}, tenant, 'canary');
      const expose = Expose.alb({ scheme: 'internal', host: 'a.example.com', weights: [{ to: canary, weight: 10 }] });
      const main = web({ expose }, tenant);
      if (edit) {
        main.ingress!.customize((object) => {
          object.metadata.annotations!.note = 'a';
        });
      }
      return broughtTo(canary);
    };
    expect(made(true)).toEqual(made(false));
  });

  test('the drain in an edited Ingress is that of its pods, once other objects are read', () => {
    const tenant = newTenant();
    const workload = web({ expose: Expose.clusterIp() }, tenant);
    const main = web({ expose: alb }, tenant, 'main');
    main.ingress!.customize((object) => {
      object.metadata.annotations![`${ALB}actions.web`] = action('web');
    });
    raw(tenant, ingress({}, { number: 8080 }, 'main'));
    const objects = manifests(appOf(workload));
    expect(find(objects, 'Ingress', 'main').metadata.annotations[`${ALB}target-group-attributes`]).toBe(
      'deregistration_delay.timeout_seconds=35',
    );
  });
});

test('an object that cannot be rendered is left out, and reported', () => {
  const tenant = newTenant();
  const workload = web({}, tenant);
  raw(tenant, ingress());
  const broken = web({ expose: Expose.alb({ scheme: 'internal', host: 'a.example.com' }) }, tenant, 'broken');
  broken.ingress!.customize(() => {
    throw new Error('no');
  });
  expect(workload.networkPolicy!.toJson().spec.ingress).toHaveLength(1);
  expect(() => synth(appOf(workload))).toThrow('an edit of Ingress');
});
