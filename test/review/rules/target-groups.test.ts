import { Duration } from 'cdk8s';
import { Expose } from 'cdk8s-eks-patterns';
import { web } from '../../support/app';
import { foundInApp, namespace, of, service, set, workload } from './support';

const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
const ALB = 'alb.ingress.kubernetes.io/';
const annotated = (spec: string, annotations: Record<string, string>) =>
  service(spec).replace('labels: {}', `annotations: ${JSON.stringify(annotations)}`);
const PORTS = 'selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }]';
const nlb = (annotations: Record<string, string>) =>
  annotated(
    `type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ${PORTS}`,
    Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${NLB}${key}`, value])),
  );
const ingress = (annotations: Record<string, string>) =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, annotations: ${JSON.stringify(
    Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${ALB}${key}`, value])),
  )} }, spec: { ingressClassName: alb, defaultBackend: { service: { name: web, port: { number: 80 } } } } }`;
const weighted = JSON.stringify({
  type: 'forward',
  forwardConfig: { targetGroups: [{ serviceName: 'web', servicePort: 80 }] },
});
const binding = (more = 'targetType: ip', group = 'elbv2.k8s.aws/v1beta1') =>
  `{ apiVersion: ${group}, kind: TargetGroupBinding, metadata: { name: web, namespace: shop }, spec: { serviceRef: { name: web, port: 80 }, targetGroupARN: 'arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/a/1'${more && `, ${more}`} } }`;
const GATEWAY = 'gateway.networking.k8s.io/v1';
const routed = (gatewayClass: string, kind = 'HTTPRoute') =>
  set(
    `{ apiVersion: ${GATEWAY}, kind: Gateway, metadata: { name: gw, namespace: shop }, spec: { gatewayClassName: ${gatewayClass} } }`,
    `{ apiVersion: ${GATEWAY}, kind: ${kind}, metadata: { name: r, namespace: shop }, spec: { parentRefs: [{ name: gw }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] } }`,
  );
const configured = (type: string) =>
  `{ apiVersion: gateway.k8s.aws/v1beta1, kind: TargetGroupConfiguration, metadata: { name: web, namespace: shop }, spec: { targetReference: { name: web }, defaultConfiguration: { targetType: ${type} } } }`;
const NODE_PORT = PORTS.replace('selector', 'type: NodePort, selector');
const listener = (serviceName: string) =>
  nlb({ 'nlb-target-type': 'ip' })
    .replace('name: web', 'name: other')
    .replace('selector: { app: web }, ', '')
    .replace(
      'annotations: {',
      `annotations: {"service.beta.kubernetes.io/actions.TCP-80": ${JSON.stringify(JSON.stringify({ type: 'forward', forwardConfig: { targetGroups: [{ serviceName, servicePort: 80 }] } }))},`,
    );
const delay = (seconds: number) => `deregistration_delay.timeout_seconds=${seconds}`;
const pod = (container = '', spec = '') => workload({ container, pod: spec });
const sleep = (seconds: number) => `lifecycle: { preStop: { sleep: { seconds: ${seconds} } } }`;
const exec = (command: string) => `lifecycle: { preStop: { exec: { command: [sh, -c, '${command}'] } } }`;

describe('target-groups/deregistration-delay', () => {
  const FIELD = `['${ALB}target-group-attributes']`;
  test.each<[string, string, string[]]>([
    [
      'of an NLB',
      set(nlb({ 'target-group-attributes': delay(31) }), pod()),
      [`warning metadata.annotations['${NLB}target-group-attributes']`],
    ],
    [
      'of one port',
      set(nlb({ 'target-group-attributes.80': delay(31) }), pod()),
      [`warning metadata.annotations['${NLB}target-group-attributes.80']`],
    ],
    [
      'of an Ingress',
      set(ingress({ 'target-group-attributes': delay(60) }), service(PORTS), pod()),
      [`warning metadata.annotations${FIELD}`],
    ],
    [
      'within the grace period',
      set(
        ingress({ 'target-group-attributes': delay(60) }),
        service(PORTS),
        pod('', 'terminationGracePeriodSeconds: 60'),
      ),
      [],
    ],
    [
      'that the Service overrules',
      set(
        ingress({ 'target-group-attributes': delay(60) }),
        annotated(PORTS, { [`${ALB}target-group-attributes`]: delay(20) }),
        pod(),
      ),
      [],
    ],
    [
      'that the Service sets',
      set(ingress({}), annotated(PORTS, { [`${ALB}target-group-attributes`]: delay(60) }), pod()),
      [`warning metadata.annotations${FIELD}`],
    ],
    [
      'behind an action',
      set(
        ingress({ 'actions.all': weighted, 'target-group-attributes': delay(60) }).replace(
          'name: web, port: { number: 80 }',
          'name: all, port: { name: use-annotation }',
        ),
        service(PORTS),
        pod(),
      ),
      [`warning metadata.annotations${FIELD}`],
    ],
    ['that is not said', set(nlb({}), pod()), []],
    ['without pods', nlb({ 'target-group-attributes': delay(60) }), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of('target-groups/deregistration-delay', yaml)).toEqual(expected);
  });
});

describe('target-groups/pre-stop', () => {
  const HOOK = 'spec.template.spec.containers[0].lifecycle.preStop';
  const IP = nlb({ 'nlb-target-type': 'ip' });
  test.each<[string, string, string[]]>([
    ['a hook that is too short', set(IP, pod(sleep(5))), [`warning ${HOOK}`]],
    ['a command that is too short', set(IP, pod(exec('sleep 3'))), [`warning ${HOOK}`]],
    ['no hook', set(IP, pod()), ['advice']],
    ['a hook that is long enough', set(IP, pod(sleep(10))), []],
    ['a hook that waits in another way', set(IP, pod(exec('/drain.sh'))), []],
    [
      'a longer one of a sidecar',
      set(IP, pod(sleep(5), `initContainers: [{ name: proxy, image: 'a/b:1', restartPolicy: Always, ${sleep(20)} }]`)),
      [],
    ],
    ['behind an Ingress', set(ingress({ 'target-type': 'ip' }), service(PORTS), pod(sleep(5))), [`warning ${HOOK}`]],
    [
      'behind an Ingress by its Service',
      set(ingress({}), annotated(PORTS, { [`${ALB}target-type`]: 'ip' }), pod(sleep(5))),
      [`warning ${HOOK}`],
    ],
    [
      'once behind two',
      set(IP.replace('name: web', 'name: two'), ingress({ 'target-type': 'ip' }), service(PORTS), pod(sleep(5))),
      [`warning ${HOOK}`],
    ],
    ['behind a binding', set(binding(), service(PORTS), pod(sleep(5))), [`warning ${HOOK}`]],
    [
      'behind a binding of Auto Mode',
      set(binding('', 'eks.amazonaws.com/v1'), service(PORTS), pod(sleep(5))),
      [`warning ${HOOK}`],
    ],
    ['behind a binding of instances', set(binding('targetType: instance'), service(NODE_PORT), pod(sleep(5))), []],
    ['behind a binding of either', set(binding(''), service(NODE_PORT), pod(sleep(5))), []],
    ['behind a route of a load balancer', set(routed('aws-alb'), service(PORTS), pod(sleep(5))), [`warning ${HOOK}`]],
    [
      'behind a route with IP targets',
      set(routed('aws-nlb', 'TCPRoute'), configured('ip'), service(NODE_PORT), pod(sleep(5))),
      [`warning ${HOOK}`],
    ],
    [
      'behind a route with instance targets',
      set(routed('aws-nlb', 'TCPRoute'), configured('instance'), service(NODE_PORT), pod(sleep(5))),
      [],
    ],
    ['behind a route of another gateway', set(routed('istio'), service(PORTS), pod(sleep(5))), []],
    ['behind a listener of another Service', set(listener('web'), service(PORTS), pod(sleep(5))), [`warning ${HOOK}`]],
    ['instance targets', set(nlb({}), pod(sleep(5))), []],
    ['a Service inside', set(service(PORTS), pod(sleep(5))), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of('target-groups/pre-stop', yaml)).toEqual(expected);
  });

  test('a pattern sleeps long enough, unless it is told otherwise', () => {
    const expose = Expose.nlb({ scheme: 'internal' });
    const found = (props: object) => foundInApp(web({ expose, ...props }), 'target-groups/');
    expect(found({})).toEqual([]);
    expect(found({ shutdown: { sleep: Duration.seconds(3) } })).toEqual([
      ['target-groups/pre-stop', 'warning', expect.stringContaining('preStop')],
    ]);
  });
});

describe('target-groups/readiness-gate', () => {
  const GATE = 'target-groups/readiness-gate';
  const action = ingress({ 'target-type': 'ip', 'actions.all': weighted }).replace(
    'name: web, port: { number: 80 }',
    'name: all, port: { name: use-annotation }',
  );
  test.each<[string, string, string[]]>([
    ['an NLB', nlb({ 'nlb-target-type': 'ip' }), ['advice']],
    ['an Ingress', set(ingress({ 'target-type': 'ip' }), service(PORTS)), ['advice']],
    ['an action of an Ingress', set(action, service(PORTS)), ['advice']],
    ['a binding', set(binding(), service(PORTS)), ['advice']],
    ['a route', set(routed('aws-alb'), service(PORTS)), ['advice']],
    ['two of them, once', set(binding(), routed('aws-alb'), service(PORTS)), ['advice']],
    ['a binding of instances', set(binding('targetType: instance'), service(NODE_PORT)), []],
    ['a route of another gateway', set(routed('istio'), service(PORTS)), []],
    ['nothing', service(PORTS), []],
  ])('%s', (_what, yaml, expected) => {
    expect(of(GATE, set(namespace(), pod(sleep(15)), yaml))).toEqual(expected);
    const labelled = namespace('shop', '{ eks.amazonaws.com/pod-readiness-gate-inject: enabled }');
    expect(of(GATE, set(labelled, pod(sleep(15)), yaml))).toEqual([]);
    // without pods there is nothing to wait for
    expect(of(GATE, set(namespace(), yaml))).toEqual([]);
  });

  test('is said of the namespace of the pods', () => {
    const elsewhere = routed('aws-alb')
      .replaceAll('namespace: shop', 'namespace: edge')
      .replace('name: web, port', 'name: web, namespace: shop, port');
    expect(of(GATE, set(namespace(), namespace('edge'), elsewhere, service(PORTS), pod(sleep(15))))).toEqual([
      'advice',
    ]);
    const labelled = namespace('shop', '{ elbv2.k8s.aws/pod-readiness-gate-inject: enabled }');
    expect(of(GATE, set(labelled, namespace('edge'), elsewhere, service(PORTS), pod(sleep(15))))).toEqual([]);
  });
});

describe('target-groups/instance-targets', () => {
  const TYPE = `metadata.annotations['${ALB}target-type']`;
  const RULE = 'target-groups/instance-targets';
  const AUTO =
    "{ apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: { name: p, region: us-west-2, version: '1.35' }, autoModeConfig: { enabled: true } }";
  test.each<[string, string, string[]]>([
    ['written, without node ports', set(ingress({ 'target-type': 'instance' }), service(PORTS)), [`error ${TYPE}`]],
    ['by default, without node ports', set(ingress({}), service(PORTS)), [`advice ${TYPE}`]],
    ['by default, with node ports', set(ingress({}), service(NODE_PORT)), []],
    ['by default in Auto Mode', set(AUTO, ingress({}), service(PORTS)), []],
    ['overruled by the Service', set(ingress({}), annotated(PORTS, { [`${ALB}target-type`]: 'ip' })), []],
    [
      'overruled by the class',
      set(
        ingress({}),
        service(PORTS),
        '{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: alb }, spec: { controller: ingress.k8s.aws/alb, parameters: { apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: alb } } }',
        '{ apiVersion: elbv2.k8s.aws/v1beta1, kind: IngressClassParams, metadata: { name: alb }, spec: { targetType: ip } }',
      ),
      [],
    ],
    [
      'of an action, by default',
      set(
        ingress({ 'actions.all': weighted }).replace(
          'name: web, port: { number: 80 }',
          'name: all, port: { name: use-annotation }',
        ),
        service(PORTS),
      ),
      [`advice ${TYPE}`],
    ],
  ])('%s', (_what, yaml, expected) => {
    expect(of(RULE, yaml)).toEqual(expected);
  });
});
