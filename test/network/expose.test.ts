import { type AlbProps, Expose, type NlbProps, Probe } from 'cdk8s-eks-patterns';
import { appOf, find, newTenant, stateful, synth, web } from '../support/app';
import { findingsOf } from '../support/findings';

const CERTIFICATE = 'arn:aws:acm:us-west-2:111122223333:certificate/abc';
const albProps = { host: 'shop.example.com', scheme: 'internet-facing' } as const;

/** The short names of what the controller reads. */
function annotations(manifest: { metadata: { annotations?: Record<string, string> } }, prefix: string) {
  const all = Object.entries(manifest.metadata.annotations ?? {}).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(all.map(([key, value]) => [key.slice(prefix.length), value]));
}
function alb(more: Partial<AlbProps<string>> = {}, props: object = {}) {
  const ingress = web({ expose: Expose.alb({ ...albProps, ...more }), ...props }).ingress!.toJson();
  return { ...annotations(ingress, 'alb.ingress.kubernetes.io/'), spec: ingress.spec } as Record<string, unknown> & {
    spec: typeof ingress.spec;
  };
}
function nlb(more: Partial<NlbProps<string>> = {}, props: object = {}) {
  const service = web({ expose: Expose.nlb({ scheme: 'internal', ...more }), ...props }).loadBalancerService!.toJson();
  const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
  return { ...annotations(service, prefix), spec: service.spec } as Record<string, unknown> & typeof service;
}

describe('an Application Load Balancer', () => {
  test('sends to pods, by HTTPS with a found certificate, and redirects HTTP', () => {
    const { spec, ...told } = alb();
    expect(told).toEqual({
      scheme: 'internet-facing',
      'target-type': 'ip',
      'listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
      'ssl-redirect': '443',
      'ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      'healthcheck-path': '/readyz',
      'success-codes': '200-399',
      'target-group-attributes': 'deregistration_delay.timeout_seconds=35',
    });
    expect(spec).toEqual({
      ingressClassName: 'alb',
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }],
          },
        },
      ],
      tls: [{ hosts: ['shop.example.com'] }],
    });
  });

  test('takes a certificate, a group, callers and paths', () => {
    const told = alb({
      certificate: CERTIFICATE,
      group: 'shop',
      allowFrom: ['10.0.0.0/8', '192.0.2.0/24'],
      paths: ['/api', '/admin'],
      scheme: 'internal',
    });
    expect(told).toMatchObject({
      'certificate-arn': CERTIFICATE,
      'group.name': 'shop',
      'inbound-cidrs': '10.0.0.0/8,192.0.2.0/24',
      scheme: 'internal',
    });
    expect(told.spec!.rules![0]!.http!.paths.map((p) => p.path)).toEqual(['/api', '/admin']);
  });

  test('asks what the readiness probe asks', () => {
    const ports = { http: 8080, admin: 9090 };
    const readiness = Probe.http('/health', { port: 'admin', scheme: 'HTTPS' });
    const told = alb({}, { port: ports, probes: { readiness, liveness: Probe.tcp() } });
    expect(told).toMatchObject({
      'healthcheck-path': '/health',
      'healthcheck-port': '9090',
      'healthcheck-protocol': 'HTTPS',
    });
  });

  test('sends to the port that is named', () => {
    const { spec } = alb({ port: 'admin' }, { port: { http: 8080, admin: 9090 } });
    expect(spec!.rules![0]!.http!.paths[0]!.backend.service!.port).toEqual({ name: 'admin' });
  });

  test('lets go of a pod before the pod lets go: delay = sleep + drain', () => {
    const { 'target-group-attributes': delay } = alb({}, { shutdown: { sleep: 30, drain: '1m' } });
    expect(delay).toBe('deregistration_delay.timeout_seconds=90');
  });

  test('keeps the annotations of the workload beside its own', () => {
    const api = web({ expose: Expose.alb(albProps), annotations: { team: 'shop' } });
    expect(api.ingress!.toJson().metadata.annotations).toMatchObject({
      team: 'shop',
      'alb.ingress.kubernetes.io/target-type': 'ip',
    });
    expect(api.service.toJson().metadata.annotations).toEqual({ team: 'shop' });
  });

  test('stands before a stateful service, too', () => {
    const store = stateful({ expose: Expose.alb(albProps) });
    expect(store.ingress!.toJson().spec!.rules![0]!.http!.paths[0]!.backend.service!.name).toBe('store');
  });

  describe('in a group', () => {
    const orders = (...members: readonly Partial<AlbProps<string>>[]) => {
      const shop = newTenant();
      const made = members.map((more, i) =>
        web({ expose: Expose.alb({ ...albProps, group: 'shop', ...more }) }, shop, `web-${i}`),
      );
      return made.map(({ ingress }) => annotations(ingress!.toJson(), 'alb.ingress.kubernetes.io/')['group.order']);
    };
    test.each([
      ['a member alone needs no order', [{}], [undefined]],
      ['longer paths come first', [{}, { paths: ['/api'] }, { paths: ['/api/v1'] }], ['3', '2', '1']],
      ['hosts with a wildcard come last', [{ host: '*.example.com', paths: ['/long'] }, {}], ['2', '1']],
      ['given orders stay', [{ order: 1 }, { paths: ['/api'] }, {}], ['1', '2', '3']],
      ['an order given to one alone stays', [{ order: -5 }], ['-5']],
    ] as const)('%s', (_, members, expected) => {
      expect(orders(...members)).toEqual(expected);
    });

    test('two members with the same order are refused', () => {
      const shop = newTenant();
      for (const [i, host] of ['a.example.com', 'b.example.com'].entries()) {
        web({ expose: Expose.alb({ ...albProps, host, group: 'shop', order: 1 }) }, shop, `web-${i}`);
      }
      const found = findingsOf(() => appOf(shop)).map(({ rule, field }) => [rule, field]);
      expect(found).toContainEqual(['load-balancer/group-order', 'expose.order']);
    });
  });
});

