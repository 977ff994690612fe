import { KubeObject } from 'cdk8s-eks-patterns';
import { newTenant, web } from '../../support/app';
import { foundInApp, namespace, of, service, set, workload } from './support';

const MISSING = 'routes/service-missing';
const PORT = 'routes/service-port';
const PARENT = 'routes/parent';
const WEB = service('selector: { app: web }, ports: [{ name: http, port: 80 }]');
const route = (backend: string, kind = 'HTTPRoute', more = '') =>
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: ${kind}, metadata: { name: r, namespace: shop }, spec: { ${more}${more && ', '}rules: [{ backendRefs: [{ ${backend} }] }] } }`;
const mirror = (backend: string) =>
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: r, namespace: shop }, spec: { rules: [{ filters: [{ type: RequestMirror, requestMirror: { backendRef: { ${backend} } } }] }] } }`;
const binding = (ref: string) =>
  `{ apiVersion: elbv2.k8s.aws/v1beta1, kind: TargetGroupBinding, metadata: { name: b, namespace: shop }, spec: { serviceRef: { ${ref} }, targetGroupARN: 'arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/a/1' } }`;
const action = (serviceName: string, servicePort: unknown = 80) => ({
  type: 'forward',
  forwardConfig: { targetGroups: [{ serviceName, servicePort }] },
});
const ingress = (backend: object) =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: i, namespace: shop, annotations: { alb.ingress.kubernetes.io/actions.all: ${JSON.stringify(JSON.stringify(backend))} } }, spec: { ingressClassName: alb, defaultBackend: { service: { name: all, port: { name: use-annotation } } } } }`;
const nlb = (backend: object) =>
  `{ apiVersion: v1, kind: Service, metadata: { name: nlb, namespace: shop, annotations: { service.beta.kubernetes.io/actions.TCP-80: ${JSON.stringify(JSON.stringify(backend))} } }, spec: { type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ports: [{ port: 80 }] } }`;
const BACKEND = 'spec.rules[0].backendRefs[0]';
const ALL = "metadata.annotations['alb.ingress.kubernetes.io/actions.all']";

describe(MISSING, () => {
  test.each<[string, string, string[]]>([
    ['of a route', set(WEB, route('name: wbe, port: 80')), [`warning ${BACKEND}`]],
    ['of a route for gRPC', set(WEB, route('name: wbe, port: 80', 'GRPCRoute')), [`warning ${BACKEND}`]],
    [
      'of a mirror',
      set(WEB, mirror('name: wbe, port: 80')),
      ['warning spec.rules[0].filters[0].requestMirror.backendRef'],
    ],
    ['of a binding', set(WEB, binding('name: wbe, port: 80')), ['warning spec.serviceRef']],
    ['of an action', set(WEB, ingress(action('wbe'))), [`warning ${ALL}`]],
    [
      'of an action of a Service',
      set(WEB, nlb(action('wbe'))),
      ["warning metadata.annotations['service.beta.kubernetes.io/actions.TCP-80']"],
    ],
    [
      'where the set shows the whole namespace',
      set(namespace(), workload(), WEB, route('name: wbe, port: 80')),
      [`error ${BACKEND}`],
    ],
    ['a Service that is there', set(WEB, route('name: web, port: 80')), []],
    ['another kind of backend', set(WEB, route('kind: TargetGroupName, group: gateway.k8s.aws, name: wbe')), []],
    ['a set of routes alone', route('name: wbe, port: 80'), []],
    ['another namespace', set(WEB, route('name: web, namespace: other, port: 80')), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(MISSING, yaml)).toEqual(expected);
  });

  test('a Service that exists', () => {
    const existing = [{ kind: 'Service', namespace: 'shop', name: 'wbe' }];
    expect(of(MISSING, set(WEB, route('name: wbe, port: 80')), existing)).toEqual([]);
  });
});

describe(PORT, () => {
  test.each<[string, string, string[]]>([
    ['of a route', set(WEB, route('name: web, port: 8080')), [`error ${BACKEND}`]],
    ['of a route that names none', set(WEB, route('name: web')), [`error ${BACKEND}`]],
    ['of a binding by name', set(WEB, binding('name: web, port: https')), ['error spec.serviceRef']],
    ['of a binding by its name', set(WEB, binding('name: web, port: http')), []],
    ['of an action as text', set(WEB, ingress(action('web', '8080'))), [`error ${ALL}`]],
    ['of an action that names none', set(WEB, ingress(action('web', null))), []],
    ['of an action by number', set(WEB, ingress(action('web', 80))), []],
    [
      'of a Service outside',
      set(service('type: ExternalName, externalName: a.example.com'), route('name: web, port: 443')),
      [],
    ],
  ])('%s', (_what, yaml, expected) => {
    expect(of(PORT, yaml)).toEqual(expected);
  });

  test('of a pattern', () => {
    const shop = newTenant();
    web({}, shop);
    new KubeObject(shop, 'route', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'web' },
      spec: {
        parentRefs: [{ name: 'public', namespace: 'gateways' }],
        rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
      },
    } as never);
    expect(foundInApp(shop, 'routes/')).toEqual([[PORT, 'error', BACKEND]]);
  });
});

describe(PARENT, () => {
  const gateway = (listener: string, ns = 'gateways') =>
    `{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: public, namespace: ${ns} }, spec: { gatewayClassName: alb, listeners: [{ name: http, port: 80, protocol: HTTP, ${listener} }] } }`;
  const FROM_ALL = 'allowedRoutes: { namespaces: { from: All } }';
  const labelled = "allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { public: 'yes' } } } }";
  const to = (ref: string) => route('name: web, port: 80', 'HTTPRoute', `parentRefs: [{ ${ref} }]`);
  const PUBLIC = to('name: public, namespace: gateways');

  test.each<[string, string, number]>([
    ['of a listener that takes routes of every namespace', set(gateway(FROM_ALL), PUBLIC), 0],
    ['of one that takes those of its own', set(gateway(''), PUBLIC), 1],
    ['of its own namespace', set(gateway('', 'shop'), to('name: public')), 0],
    ['by labels', set(gateway(labelled), namespace('shop', "{ public: 'yes' }"), PUBLIC), 0],
    ['by labels that it does not have', set(gateway(labelled), namespace(), PUBLIC), 1],
    ['by labels that are not known', set(gateway(labelled), PUBLIC), 0],
    ['of a missing one', set(gateway(FROM_ALL), to('name: pubic, namespace: gateways')), 1],
    ['without its namespace', set(gateway(FROM_ALL), to('name: public')), 1],
    ['of another set', set(gateway(FROM_ALL), to('name: other, namespace: elsewhere')), 0],
    ['without Gateways in the set', PUBLIC, 0],
    ['of a listener by name', set(gateway(FROM_ALL), to('name: public, namespace: gateways, sectionName: http')), 0],
    ['of a missing listener', set(gateway(FROM_ALL), to('name: public, namespace: gateways, sectionName: https')), 1],
    ['of a missing port', set(gateway(FROM_ALL), to('name: public, namespace: gateways, port: 443')), 1],
    ['of a mesh', set(gateway(FROM_ALL), to("kind: Service, group: '', name: web")), 0],
  ])('%s', (_what, yaml, expected) => {
    expect(of(PARENT, yaml)).toEqual(Array(expected).fill('warning spec.parentRefs[0]'));
  });
});

describe('routes/reference-grant', () => {
  const target = service('selector: { app: web }, ports: [{ port: 80 }]', 'web', 'pages');
  const grant = (from: string, to = "group: '', kind: Service", namespace = 'pages') =>
    `{ apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: { name: routes, namespace: ${namespace} }, spec: { from: [{ group: gateway.networking.k8s.io, ${from} }], to: [{ ${to} }] } }`;
  const SHOP = 'kind: HTTPRoute, namespace: shop';
  const to = route('name: web, namespace: pages, port: 80');

  test.each<[string, string, string[]]>([
    ['no grant', set(target, to), [`warning ${BACKEND}`]],
    ['a grant', set(target, to, grant(SHOP)), []],
    ['a grant for this Service', set(target, to, grant(SHOP, "group: '', kind: Service, name: web")), []],
    [
      'a grant for another Service',
      set(target, to, grant(SHOP, "group: '', kind: Service, name: api")),
      [`warning ${BACKEND}`],
    ],
    ['a grant for another kind', set(target, to, grant('kind: GRPCRoute, namespace: shop')), [`warning ${BACKEND}`]],
    ['a grant in the wrong namespace', set(target, to, grant(SHOP, undefined, 'shop')), [`warning ${BACKEND}`]],
    ['a grant for Secrets', set(target, to, grant(SHOP, "group: '', kind: Secret")), [`warning ${BACKEND}`]],
    ['a Service of its own namespace', set(WEB, route('name: web, port: 80')), []],
    ['a Service of another set', to, []],
  ])('%s', (_what, yaml, found) => {
    expect(of('routes/reference-grant', yaml)).toEqual(found);
  });
});

describe('the class of a Gateway', () => {
  const gateway = (name: string) =>
    `{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: public, namespace: shop }, spec: { gatewayClassName: ${name}, listeners: [{ name: http, port: 80, protocol: HTTP }] } }`;
  const gatewayClass = (controller: string) =>
    `{ apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: { name: public }, spec: { controllerName: ${controller} } }`;
  const MADE = gatewayClass('gateway.k8s.aws/alb');
  const AUTO = gatewayClass('eks.amazonaws.com/gateway-alb');
  const CLUSTER = (more: string) =>
    `{ apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: { name: p, region: us-west-2, version: '1.35' }, ${more} }`;
  const ON_AUTO = CLUSTER('autoModeConfig: { enabled: true }');
  const ON_GROUPS = CLUSTER('managedNodeGroups: [{ name: w, instanceType: m5.large }]');

  test.each<[string, string, string[]]>([
    ['in the set', set(MADE, gateway('public')), []],
    ['that nothing makes', gateway('public'), ['warning spec.gatewayClassName']],
    ['with another name', set(MADE, gateway('pubilc')), ['warning spec.gatewayClassName']],
    ['that its controller makes', gateway('istio'), []],
    [
      'that nothing makes, of a set beside its cluster',
      set(ON_GROUPS, gateway('public')),
      ['warning spec.gatewayClassName'],
    ],
  ])('%s', (_what, yaml, expected) => {
    expect(of('routes/class', yaml)).toEqual(expected);
  });

  test('that exists', () => {
    expect(of('routes/class', gateway('public'), [{ kind: 'GatewayClass', namespace: '', name: 'public' }])).toEqual(
      [],
    );
  });

  test('of the other compute mode', () => {
    const found = (...yaml: string[]) => of('compute-mode/served', set(...yaml, gateway('public')));
    expect(found(ON_AUTO, MADE)).toEqual(['error spec.controllerName']);
    expect(found(ON_GROUPS, AUTO)).toEqual(['error spec.controllerName']);
    expect(found(ON_AUTO, AUTO)).toEqual([]);
    expect(found(ON_GROUPS, MADE)).toEqual([]);
    expect(found(ON_AUTO, gatewayClass('istio.io/gateway-controller'))).toEqual([]);
  });

  test('in an app, of which the whole set is known', () => {
    const shop = newTenant();
    new KubeObject(shop, 'gateway', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'public' },
      spec: { gatewayClassName: 'public', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
    } as never);
    expect(foundInApp(shop, 'routes/class')).toEqual([['routes/class', 'error', 'spec.gatewayClassName']]);
  });
});
