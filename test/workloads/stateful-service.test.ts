import { appOf, containerOf, newApp, newCluster, newTenant, podOf, stateful, synth, synthErrors } from '../support/app';

const two = { port: { client: 7000, raft: 7001 }, memberPorts: ['raft'] };
const storage = { mountPath: '/var/lib/store', size: '20Gi' };
const specOf = (props: object) => stateful({ ...props }).statefulSet.toJson().spec;

describe('a stateful service', () => {
  test('starts its members one by one, and keeps their volumes', () => {
    expect(specOf({ replicas: 3 })).toMatchObject({
      replicas: 3,
      podManagementPolicy: 'OrderedReady',
      minReadySeconds: 10,
      revisionHistoryLimit: 3,
      serviceName: 'store-headless',
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      updateStrategy: { type: 'RollingUpdate' },
    });
    expect(specOf({ replicas: undefined }).replicas).toBe(2);
    expect(specOf({ order: 'Parallel' }).podManagementPolicy).toBe('Parallel');
  });

  test('gives each member a volume, whose template carries nothing that could change', () => {
    const [template, ...others] = specOf({ labels: { tier: 'a' } }).volumeClaimTemplates!;
    expect(others).toEqual([]);
    expect(template).toEqual({
      metadata: { name: 'data', labels: { 'app.kubernetes.io/name': 'store' } },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'gp3-retain',
        resources: { requests: { storage: '20Gi' } },
      },
    });
  });

  test('mounts each volume at a folder of its own, below the root of the file system', () => {
    const store = stateful({
      storage: [storage, { name: 'wal', mountPath: '/wal', size: '5Gi', className: 'io2' }],
    });
    expect(containerOf(store).volumeMounts).toEqual(
      expect.arrayContaining([
        { name: 'data', mountPath: '/var/lib/store', subPath: 'data' },
        { name: 'wal', mountPath: '/wal', subPath: 'wal' },
      ]),
    );
    const templates = store.statefulSet.toJson().spec.volumeClaimTemplates!;
    expect(templates.map((t) => [t.metadata!.name, t.spec!.storageClassName])).toEqual([
      ['data', 'gp3-retain'],
      ['wal', 'io2'],
    ]);
    expect(podOf(store).spec.securityContext).toMatchObject({ fsGroup: 10001, fsGroupChangePolicy: 'OnRootMismatch' });
  });

  test('has a headless service for its members, before they are ready, and one for clients without their ports', () => {
    const store = stateful({ ...two, replicas: 3 });
    const headless = store.headlessService.toJson();
    expect(headless.metadata.name).toBe('store-headless');
    expect(headless.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(headless.spec.ports.map((p) => p.name)).toEqual(['client', 'raft']);
    const { spec } = store.service.toJson();
    expect([spec.clusterIP, spec.publishNotReadyAddresses]).toEqual([undefined, undefined]);
    expect(spec.ports.map((p) => p.name)).toEqual(['client']);
    expect(spec.selector).toEqual(headless.spec.selector);
    expect(containerOf(store).ports!.map((p) => p.name)).toEqual(['client', 'raft']);
  });

  test('must be spread over zones, since a volume pins its pod', () => {
    const spread = podOf(stateful()).spec.topologySpreadConstraints!;
    expect(spread.map((s) => [s.topologyKey, s.whenUnsatisfiable, s.matchLabelKeys])).toEqual([
      ['topology.kubernetes.io/zone', 'DoNotSchedule', undefined],
      ['kubernetes.io/hostname', 'ScheduleAnyway', undefined],
    ]);
    const soft = podOf(stateful({ placement: { spread: 'soft' } })).spec.topologySpreadConstraints!;
    expect(soft[0]!.whenUnsatisfiable).toBe('ScheduleAnyway');
    const armed = podOf(stateful({ placement: { architecture: 'arm64' } })).spec;
    expect(armed.topologySpreadConstraints![0]!.whenUnsatisfiable).toBe('DoNotSchedule');
    expect(armed.nodeSelector).toEqual({ 'kubernetes.io/arch': 'arm64' });
  });

  test('knows the addresses of clients and members', () => {
    const store = stateful({ ...two, replicas: 3 });
    expect(store.host).toBe('store.shop.svc.cluster.local');
    expect(store.domain).toBe('store-headless.shop.svc.cluster.local');
    expect(store.hosts).toEqual([0, 1, 2].map((i) => `store-${i}.store-headless.shop.svc.cluster.local`));
    expect([store.replicas, store.port, store.ports]).toEqual([3, 7000, { client: 7000, raft: 7001 }]);
    expect(store.url('raft', 'raft')).toBe('raft://store.shop.svc.cluster.local:7001');
    expect(store.address).toBe('store.shop.svc.cluster.local:7000');
  });

  test('has the first port as its main port', () => {
    expect(stateful(two).port).toBe(7000);
  });

  test('gives its members to variables and files before it exists', () => {
    const store = stateful({
      replicas: 2,
      env: { PEERS: (self: { hosts: string[] }) => self.hosts.join() },
      files: { '/etc/n': (self: { replicas: number }) => String(self.replicas) },
    });
    expect(store.configMap!.toJson().data).toEqual({ PEERS: store.hosts.join() });
    expect(store.filesConfigMap!.toJson().data).toEqual({ etc_n: '2' });
  });

  test('has a disruption budget when there are several members', () => {
    expect(stateful({ replicas: 1 }).disruptionBudget).toBeUndefined();
    expect(stateful({ replicas: 3, disruption: 'none' }).disruptionBudget).toBeUndefined();
    expect(stateful({ replicas: 3 }).disruptionBudget!.toJson().spec).toMatchObject({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
    const policy = (props: object) =>
      stateful({ replicas: 3, ...props }).disruptionBudget!.toJson().spec!.unhealthyPodEvictionPolicy;
    expect(policy({ memberPorts: [] })).toBe('IfHealthyBudget');
    expect(policy({ memberPorts: [], disruption: { maxUnavailable: 1 } })).toBe('IfHealthyBudget');
    expect(policy({ memberPorts: [], disruption: { maxUnavailable: 1, unready: 'evict' } })).toBe('AlwaysAllow');
    expect(policy({ disruption: { minAvailable: 2, unready: 'protect' } })).toBe('IfHealthyBudget');
    expect(stateful({ replicas: 3, disruption: { minAvailable: 2 } }).disruptionBudget!.toJson().spec).toMatchObject({
      minAvailable: 2,
    });
  });

  test('warns of several members that do not know each other', () => {
    const warnings = (props: object) => {
      const shop = newTenant();
      stateful({ ...props }, shop);
      synth(appOf(shop));
      const { findings } = appOf(shop);
      return findings.filter((f) => f.severity === 'warning' && f.construct === 'prod/shop/store');
    };
    expect(warnings({ replicas: 2 })).toMatchObject([{ rule: 'stateful/member-ports', field: 'memberPorts' }]);
    expect(warnings({ replicas: 1 })).toEqual([]);
    expect(warnings({ ...two, replicas: 3, order: 'Parallel' })).toEqual([]);
    expect(warnings({ ...two, replicas: 3, order: 'OrderedReady' })).toEqual([]);
    expect(warnings({ ...two, replicas: 3 })).toMatchObject([{ rule: 'stateful/order', field: 'order' }]);
    expect(warnings({ ...two, replicas: 1 })).toEqual([]);
  });

  test('asks for three zones when it keeps a quorum', () => {
    const errors = (replicas: number, more: object = {}) => {
      const app = newApp();
      const cluster = newCluster(app, { availabilityZones: ['us-west-2a', 'us-west-2b'] } as never);
      stateful({ ...two, replicas, ...more }, newTenant({}, cluster));
      return synthErrors(app);
    };
    expect(errors(3)).toEqual([expect.stringMatching(/^prod\/shop\/store: .*at least 3 zones, but has 2.*quorum/)]);
    expect(errors(2)).toEqual([]);
    expect(errors(3, { placement: { spread: 'soft' } })).toEqual([]);
  });
});
