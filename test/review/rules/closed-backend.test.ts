/** Pods that are called from outside of the cluster, and are isolated. */
import { Expose, KubeObject } from 'cdk8s-eks-patterns';
import { newTenant, web } from '../../support/app';
import { findingsIn, foundInApp, of, policy, service, set, workload } from './support';

const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
const POD = workload();
const from = (peers: string, ports = '') =>
  policy(`podSelector: {}, policyTypes: [Ingress], ingress: [{ from: [${peers}]${ports} }]`);
const VPC = from('{ ipBlock: { cidr: 10.0.0.0/16 } }');
const INTERNET = from(
  '{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10] } }',
);
const OFFICE = from('{ ipBlock: { cidr: 203.0.113.0/24 } }');
const PODS = from('{ podSelector: {} }');
const PORTS = 'selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }]';
const annotated = (spec: string, annotations: Record<string, string>) =>
  service(spec).replace('labels: {}', `annotations: ${JSON.stringify(annotations)}`);
const balancer = (more: string, annotations: Record<string, string> = {}) =>
  annotated(
    `type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ${more}${more && ', '}${PORTS}`,
    Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${NLB}${key}`, value])),
  );
const nodePort = (more = '') => service(`type: NodePort, ${more}${PORTS}`);
const IP = { 'nlb-target-type': 'ip' };
const PUBLIC = { scheme: 'internet-facing' };

describe('load-balancers/closed-backend', () => {
  test.each<[string, string, string[]]>([
    ['instance targets', set(balancer(''), POD, PODS), ['error']],
    ['IP targets', set(balancer('', IP), POD, PODS), ['error']],
    ['a deny of everything', set(balancer('', IP), POD, policy('podSelector: {}')), ['error']],
    ['a node port', set(nodePort(), POD, PODS), ['warning']],
    [
      'a node port with the addresses of clients',
      set(nodePort('externalTrafficPolicy: Local, '), POD, PODS),
      ['warning'],
    ],
    [
      'another port',
      set(balancer(''), POD, from('{ ipBlock: { cidr: 10.0.0.0/16 } }', ', ports: [{ port: 80 }]')),
      ['error'],
    ],
    [
      'another protocol',
      set(balancer(''), POD, from('{ ipBlock: { cidr: 10.0.0.0/16 } }', ', ports: [{ port: 8080, protocol: UDP }]')),
      ['error'],
    ],
    ['clients where the source is the node', set(balancer('', PUBLIC), POD, OFFICE), ['warning']],
    ['the internet alone where the source is the load balancer', set(balancer('', IP), POD, INTERNET), ['warning']],
    [
      'the nodes where the source is the client',
      set(balancer('externalTrafficPolicy: Local', PUBLIC), POD, VPC),
      ['warning'],
    ],
    [
      'the VPC where client addresses are kept',
      set(balancer('', { ...IP, ...PUBLIC, 'target-group-attributes': 'preserve_client_ip.enabled=true' }), POD, VPC),
      ['warning'],
    ],
  ])('policies that do not admit who calls: %s', (_what, yaml, expected) => {
    expect(of('load-balancers/closed-backend', yaml)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['a range of the VPC', set(balancer(''), POD, VPC)],
    ['every address', set(balancer('', IP), POD, from(''))],
    [
      'the port by its name',
      set(balancer(''), POD, from('{ ipBlock: { cidr: 10.0.0.0/16 } }', ', ports: [{ port: http }]')),
    ],
    ['another policy that adds them', set(balancer(''), POD, PODS, VPC.replace('name: policy', 'name: more'))],
    ['no isolation', set(balancer(''), POD)],
    ['egress alone', set(balancer(''), POD, policy('podSelector: {}, policyTypes: [Egress]'))],
    ['clients that are preserved', set(balancer('externalTrafficPolicy: Local', PUBLIC), POD, OFFICE)],
    [
      'an internal load balancer with the addresses of clients',
      set(balancer('externalTrafficPolicy: Local'), POD, VPC),
    ],
    [
      'preserved addresses that are switched off',
      set(
        balancer('externalTrafficPolicy: Local', {
          ...PUBLIC,
          'target-group-attributes': 'preserve_client_ip.enabled=false',
        }),
        POD,
        VPC,
      ),
    ],
    ['a Service inside', set(service(PORTS), POD, PODS)],
    ['a Service without pods in the set', set(balancer(''), PODS)],
    ['pods on the network of the node', set(balancer(''), workload({ pod: 'hostNetwork: true' }), PODS)],
  ])('no finding: %s', (_what, yaml) => {
    expect(of('load-balancers/closed-backend', yaml)).toEqual([]);
  });
});

describe('ingress/closed-backend', () => {
  const ingress = (port = 'number: 80') =>
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, annotations: { alb.ingress.kubernetes.io/target-type: ip } }, spec: { ingressClassName: alb, defaultBackend: { service: { name: web, port: { ${port} } } } } }`;

  test.each<[string, string, string[]]>([
    ['pods alone', set(ingress(), nodePort(), POD, PODS), ['error']],
    [
      'another port',
      set(
        ingress('name: http'),
        nodePort(),
        POD,
        from('{ ipBlock: { cidr: 10.0.0.0/16 } }', ', ports: [{ port: 80 }]'),
      ),
      ['error'],
    ],
    ['clients, whose address the pods do not see', set(ingress(), nodePort(), POD, OFFICE), ['warning']],
    ['the VPC', set(ingress(), nodePort(), POD, VPC), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of('ingress/closed-backend', yaml)).toEqual(expected);
    // one finding for one cause
    expect(of('load-balancers/closed-backend', yaml)).toEqual([]);
  });
});

