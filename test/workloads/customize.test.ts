import { JsonPatch } from 'cdk8s';
import { Expose, Gateway, Mesh, NetworkGateway, Probe, ScaleTrigger } from 'cdk8s-eks-patterns';
import { appOf, type Manifest, newTenant, PATTERNS, synth, web } from '../support/app';

const alb = { expose: Expose.alb({ host: 'shop.example.com', scheme: 'internal' }) };
const nlb = { expose: Expose.nlb({ scheme: 'internal' }) };
const scale = { replicas: { min: 2, max: 4 } };
const triggers = { replicas: { min: 0, max: 4, triggers: [ScaleTrigger.keda('x', {})] } };
const config = { env: { A: 1 }, files: { '/etc/a': 'x' } };
const rbac = { apiAccess: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };
const shared = { sharedStorage: { mountPath: '/data', size: '1Gi' } };

/** Every object name of `customize`, the props that make the object, and its kind. */
const OBJECTS: readonly (readonly [pattern: keyof typeof PATTERNS, object: string, props: object, kind: string])[] = [
  ...(['WebService', 'StatefulService', 'Worker', 'NodeAgent', 'BatchJob', 'ScheduledJob'] as const).flatMap(
    (pattern) => [
      [pattern, 'serviceAccount', {}, 'ServiceAccount'] as const,
      [pattern, 'configMap', config, 'ConfigMap'] as const,
      [pattern, 'filesConfigMap', config, 'ConfigMap'] as const,
      [pattern, 'networkPolicy', {}, 'NetworkPolicy'] as const,
      [pattern, 'role', rbac, 'Role'] as const,
      [pattern, 'roleBinding', rbac, 'RoleBinding'] as const,
    ],
  ),
  ...(['WebService', 'Worker'] as const).flatMap((pattern) => [
    [pattern, 'deployment', {}, 'Deployment'] as const,
    [pattern, 'autoscaler', scale, 'HorizontalPodAutoscaler'] as const,
    [pattern, 'scaledObject', triggers, 'ScaledObject'] as const,
    [pattern, 'disruptionBudget', {}, 'PodDisruptionBudget'] as const,
  ]),
  ...(['WebService', 'StatefulService'] as const).flatMap((pattern) => [
    [pattern, 'service', {}, 'Service'] as const,
    [pattern, 'loadBalancerService', nlb, 'Service'] as const,
    [pattern, 'ingress', alb, 'Ingress'] as const,
  ]),
  ['StatefulService', 'statefulSet', {}, 'StatefulSet'],
  ['StatefulService', 'headlessService', {}, 'Service'],
  ['StatefulService', 'disruptionBudget', { replicas: 3 }, 'PodDisruptionBudget'],
  ['NodeAgent', 'daemonSet', {}, 'DaemonSet'],
  ['BatchJob', 'job', {}, 'Job'],
  ['BatchJob', 'claim', shared, 'PersistentVolumeClaim'],
  ['ScheduledJob', 'cronJob', {}, 'CronJob'],
  ['ScheduledJob', 'claim', shared, 'PersistentVolumeClaim'],
];

test.each(OBJECTS)(
  '%s: customize.%s reaches what is written, and is the public member',
  (pattern, object, props, kind) => {
    const shop = newTenant();
    const edit = (manifest: Manifest) => {
      manifest.metadata.annotations = { ...manifest.metadata.annotations, edited: object };
    };
    const workload = PATTERNS[pattern]({ ...props, customize: { [object]: edit } }, shop);
    const member = (workload as unknown as Record<string, { toJson(): Manifest }>)[object]!;
    expect(member.toJson()).toMatchObject({ kind, metadata: { annotations: { edited: object } } });
    const written = synth(appOf(shop)).manifests.filter((m) => m.metadata.annotations?.edited === object);
    expect(written.map((m) => `${m.kind}/${m.metadata.name}`)).toEqual([`${kind}/${member.toJson().metadata.name}`]);
  },
);

test.each(['peerAuthentication', 'authorizationPolicy'] as const)(
  'customize.%s reaches what a mesh writes',
  (object) => {
    const edit = (manifest: Manifest) => void Object.assign(manifest.metadata, { annotations: { edited: object } });
    const mesh = Mesh.istio({ mode: 'ambient' });
    const api = web({ customize: { [object]: edit } }, newTenant({ mesh }));
    expect(api[object]!.toJson().metadata.annotations).toEqual({ edited: object });
  },
);