describe('a Network Load Balancer', () => {
  test('is a service of its own beside that of clients, and sends to pods', () => {
    const { spec, metadata: _, ...told } = nlb();
    expect(told).toEqual({
      scheme: 'internal',
      'nlb-target-type': 'ip',
      'target-group-attributes': 'deregistration_delay.timeout_seconds=35',
      'healthcheck-protocol': 'http',
      'healthcheck-path': '/readyz',
      'healthcheck-port': '8080',
    });
    expect(spec).toEqual({
      type: 'LoadBalancer',
      loadBalancerClass: 'service.k8s.aws/nlb',
      allocateLoadBalancerNodePorts: false,
      selector: { 'app.kubernetes.io/name': 'web' },
      ports: [{ name: 'http', port: 8080, targetPort: 8080, protocol: 'TCP' }],
    });
    const api = web({ expose: Expose.nlb({ scheme: 'internal' }) });
    expect(api.loadBalancerService!.name).toBe('web-nlb');
    expect(api.service.toJson().spec.type).toBe('ClusterIP');
    expect(api.ingress).toBeUndefined();
  });

  test('asks by TCP where readiness is not told by HTTP', () => {
    const told = nlb({}, { probes: { readiness: Probe.exec(['true']), liveness: Probe.tcp() } });
    expect(told).toMatchObject({ 'healthcheck-protocol': 'tcp', 'healthcheck-port': '8080' });
    expect(told['healthcheck-path']).toBeUndefined();
  });

  test('terminates TLS with a certificate, and lets in whom it is told to', () => {
    const told = nlb({ certificate: CERTIFICATE, allowFrom: ['10.0.0.0/8'], scheme: 'internet-facing' });
    expect(told).toMatchObject({
      scheme: 'internet-facing',
      'ssl-cert': CERTIFICATE,
      'ssl-ports': 'http',
      'ssl-negotiation-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    });
    expect(told.spec.loadBalancerSourceRanges).toEqual(['10.0.0.0/8']);
  });
});

describe('pods behind a load balancer', () => {
  const gate = 'elbv2.k8s.aws/pod-readiness-gate-inject';

  test('are held back until their target is healthy', () => {
    const labels = (props: object) => {
      const shop = newTenant();
      web(props as Record<string, unknown>, shop);
      return find(synth(appOf(shop)).manifests, 'Namespace', 'shop').metadata.labels;
    };
    expect(labels({ expose: Expose.alb(albProps) })[gate]).toBe('enabled');
    expect(labels({ expose: Expose.nlb({ scheme: 'internal' }) })[gate]).toBe('enabled');
    expect(labels({})[gate]).toBeUndefined();
    expect(labels({ expose: Expose.nodePort() })[gate]).toBeUndefined();
  });

  test('need the controller, whose steps are written down', () => {
    const shop = newTenant();
    web({ expose: Expose.alb(albProps) }, shop);
    expect(synth(appOf(shop)).steps).toMatch(/AWS Load Balancer Controller/);
  });
});