describe('ingress/closed-backend of a controller in the cluster', () => {
  const ingress = (className = 'nginx') =>
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop }, spec: { ingressClassName: ${className}, defaultBackend: { service: { name: web, port: { number: 80 } } } } }`;
  const ANY_NAMESPACE = from('{ namespaceSelector: {} }');
  const nginx = (labels: string) =>
    from(`{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${labels} } } }`);
  const ofClass = (controller: string) =>
    `{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: nginx }, spec: { controller: ${controller} } }`;

  test.each<[string, string, string[]]>([
    ['pods of its namespace', set(ingress(), PODS), ['warning']],
    ['nobody', set(ingress(), policy('podSelector: {}')), ['warning']],
    ['an office', set(ingress(), OFFICE), ['warning']],
    ['every namespace', set(ingress(), ANY_NAMESPACE), []],
    ['the VPC, where the controller may be on the network of nodes', set(ingress(), VPC), []],
    ['everyone', set(ingress(), from('')), []],
    ['no policy', ingress(), []],
    ['another port', set(ingress(), from('{ namespaceSelector: {} }', ', ports: [{ port: 80 }]')), ['warning']],
    [
      'the namespace of a known controller',
      set(ingress(), ofClass('k8s.io/ingress-nginx'), nginx('ingress-nginx')),
      [],
    ],
    [
      'another namespace than that of a known controller',
      set(ingress(), ofClass('k8s.io/ingress-nginx'), nginx('other')),
      ['warning'],
    ],
    ['a namespace, for an unknown controller', set(ingress(), ofClass('example.com/own'), nginx('other')), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of('ingress/closed-backend', set(yaml, service(PORTS), POD))).toEqual(expected);
  });
});

describe('routes/closed-backend of a binding', () => {
  const binding = (type = 'ip', group = 'elbv2.k8s.aws/v1beta1') =>
    `{ apiVersion: ${group}, kind: TargetGroupBinding, metadata: { name: web, namespace: shop }, spec: { serviceRef: { name: web, port: 80 }, targetGroupARN: 'arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/a/1', targetType: ${type} } }`;

  test.each<[string, string, string[]]>([
    ['pods', set(binding(), service(PORTS), PODS), ['error']],
    ['pods, in Auto Mode', set(binding('ip', 'eks.amazonaws.com/v1'), service(PORTS), PODS), ['error']],
    ['pods, of a target group of instances', set(binding('instance'), nodePort(), PODS), ['warning']],
    ['clients, whose address the pods may see', set(binding(), service(PORTS), OFFICE), ['warning']],
    ['the VPC', set(binding(), service(PORTS), VPC), []],
    ['all, without policies', set(binding(), service(PORTS)), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of('routes/closed-backend', set(yaml, POD))).toEqual(expected);
  });
});

describe('ingress/closed-backend of the listeners of an NLB', () => {
  const actions = JSON.stringify({
    type: 'forward',
    forwardConfig: { targetGroups: [{ serviceName: 'web', servicePort: 80 }] },
  });
  const nlb = annotated(`type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ports: [{ port: 80 }]`, {
    [`${NLB}nlb-target-type`]: 'ip',
    'service.beta.kubernetes.io/actions.TCP-80': actions,
  }).replace('name: web', 'name: out');
  test.each<[string, string, string[]]>([
    ['pods', PODS, ['error']],
    ['the VPC', VPC, []],
  ])('%s', (_what, admitted, expected) => {
    expect(of('routes/closed-backend', set(nlb, service(PORTS), POD, admitted))).toEqual(expected);
  });
});

describe('what is said', () => {
  const INGRESS = '{ ingressClassName: alb, defaultBackend: { service: { name: web, port: { number: 80 } } } }';
  const ingress = (spec = INGRESS, annotations = '{ alb.ingress.kubernetes.io/target-type: ip }') =>
    `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, annotations: ${annotations} }, spec: ${spec} }`;
  const NGINX = INGRESS.replace('alb', 'nginx');
  const CLASS =
    '{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: nginx }, spec: { controller: k8s.io/ingress-nginx } }';
  const PREFIX = "no network policy of the pods behind Service 'web' of Ingress 'shop/web' admits ";
  const messages = (rule: string, yaml: string) =>
    findingsIn(set(yaml, POD))
      .filter((finding) => finding.rule === rule)
      .map(({ message }) => message);

  test.each<[string, string, string]>([
    ['an ALB', set(ingress(), PODS), 'the load balancer on port 80'],
    [
      'an ALB, of which the address of clients is admitted',
      set(ingress(), OFFICE),
      'the load balancer on port 80, which has an address of the VPC, not that of the client',
    ],
    ['a controller', set(ingress(NGINX, '{}'), OFFICE), 'its controller on port 80'],
    [
      'a known controller',
      set(ingress(NGINX, '{}'), CLASS, PODS),
      "its controller in namespace 'ingress-nginx' on port 80",
    ],
  ])('of an Ingress of %s', (_what, yaml, expected) => {
    expect(messages('ingress/closed-backend', set(yaml, service(PORTS)))).toEqual([PREFIX + expected]);
  });

  test('of an action that names no port', () => {
    const all = JSON.stringify({ type: 'forward', forwardConfig: { targetGroups: [{ serviceName: 'web' }] } });
    const annotations = JSON.stringify({
      'alb.ingress.kubernetes.io/target-type': 'ip',
      'alb.ingress.kubernetes.io/actions.all': all,
    });
    const spec = INGRESS.replace('name: web, port: { number: 80 }', 'name: all, port: { name: use-annotation }');
    expect(messages('ingress/closed-backend', set(ingress(spec, annotations), PODS, service(PORTS)))).toEqual([
      `${PREFIX}the load balancer`,
    ]);
  });

  test.each<[string, string, string]>([
    ['IP targets', set(balancer('', IP), PODS), 'the load balancer on port 80'],
    ['instance targets', set(balancer(''), PODS), 'the nodes on port 80'],
    ['a node port', set(nodePort(), PODS), 'the nodes on port 80'],
    ['the addresses of clients', set(balancer('externalTrafficPolicy: Local', PUBLIC), VPC), 'its clients on port 80'],
  ])('of a Service with %s', (_what, yaml, expected) => {
    const [message, ...more] = messages('load-balancers/closed-backend', yaml);
    expect(more).toEqual([]);
    expect(message).toContain(`admits ${expected}`);
  });
});

describe('the patterns', () => {
  test('whose policy is edited, so that it no longer admits the clients', () => {
    const edited = (more: object) => {
      const networkPolicy = (object: { spec: { ingress?: { from?: { ipBlock?: { cidr: string } }[] }[] } }) => {
        object.spec.ingress = object.spec.ingress!.filter(
          ({ from }) => from?.some(({ ipBlock }) => ipBlock?.cidr === '0.0.0.0/0') !== true,
        );
      };
      const expose = Expose.nlb({ scheme: 'internet-facing', clientIp: 'preserve', ...more });
      return foundInApp(web({ expose, customize: { networkPolicy } }), 'load-balancers/closed');
    };
    expect(edited({})).toEqual([['load-balancers/closed-backend', 'warning', undefined]]);
    // what is said to be the clients is meant
    expect(edited({ allowFrom: ['203.0.113.0/24'] })).toEqual([]);
  });

  test('what a pattern exposes, it opens', () => {
    const expose = Expose.nlb({ scheme: 'internet-facing' });
    expect(foundInApp(web({ expose }), 'load-balancers/')).toEqual([]);
  });

  test("a Service of one's own in front of a pattern is let in", () => {
    const shop = newTenant();
    web({}, shop);
    new KubeObject(shop, 'out', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'out' },
      spec: {
        type: 'LoadBalancer',
        loadBalancerClass: 'service.k8s.aws/nlb',
        selector: { 'app.kubernetes.io/name': 'web' },
        ports: [{ port: 80, targetPort: 8080 }],
      },
    } as never);
    expect(foundInApp(shop, 'load-balancers/closed')).toEqual([]);
  });
});

describe('routes/closed-backend: VPC Lattice', () => {
  const api = 'apiVersion: gateway.networking.k8s.io/v1';
  const named = (name: string) =>
    `{ ${api}, kind: Gateway, metadata: { name: net, namespace: shop }, spec: { gatewayClassName: ${name}, listeners: [{ name: http, port: 80, protocol: HTTP }] } }`;
  const made = `{ ${api}, kind: GatewayClass, metadata: { name: ours }, spec: { controllerName: application-networking.k8s.aws/gateway-api-controller } }`;
  const route = `{ ${api}, kind: HTTPRoute, metadata: { name: r, namespace: shop }, spec: { parentRefs: [{ name: net }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] } }`;
  const behind = (peers: string, ...more: string[]) =>
    set(service(PORTS), POD, route, from(peers), ...(more.length > 0 ? more : [named('amazon-vpc-lattice')]));
  const block = (cidr: string, more = '') => `{ ipBlock: { cidr: '${cidr}'${more} } }`;

  test.each<[string, string, string[]]>([
    ['its range', behind(block('169.254.171.0/24')), []],
    ['a wider one', behind(block('169.254.0.0/16')), []],
    ['its range of IPv6', behind(block('fd00:ec2:80::/64')), []],
    ['everything of IPv6', behind(block('::/0')), []],
    ['a part of it', behind(block('169.254.171.0/25')), ['warning']],
    ['everything but it', behind(block('0.0.0.0/0', ', except: [169.254.0.0/16]')), ['warning']],
    ['everything but others', behind(block('0.0.0.0/0', ', except: [10.0.0.0/8]')), []],
    ['the VPC', behind(block('10.0.0.0/16')), ['warning']],
    ['pods alone', behind('{ podSelector: {} }'), ['error']],
    ['pods alone, by a class of another name', behind('{ podSelector: {} }', named('ours'), made), ['error']],
    ['its range, by a class of another name', behind(block('169.254.171.0/24'), named('ours'), made), []],
    ['its range, by a class of others', behind(block('169.254.171.0/24'), named('nginx')), ['warning']],
  ])('let in: %s', (_what, yaml, expected) => {
    expect(of('routes/closed-backend', yaml).map((text) => text.split(' ')[0])).toEqual(expected);
  });

  test('says whose addresses to add', () => {
    const finding = findingsIn(behind('{ podSelector: {} }')).find(({ rule }) => rule === 'routes/closed-backend');
    expect(finding!.message).toContain('admits VPC Lattice of HTTPRoute');
    expect(finding!.fix).toMatch(/169\.254\.171\.0\/24.*Mesh\.lattice\(\)/);
  });
});