test('edits run in order: those of the props, later ones, then json patches', () => {
  const api = web({ customize: { deployment: (d: Manifest) => void Object.assign(d.spec, { minReadySeconds: 1 }) } });
  api.deployment.customize((d) => {
    d.spec.minReadySeconds = d.spec.minReadySeconds! * 10 + 2;
  });
  api.deployment.addJsonPatch(JsonPatch.test('/spec/minReadySeconds', 12));
  api.deployment.addJsonPatch(JsonPatch.add('/spec/template/spec/shareProcessNamespace', true));
  const { spec } = api.deployment.toJson();
  expect([spec.minReadySeconds, spec.template.spec.shareProcessNamespace]).toEqual([12, true]);
});

test('an edit sees a finished object each time, never one that was edited before', () => {
  const seen: unknown[] = [];
  const api = web({
    customize: {
      service: (s: Manifest) => {
        seen.push(s.spec.ports.length);
        s.spec.ports.push({ name: 'extra', port: 1 });
      },
    },
  });
  expect(api.service.toJson().spec.ports).toHaveLength(2);
  expect(api.service.toJson().spec.ports).toHaveLength(2);
  expect(new Set(seen)).toEqual(new Set([1]));
});

test('an edit of a hashed ConfigMap changes its name where it is read, too', () => {
  const edit = (c: Manifest) => void Object.assign(c.data, { A: '2' });
  const [plain, edited] = [{}, { customize: { configMap: edit } }].map((more) => web({ env: { A: 1 }, ...more }));
  expect(edited!.configMap!.name).not.toBe(plain!.configMap!.name);
  expect(edited!.deployment.toJson().spec.template.spec.containers[0].envFrom).toEqual([
    { configMapRef: { name: edited!.configMap!.toJson().metadata.name } },
  ]);
});

test.each([
  ['httpRoute', 'HTTPRoute', {}],
  ['listenerRuleConfiguration', 'ListenerRuleConfiguration', {}],
  ['targetGroupConfiguration', 'TargetGroupConfiguration', {}],
  ['grpcRoute', 'GRPCRoute', { protocol: 'grpc' }],
])('customize.%s reaches what Expose.gateway writes', (name, kind, more) => {
  const gateway = Gateway.existing({ name: 'edge', namespace: 'edge', scheme: 'internal' });
  const expose = Expose.gateway({ gateway, host: 'shop.example.com', allowFrom: ['10.0.0.0/8'], ...more } as never);
  const probes = { readiness: kind === 'GRPCRoute' ? Probe.grpc() : Probe.http('/readyz'), liveness: Probe.tcp() };
  for (const pattern of ['WebService', 'StatefulService'] as const) {
    const shop = newTenant();
    const edit = (manifest: Manifest) => void Object.assign(manifest.metadata.annotations, { edited: name });
    const made = PATTERNS[pattern]({ expose, probes, port: 8080, customize: { [name]: edit } }, shop);
    const members = (made as unknown as { gatewayObjects: Record<string, { toJson(): Manifest }> }).gatewayObjects;
    expect(members[name]!.toJson()).toMatchObject({ kind, metadata: { annotations: { edited: name } } });
    const written = synth(appOf(shop)).manifests.filter((m) => m.metadata.annotations?.edited === name);
    expect(written.map((m) => m.kind)).toEqual([kind]);
  }
});

test.each([
  ['tcpRoute', 'TCPRoute', { listener: 80 }],
  ['tlsRoute', 'TLSRoute', { listener: 443, host: 'shop.example.com' }],
  ['udpRoute', 'UDPRoute', { listener: 53, port: 'dns' }],
])('customize.%s reaches what Expose.networkGateway writes', (name, kind, at) => {
  const shop = newTenant();
  const listeners = { 80: 'TCP', 53: 'UDP', 443: 'TLS' } as const;
  const gateway = new NetworkGateway(shop, 'edge', { scheme: 'internal', listeners });
  const edit = (manifest: Manifest) => void Object.assign(manifest.metadata.annotations, { edited: name });
  const port = { http: 8080, dns: { port: 53, protocol: 'UDP' } };
  const expose = Expose.networkGateway({ gateway, ...at } as never);
  const made = web({ expose, port, customize: { [name]: edit } }, shop);
  const members = made.gatewayObjects as unknown as Record<string, { toJson(): Manifest }>;
  expect(members[name]!.toJson()).toMatchObject({ kind, metadata: { annotations: { edited: name } } });
});
