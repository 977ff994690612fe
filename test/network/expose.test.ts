import { type AlbProps, Expose, type k8s, type NlbProps, Probe } from 'cdk8s-eks-patterns';
import { Testing } from 'cdk8s-eks-patterns/testing';
import type { Construct } from 'constructs';
import { CRDS, CRDS_PRESENT, customResourceErrors, definitionsIn } from '../golden/custom-resources';
import { appOf, find, manifests, newAutoCluster, newCluster, newTenant, stateful, synth, web } from '../support/app';
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

describe('a load balancer that something else makes', () => {
  const ARN = 'arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/web/0123456789abcdef';
  const seen = (expose: Expose, scope: Construct = newCluster()) => {
    const shop = newTenant({}, scope);
    const service = web({ expose }, shop);
    const { spec } = service.deployment.toJson().spec.template;
    return {
      rules: service.networkPolicy!.toJson().spec.ingress,
      sleep: spec.containers[0].lifecycle?.preStop?.sleep?.seconds,
      gate: Object.keys(shop.namespaceObject.toJson().metadata.labels ?? {}).some((key) => key.includes('readiness')),
      kinds: manifests(appOf(service))
        .filter(({ metadata }) => metadata.namespace === 'shop')
        .map(({ kind }) => kind),
      steps: synth(appOf(service)).steps.includes('aws-load-balancer-controller'),
    };
  };

  test('is let in as one of its own, without an object', () => {
    const { kinds, steps, ...pods } = seen(Expose.elsewhere({ scheme: 'internal' }));
    const own = seen(Expose.nlb({ scheme: 'internal' }));
    expect(pods).toEqual({ rules: own.rules, sleep: 15, gate: true });
    expect(kinds).toEqual(seen(Expose.clusterIp()).kinds);
    expect(steps).toBe(false);
  });

  test('gets the pods by a binding, and its controller', () => {
    const { kinds, steps, ...pods } = seen(Expose.targetGroup({ scheme: 'internal', arn: ARN }));
    const own = seen(Expose.nlb({ scheme: 'internal' }));
    expect(pods).toEqual({ rules: own.rules, sleep: 15, gate: true });
    expect(kinds).toContain('TargetGroupBinding');
    expect(steps).toBe(true);
  });

  test('is bound in Auto Mode by its own kind, which the review accepts', () => {
    const service = web(
      { expose: Expose.targetGroup({ scheme: 'internal', arn: ARN }) },
      newTenant({}, newAutoCluster()),
    );
    const binding = find(manifests(appOf(service)), 'TargetGroupBinding', 'web');
    expect(binding.apiVersion).toBe('eks.amazonaws.com/v1');
    expect(Testing.findings(service).filter(({ rule }) => /target-groups|routes|compute-mode/.test(rule))).toEqual([]);
    expect(synth(appOf(service)).steps).not.toContain('aws-load-balancer-controller');
  });

  const absent = CRDS_PRESENT ? '' : ' (skipped: the folder of CustomResourceDefinitions is absent)';
  (CRDS_PRESENT ? test : test.skip)(`has a binding that its definition takes${absent}`, () => {
    const expose = Expose.targetGroup({ scheme: 'internal', arn: ARN, securityGroup: 'sg-0123456789abcdef0' });
    const definitions = definitionsIn(CRDS, ['aws-load-balancer-controller.yaml', 'eks-auto-mode.yaml']);
    for (const cluster of [newCluster(), newAutoCluster()]) {
      const binding = find(manifests(appOf(web({ expose }, newTenant({}, cluster)))), 'TargetGroupBinding', 'web');
      expect(customResourceErrors(definitions, binding)).toEqual([]);
      expect(
        customResourceErrors(definitions, { ...binding, spec: { ...binding.spec, targetType: 'pod' } }),
      ).not.toEqual([]);
    }
  });

  test('its binding can be edited, and is that of a StatefulService', () => {
    const expose = Expose.targetGroup({ scheme: 'internal', arn: ARN });
    const customize = {
      targetGroupBinding: (object: k8s.TargetGroupBinding) => {
        object.spec.multiClusterTargetGroup = true;
      },
    };
    expect(web({ expose, customize }).targetGroupBinding!.toJson().spec.multiClusterTargetGroup).toBe(true);
    expect(stateful({ expose }).targetGroupBinding!.toJson().spec.serviceRef).toEqual({ name: 'store', port: 'tcp' });
    expect(web().targetGroupBinding).toBeUndefined();
  });
});
