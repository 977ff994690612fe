import { Expose } from 'cdk8s-eks-patterns';
import { appOf, containerOf, newTenant, podOf, synth, web, worker } from '../support/app';

const specOf = (props: object) => web({ ...props }).deployment.toJson().spec;

describe('a web service', () => {
  test('has two replicas by default', () => {
    expect(specOf({}).replicas).toBe(2);
    expect(specOf({ replicas: 5 }).replicas).toBe(5);
  });

  test('rolls without losing a pod', () => {
    expect(specOf({})).toMatchObject({
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 3,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
    });
  });

  test('is spread over zones and hosts, softly, each revision for itself', () => {
    const { topologySpreadConstraints: spread, affinity } = podOf(web()).spec;
    expect(spread!.map((s) => [s.topologyKey, s.whenUnsatisfiable, s.maxSkew])).toEqual([
      ['topology.kubernetes.io/zone', 'ScheduleAnyway', 1],
      ['kubernetes.io/hostname', 'ScheduleAnyway', 1],
    ]);
    expect(spread!.every((s) => s.nodeTaintsPolicy === 'Honor')).toBe(true);
    expect(spread!.every((s) => s.matchLabelKeys?.join() === 'pod-template-hash')).toBe(true);
    expect(affinity!.podAntiAffinity!.requiredDuringSchedulingIgnoredDuringExecution).toBeUndefined();
    expect(affinity!.podAntiAffinity!.preferredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
  });

  test("is not spread with 'none'", () => {
    const { topologySpreadConstraints, affinity } = podOf(web({ placement: { spread: 'none' } })).spec;
    expect([topologySpreadConstraints, affinity!.podAntiAffinity]).toEqual([undefined, undefined]);
  });

  test('has a service whose ports equal those of the container, by number', () => {
    const api = web({ port: { http: { port: 8080, appProtocol: 'http' }, dns: { port: 53, protocol: 'UDP' } } });
    const { ports, type, selector } = api.service.toJson().spec;
    expect(ports).toEqual([
      { name: 'http', port: 8080, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' },
      { name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' },
    ]);
    expect(type).toBe('ClusterIP');
    expect(selector).toEqual({ 'app.kubernetes.io/name': 'web' });
    expect(containerOf(api).ports).toEqual([
      { name: 'http', containerPort: 8080, protocol: 'TCP' },
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
    ]);
  });

  test('keeps a port for metrics alone out of the service', () => {
    const api = web({ metrics: { port: 9102, path: '/m' } });
    expect(api.service.toJson().spec.ports.map((p) => p.port)).toEqual([8080]);
    expect(containerOf(api).ports!.map((p) => [p.name, p.containerPort])).toEqual([
      ['http', 8080],
      ['metrics', 9102],
    ]);
    expect(podOf(api).metadata.annotations).toMatchObject({
      'prometheus.io/path': '/m',
      'prometheus.io/port': '9102',
      'prometheus.io/scrape': 'true',
    });
  });

  test('knows its addresses', () => {
    const one = web();
    expect(one.host).toBe('web.shop.svc.cluster.local');
    expect([one.port, one.ports, one.address]).toEqual([8080, {}, 'web.shop.svc.cluster.local:8080']);
    expect([one.url(), one.url('https')]).toEqual([
      'http://web.shop.svc.cluster.local:8080',
      'https://web.shop.svc.cluster.local:8080',
    ]);
    const two = web({ port: { http: 8080, admin: 9090 } });
    expect([two.port, two.ports]).toEqual([8080, { http: 8080, admin: 9090 }]);
    expect(two.url('http', 'admin')).toBe('http://web.shop.svc.cluster.local:9090');
  });

  test('gives its own addresses to variables and files', () => {
    const api = web({
      env: { SELF: (s: { address: string }) => s.address },
      files: { '/a': (s: { host: string }) => s.host },
    });
    expect(api.configMap!.toJson().data).toEqual({ SELF: api.address });
    expect(api.filesConfigMap!.toJson().data).toEqual({ a: api.host });
  });

  test('makes only the objects that are asked for', () => {
    const api = web({ disruption: 'none' });
    const { configMap, filesConfigMap, ingress, loadBalancerService, autoscaler, scaledObject, disruptionBudget } = api;
    const absent = [
      configMap,
      filesConfigMap,
      ingress,
      loadBalancerService,
      autoscaler,
      scaledObject,
      disruptionBudget,
    ];
    expect(absent.every((object) => object === undefined)).toBe(true);
    expect([api.role, api.roleBinding]).toEqual([undefined, undefined]);
    expect(api.networkPolicy).toBeDefined();
  });

  test('waits for its endpoints to be taken out of service before it stops', () => {
    const behind = { expose: Expose.alb({ host: 'shop.example.com', scheme: 'internal' }) };
    const stop = (props: object) => {
      const pod = web({ ...props });
      return [containerOf(pod).lifecycle?.preStop?.sleep?.seconds, podOf(pod).spec.terminationGracePeriodSeconds];
    };
    expect(stop({})).toEqual([5, 30]);
    expect(stop(behind)).toEqual([15, 40]);
    expect(stop({ ...behind, shutdown: { sleep: '20s', drain: '1m' } })).toEqual([20, 85]);
    expect(stop({ shutdown: { sleep: 0 } })).toEqual([undefined, 25]);
  });

  test('opens a node port when asked to', () => {
    const { spec } = web({ expose: Expose.nodePort(30080), port: { http: 8080, admin: 9090 } }).service.toJson();
    expect(spec.type).toBe('NodePort');
    expect(spec.ports.map((p) => p.nodePort)).toEqual([30080, undefined]);
  });
});

describe('a worker', () => {
  test('is a Deployment without a service', () => {
    const shop = newTenant();
    const mail = worker({}, shop);
    expect(synth(appOf(shop)).manifests.some((m) => m.kind === 'Service')).toBe(false);
    expect(mail.deployment.toJson().spec.replicas).toBe(2);
    expect(containerOf(mail).ports).toBeUndefined();
    expect(containerOf(mail).readinessProbe).toBeUndefined();
    expect(containerOf(mail).lifecycle).toBeUndefined();
  });

  test('has a metrics port by number', () => {
    const mail = worker({ metrics: { port: 9090 } });
    expect(containerOf(mail).ports).toEqual([{ name: 'metrics', containerPort: 9090, protocol: 'TCP' }]);
  });
});
