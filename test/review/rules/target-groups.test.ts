import { Duration } from 'cdk8s';
import { Expose } from 'cdk8s-eks-patterns';
import { web } from '../../support/app';
import { foundInApp, of, service, set, workload } from './support';

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
