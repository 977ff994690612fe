/** Containers beside the workload's own, written with this library's props. */
import { Config, Expose, InitContainer, Peer, Probe, Secret, type Tenant, WebService } from 'cdk8s-eks-patterns';
import { SIDECAR } from '../../charts/workloads/containers/container-props';
import {
  agent,
  appOf,
  containerOf,
  find,
  IMAGE,
  job,
  manifests,
  newCluster,
  newTenant,
  podOf,
  podProps,
  stateful,
  synth,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

type Props = Readonly<Record<string, unknown>>;
const EXPORTER = 'quay.io/prometheus/exporter:1.2.3';
const baseline = () => newTenant({ podSecurity: { level: 'baseline', because: 'the image runs as root' } });
const sidecarOf = (props: Props, more: Props = {}, tenant?: Tenant) =>
  podOf(stateful({ sidecars: [{ name: 'exporter', image: EXPORTER, ...props }], ...more }, tenant)).spec
    .initContainers![0]!;
const initOf = (props: Props, more: Props = {}, tenant?: Tenant) =>
  podOf(stateful({ initContainers: [{ name: 'prepare', image: EXPORTER, ...props }], ...more }, tenant)).spec
    .initContainers![0]!;
const starts = (props: Props) => podOf(web(props)).spec.initContainers!.map(({ name }) => name);

describe('a container of this library', () => {
  test('is hardened, and has the user of the pod', () => {
    expect(sidecarOf({ probes: {} })).toEqual({
      name: 'exporter',
      image: EXPORTER,
      imagePullPolicy: 'Always',
      restartPolicy: 'Always',
      resources: {
        requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
        limits: { cpu: '400m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      },
      volumeMounts: [{ name: 'exporter-scratch-tmp', mountPath: '/tmp' }],
    });
  });

  test('has the resources of the defaults, not those of the workload', () => {
    const tenant = newTenant({ defaults: { resources: { cpu: '50m', memory: '64Mi' } } });
    expect(sidecarOf({ user: 65534 }, { resources: { cpu: '1', memory: '1Gi' } }, tenant).resources!.requests).toEqual({
      cpu: '50m',
      memory: '64Mi',
      'ephemeral-storage': '1Gi',
    });
  });

  test.each([
    [{ user: 65534 }, {}, { runAsUser: 65534, runAsGroup: 65534 }],
    [{ user: { uid: 1000, gid: 0 } }, {}, { runAsUser: 1000, runAsGroup: 0 }],
    [{ user: 10001 }, {}, {}],
    [{ user: { root: 'sysctl' } }, {}, { runAsUser: 0, runAsGroup: 0, runAsNonRoot: false }],
    [{ user: 65534 }, { user: { root: 'x' } }, { runAsUser: 65534, runAsGroup: 65534, runAsNonRoot: true }],
    [{ security: { writableRoot: { because: 'x' } } }, {}, { readOnlyRootFilesystem: false }],
    [
      { user: { root: 'x', stepsDown: true } },
      {},
      {
        runAsUser: 0,
        runAsGroup: 0,
        runAsNonRoot: false,
        capabilities: { drop: ['ALL'], add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'] },
      },
    ],
  ])('departs from the hardening field by field: %j', (props, more, expected) => {
    expect(sidecarOf({ probes: {}, ...props }, more, baseline()).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      ...expected,
    });
  });

  test('may be privileged root where the level allows it', () => {
    const tenant = newTenant({ podSecurity: { level: 'privileged', because: 'sets sysctls' } });
    const sysctl = { user: { root: 'sets vm.max_map_count' }, security: { privileged: { because: 'sysctl' } } };
    const made = initOf({ command: ['sysctl', '-w', 'vm.max_map_count=262144'], ...sysctl }, {}, tenant);
    expect(made.securityContext).toEqual({
      allowPrivilegeEscalation: true,
      privileged: true,
      readOnlyRootFilesystem: true,
      runAsUser: 0,
      runAsGroup: 0,
      runAsNonRoot: false,
    });
    expect(findingsOf(() => appOf(tenant))).toEqual([]);
  });

  test('gives the reasons of its exceptions to the reader of the manifest', () => {
    const sidecars = [{ name: 'exporter', image: EXPORTER, user: { root: 'reads /proc' } }];
    expect(podOf(stateful({ sidecars }, baseline())).metadata.annotations).toEqual({
      'cdk8s-eks-patterns.io/root-because.exporter': 'reads /proc',
    });
  });

  test('has variables, files, secrets and shared configuration of its own', () => {
    const tenant = newTenant();
    const secret = Secret.fromSecretsManager(tenant, 'auth', { secret: 'shop/auth', keys: ['user', 'password'] });
    const shared = new Config(tenant, 'shared', { REGION: 'us-west-2' });
    const store = stateful(
      {
        sidecars: [
          {
            name: 'exporter',
            image: EXPORTER,
            env: {
              HOST: (self: { host: string }) => self.host,
              PASSWORD_FILE: secret.file('password'),
              USER: secret.env('user'),
              POD: (self: { podName: string }) => self.podName,
            },
            envFrom: [shared],
            files: { '/etc/exporter.yaml': 'a: b\n' },
          },
        ],
        files: { '/etc/exporter.yaml': 'c: d\n' },
      },
      tenant,
    );
    const pod = podOf(store);
    const [exporter] = pod.spec.initContainers!;
    expect(exporter!.env).toEqual([
      { name: 'HOST', value: store.host },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'PASSWORD_FILE', value: '/run/secrets/auth/password' },
      { name: 'USER', valueFrom: { secretKeyRef: { name: 'auth', key: 'user' } } },
      { name: 'POD', value: '$(POD_NAME)' },
    ]);
    expect(exporter!.envFrom).toEqual([{ configMapRef: { name: shared.configMap.name } }]);
    expect(exporter!.volumeMounts).toEqual([
      { name: 'exporter-scratch-tmp', mountPath: '/tmp' },
      { name: 'secret-auth', mountPath: '/run/secrets/auth', readOnly: true },
      { name: 'files', mountPath: '/etc/exporter.yaml', subPath: 'exporter.etc_exporter.yaml', readOnly: true },
    ]);
    expect(store.filesConfigMap!.toJson().data).toEqual({
      'etc_exporter.yaml': 'c: d\n',
      'exporter.etc_exporter.yaml': 'a: b\n',
    });
    expect(pod.spec.volumes!.map(({ name }) => name)).toEqual([
      'scratch-tmp',
      'files',
      'exporter-scratch-tmp',
      'secret-auth',
    ]);
    const app = manifests(appOf(tenant));
    expect(find(app, 'SecretProviderClass').spec.secretObjects[0].data).toEqual([{ key: 'user', objectName: 'user' }]);
    const config = JSON.stringify(app);
    expect(config).not.toContain('hunter');
    expect(JSON.stringify(find(app, 'ServiceAccount', 'store'))).toBeDefined();
  });

  test('gets the permission to read its secrets', () => {
    const cluster = newCluster();
    const tenant = newTenant({}, cluster);
    const auth = Secret.fromSecretsManager(tenant, 'auth', { secret: 'shop/auth' });
    stateful({ initContainers: [{ name: 'load', image: EXPORTER, secretFiles: { '/auth': auth } }] }, tenant);
    const { iam } = synth(appOf(cluster)).clusterConfig!;
    expect(JSON.stringify(iam.podIdentityAssociations)).toContain('secret:shop/auth-??????');
  });

  test("mounts storage at the workload's own place", () => {
    const mounts = (storage: unknown) => initOf({ storage, scratch: [] }).volumeMounts;
    const own = containerOf(stateful()).volumeMounts!.find(({ name }) => name === 'data')!;
    expect(own.subPath).toBe('data');
    expect(mounts(['data'])).toEqual([own]);
    expect(mounts([{ name: 'data', mountPath: '/backup', readOnly: true }])).toEqual([
      { ...own, mountPath: '/backup', readOnly: true },
    ]);
    expect(refusedBy(() => initOf({ storage: ['dta'] }))).toEqual([
      'props/unsupported',
      'initContainers[0].storage[0]',
    ]);
  });

  test('that is like the workload has what the workload has', () => {
    const tenant = newTenant();
    const secret = Secret.fromSecretsManager(tenant, 'auth', { secret: 'shop/auth', keys: ['password'] });
    const made = web(
      {
        env: { LEVEL: 'info', MODE: 'serve', PASSWORD: secret.env('password') },
        files: { '/etc/app.yaml': 'a: b\n' },
        security: { writableRoot: { because: 'writes its pid' } },
        initContainers: [{ name: 'migrate', like: 'main', args: ['migrate'], env: { MODE: 'migrate' } }],
      },
      tenant,
    );
    const own = containerOf(made);
    const { args, env, name, resources, ...migrate } = podOf(made).spec.initContainers![0]!;
    expect(migrate).toEqual({
      image: IMAGE,
      imagePullPolicy: 'Always',
      envFrom: own.envFrom,
      securityContext: own.securityContext,
      volumeMounts: own.volumeMounts,
    });
    expect(env).toEqual([{ name: 'MODE', value: 'migrate' }, ...own.env!]);
    expect([name, args]).toEqual(['migrate', ['migrate']]);
    expect(podOf(made).metadata.annotations).toEqual({
      'cdk8s-eks-patterns.io/writable-root-because': 'writes its pid',
    });
  });

  test.each<[Props, string, string]>([
    [{ name: undefined }, 'props/required', 'name'],
    [{ name: 'Exporter' }, 'props/invalid', 'name'],
    [{ name: 'x'.repeat(41) }, 'props/invalid', 'name'],
    [{ image: undefined }, 'props/required', 'image'],
    [{ image: 'exporter:latest' }, 'props/invalid', 'image'],
    [{ like: 'other' }, 'props/unsupported', 'like'],
    [{ command: 'sh' }, 'props/type', 'command'],
    [{ args: ['--password=hunter2hunter2'] }, 'props/forbidden', 'args[0]'],
    [{ env: { DB_PASSWORD: 'hunter2hunter2' } }, 'props/forbidden', 'env.DB_PASSWORD'],
    [{ env: { A: '$(B)' } }, 'props/invalid', 'env.A'],
    [{ env: [{ name: 'A' }] }, 'props/type', 'env'],
    [{ user: 'image' }, 'props/unsupported', 'user'],
    [{ user: 0 }, 'props/forbidden', 'user'],
    [{ user: { root: 'x' } }, 'props/forbidden', 'user'],
    [{ security: { privileged: { because: 'x' } } }, 'props/forbidden', 'security.privileged'],
    [{ security: { writableRoot: {} } }, 'props/required', 'security.writableRoot.because'],
    [{ resources: { cpu: '1' } }, 'props/type', 'resources.memory'],
    [{ scratch: ['tmp'] }, 'props/invalid', 'scratch[0]'],
    [{ files: { 'etc/a': '' } }, 'props/invalid', "files['etc/a']"],
    [{ volumeMounts: [] }, 'props/unknown', 'volumeMounts'],
    [{ securityContext: {} }, 'props/unknown', 'securityContext'],
    [{ memory: '1Gi' }, 'props/unknown', 'memory'],
    [{ probes: { liveness: 1 } }, 'props/type', 'probes.liveness'],
    [{ probes: { liveness: Probe.tcp() } }, 'props/required', 'probes.liveness.port'],
    [{ port: { Web: 1 } }, 'props/invalid', 'port.Web'],
    [{ shutdown: { preStop: 'drain' } }, 'props/type', 'shutdown.preStop'],
    [{ postStart: [] }, 'props/type', 'postStart'],
    [{ waitsFor: ['other'] }, 'props/unsupported', 'waitsFor'],
    [{ waitsFor: 'other' }, 'props/type', 'waitsFor'],
  ])('that is wrong is refused at its place: %j', (props, rule, field) => {
    expect(refusedBy(() => sidecarOf({ probes: {}, ...props }))).toEqual([rule, `sidecars[0].${field}`]);
  });

  test.each(['port', 'probes', 'shutdown', 'waitsFor', 'postStart'])('that ends has no %s', (key) => {
    expect(refusedBy(() => initOf({ [key]: {} }))).toEqual(['props/unsupported', `initContainers[0].${key}`]);
  });

  test.each(
    [...Object.keys(SIDECAR), 'unknown'].flatMap((key) =>
      [null, 5, 'x', true, [], {}, [null], [5], () => 1, { a: null }].map((value) => [key, value] as const),
    ),
  )('never fails without a place: %s as %p', (key, value) => {
    const container = { name: 'a', image: EXPORTER, user: 65534, [key]: value };
    for (const prop of ['sidecars', 'initContainers']) {
      for (const { field } of findingsOf(() => web({ [prop]: [container] }))) {
        expect(field).toMatch(`${prop}[0].`);
      }
    }
  });

  test('may be one of Kubernetes as before', () => {
    const raw = { name: 'raw', image: EXPORTER, command: ['run'], env: [{ name: 'A', value: 'b' }] };
    const [made] = podOf(web({ initContainers: [raw] })).spec.initContainers!;
    expect(made).toMatchObject(raw);
    expect(made).not.toHaveProperty('volumeMounts');
  });
});

describe('ports of sidecars', () => {
  const proxy = { name: 'proxy', image: EXPORTER, port: { proxy: 4180, stats: { port: 9901 } } };

  test('are ports of the workload', () => {
    const made = web({ sidecars: [proxy], expose: undefined, metrics: { port: 'stats' } });
    expect(made.service.toJson().spec!.ports!.map(({ name, port }) => [name, port])).toEqual([
      ['http', 8080],
      ['proxy', 4180],
      ['stats', 9901],
    ]);
    expect(containerOf(made).ports!.map(({ name }) => name)).toEqual(['http']);
    expect(podOf(made).spec.initContainers![0]!.ports!.map(({ name }) => name)).toEqual(['proxy', 'stats']);
    expect(podOf(made).metadata.annotations!['prometheus.io/port']).toBe('9901');
    expect(made.url('http', 'proxy')).toBe('http://web.shop.svc.cluster.local:4180');
    expect(made.ports).toEqual({ proxy: 4180, stats: 9901 });
    expect(made.on('proxy').toConnectionTarget().ports).toEqual([{ port: 4180, protocol: 'TCP' }]);
  });

  test('have the name of their container when they are a number', () => {
    expect(
      web({ sidecars: [{ ...proxy, port: 4180 }] })
        .on('proxy')
        .toConnectionTarget().ports,
    ).toEqual([{ port: 4180, protocol: 'TCP' }]);
    const long = { ...proxy, name: 'oauth2-proxy-sidecar', port: 4180 };
    expect(refusedBy(() => web({ sidecars: [long] }))).toEqual(['props/invalid', 'sidecars[0].port']);
  });

  test('are known to the compiler', () => {
    const tenant = newTenant();
    const made = new WebService(tenant, 'web', {
      ...podProps,
      probes: { readiness: Probe.http('/readyz'), liveness: Probe.tcp() },
      port: { http: 8080 },
      sidecars: [
        {
          name: 'proxy',
          image: EXPORTER,
          port: { proxy: 4180 },
          env: { HOST: (self) => self.host },
          probes: { readiness: Probe.http('/r', { port: 'proxy' }), liveness: Probe.tcp() },
        },
        { name: 'raw', image: EXPORTER },
      ],
    });
    made.on('http', 'proxy');
    // @ts-expect-error no port has this name
    expect(() => made.on('raw')).toThrow();
  });

  test('may be exposed, and probed by the workload', () => {
    const made = web({
      sidecars: [proxy],
      expose: Expose.alb({ scheme: 'internal', host: 'a.example.com', port: 'proxy' } as never),
      probes: { readiness: Probe.http('/ready', { port: 'proxy' } as never), liveness: Probe.tcp() },
    });
    const { paths } = made.ingress!.toJson().spec!.rules![0]!.http!;
    expect(paths[0]!.backend.service!.port).toEqual({ name: 'proxy' });
    expect(containerOf(made).readinessProbe!.httpGet!.port).toBe(4180);
    expect(findingsOf(() => appOf(made))).toEqual([]);
  });

  test.each([
    ['its own readiness', { readiness: Probe.http('/ping') }, '/ping', undefined, [4180]],
    ['that of the workload where it has none', undefined, '/readyz', '8080', [4180, 8080]],
    ['that of the workload where its own is not HTTP', { readiness: Probe.tcp() }, '/readyz', '8080', [4180, 8080]],
  ])('exposed, are checked by %s, and nothing else is open', (_what, probes, healthPath, healthPort, open) => {
    const made = web({
      sidecars: [{ ...proxy, probes }],
      expose: Expose.alb({ scheme: 'internal', host: 'a.example.com', port: 'proxy' } as never),
    });
    const { annotations } = made.ingress!.toJson().metadata!;
    expect(annotations!['alb.ingress.kubernetes.io/healthcheck-path']).toBe(healthPath);
    expect(annotations!['alb.ingress.kubernetes.io/healthcheck-port']).toBe(healthPort);
    const { ingress } = made.networkPolicy!.toJson().spec!;
    expect(ingress!.flatMap(({ ports }) => ports!.map(({ port }) => port))).toEqual(open);
  });

  test('exposed through an NLB, are checked by their own readiness', () => {
    const made = web({
      sidecars: [{ ...proxy, probes: { readiness: Probe.http('/ping') } }],
      expose: Expose.nlb({ scheme: 'internal', port: 'proxy' } as never),
      probes: { readiness: Probe.tcp(), liveness: Probe.tcp({ failures: 9 }) },
    });
    const { annotations } = made.loadBalancerService!.toJson().metadata!;
    expect(annotations).toMatchObject({
      'service.beta.kubernetes.io/aws-load-balancer-healthcheck-path': '/ping',
      'service.beta.kubernetes.io/aws-load-balancer-healthcheck-port': '4180',
    });
  });

  test('are for the probes of a sidecar of a job', () => {
    const made = job({ sidecars: [{ ...proxy, probes: { startup: Probe.tcp() } }] });
    expect(podOf(made).spec.initContainers![0]!.startupProbe!.tcpSocket!.port).toBe(4180);
  });

  test('may be those of members', () => {
    const made = stateful({ port: { db: 7000 }, sidecars: [proxy], memberPorts: ['stats'] });
    expect(made.service.toJson().spec!.ports!.map(({ name }) => name)).toEqual(['db', 'proxy']);
    expect(made.headlessService.toJson().spec!.ports!.map(({ name }) => name)).toEqual(['db', 'proxy', 'stats']);
  });

  test('serve the metrics of a worker', () => {
    const made = worker({ sidecars: [{ ...proxy, port: 9187 }], metrics: { port: 9187 } });
    expect(containerOf(made)).not.toHaveProperty('ports');
    expect(podOf(made).spec.initContainers![0]!.ports).toEqual([
      { name: 'proxy', containerPort: 9187, protocol: 'TCP' },
    ]);
    expect(find(manifests(appOf(made)), 'NetworkPolicy', 'worker').spec.ingress[0].ports).toEqual([
      { port: 9187, protocol: 'TCP' },
    ]);
  });

  test('are asked by the probes of their sidecar', () => {
    const [made] = podOf(web({ sidecars: [{ ...proxy, probes: { liveness: Probe.http('/up') } }] })).spec
      .initContainers!;
    expect([made!.livenessProbe!.httpGet!.port, made!.startupProbe!.failureThreshold]).toEqual([4180, 30]);
  });

  test.each([{ http: 4180 }, { other: 8080 }])('must be new: %j', (port) => {
    expect(refusedBy(() => web({ port: { http: 8080 }, sidecars: [{ ...proxy, port }] }))).toEqual([
      'props/duplicate',
      'sidecars[0].port',
    ]);
  });
});

describe('the order of containers', () => {
  const [a, b] = ['a', 'b'].map((name) => ({ name, image: EXPORTER, probes: {} }));
  const [i, j] = ['i', 'j'].map((name) => ({ name, image: EXPORTER, user: 65534 }));

  test('begins with the sidecars', () => {
    expect(starts({ sidecars: [a, b], initContainers: [i, j] })).toEqual(['a', 'b', 'i', 'j']);
  });

  test('has a sidecar behind the init containers that it waits for', () => {
    expect(starts({ sidecars: [{ ...a, waitsFor: ['i'] }, b], initContainers: [i, j] })).toEqual(['b', 'i', 'a', 'j']);
    expect(starts({ sidecars: [{ ...a, waitsFor: ['j', 'i'] }], initContainers: [i, j] })).toEqual(['i', 'j', 'a']);
  });
});

describe('shared folders', () => {
  const proxy = { name: 'proxy', image: EXPORTER, user: 65534 };
  const shared = { name: 'sockets', path: '/run/app', size: '1Mi', with: ['main', 'proxy'] };

  test('are mounted by the containers that they name', () => {
    const pod = podOf(web({ sidecars: [proxy, { ...proxy, name: 'other' }], shared: [shared] })).spec;
    const of = (name: string) =>
      [...pod.containers, ...pod.initContainers!]
        .find((one) => one.name === name)!
        .volumeMounts!.filter((mount) => mount.name.startsWith('shared'));
    expect([of('web'), of('proxy'), of('other')]).toEqual([
      [{ name: 'shared-sockets', mountPath: '/run/app' }],
      [{ name: 'shared-sockets', mountPath: '/run/app' }],
      [],
    ]);
    expect(pod.volumes).toContainEqual({ name: 'shared-sockets', emptyDir: { sizeLimit: '1Mi' } });
  });

  test('may be at another path in each container', () => {
    const config = { name: 'config', like: 'main', command: ['cp', '-r', '/etc/app/.', '/copy'] };
    const folder = { name: 'config', with: { config: '/copy', main: '/etc/app/' } };
    const pod = podOf(web({ initContainers: [config], shared: [folder] })).spec;
    const mounts = [...pod.initContainers!, ...pod.containers].map(({ volumeMounts }) => volumeMounts!.at(-1));
    expect(mounts).toEqual([
      { name: 'shared-config', mountPath: '/copy' },
      { name: 'shared-config', mountPath: '/etc/app' },
    ]);
  });

  test('may be of a container of Kubernetes', () => {
    const raw = { name: 'proxy', image: EXPORTER };
    expect(podOf(web({ sidecars: [raw], shared: [shared] })).spec.initContainers![0]!.volumeMounts).toEqual([
      { name: 'shared-sockets', mountPath: '/run/app' },
    ]);
  });

  test.each<[Props, string, string]>([
    [{ with: ['main'] }, 'props/invalid', 'with'],
    [{ with: ['main', 'prxy'] }, 'props/unsupported', 'with'],
    [{ with: undefined }, 'props/required', 'with'],
    [{ path: '/tmp' }, 'props/duplicate', 'path'],
    [{ path: 'run' }, 'props/invalid', 'path'],
    [{ name: 'A' }, 'props/invalid', 'name'],
    [{ path: undefined }, 'props/type', 'path'],
    [{ size: '1Megabyte' }, 'props/invalid', 'size'],
    [{ mode: 1 }, 'props/unknown', 'mode'],
    [{ with: 'main' }, 'props/type', 'with'],
    [{ with: null }, 'props/type', 'with'],
    [{ with: ['main', 1] }, 'props/unsupported', 'with'],
    [{ with: { main: '/a', proxy: '/b' } }, 'props/forbidden', 'path'],
    [{ path: undefined, with: { main: '/a' } }, 'props/invalid', 'with'],
    [{ path: undefined, with: { main: '/a', prxy: '/b' } }, 'props/unsupported', 'with'],
    [{ path: undefined, with: { main: 'a', proxy: '/b' } }, 'props/invalid', 'with.main'],
    [{ path: undefined, with: { main: 1, proxy: '/b' } }, 'props/type', 'with.main'],
    [{ path: undefined, with: { main: '/tmp', proxy: '/b' } }, 'props/duplicate', 'with.main'],
  ])('that are wrong are refused: %j', (more, rule, field) => {
    expect(refusedBy(() => web({ sidecars: [proxy], shared: [{ ...shared, ...more }] }))).toEqual([
      rule,
      `shared[0].${field}`,
    ]);
  });
});

test('two shared folders at one path of a container are refused', () => {
  const sidecars = [{ name: 'proxy', image: EXPORTER, user: 65534 }];
  const first = { name: 'first', path: '/run/app', with: ['main', 'proxy'] };
  const second = { name: 'second', with: { main: '/run/other', proxy: '/run/app' } };
  expect(refusedBy(() => web({ sidecars, shared: [first, second] }))).toEqual([
    'props/duplicate',
    'shared[1].with.proxy',
  ]);
});

describe('InitContainer.waitFor', () => {
  test('asks the Service, and opens both policies', () => {
    const tenant = newTenant();
    const store = stateful({ port: { db: 7000, admin: 7001 } }, tenant);
    const made = web({ initContainers: [InitContainer.waitFor(store)] }, tenant);
    const [wait] = podOf(made).spec.initContainers!;
    expect([wait!.name, wait!.args]).toEqual(['wait-for-store', [store.host, '7000']]);
    const app = manifests(appOf(tenant));
    const ports = [7000, 7001].map((port) => ({ port, protocol: 'TCP' }));
    expect(find(app, 'NetworkPolicy', 'web').spec.egress[1].ports).toEqual(ports);
    expect(find(app, 'NetworkPolicy', 'store').spec.ingress[0].ports).toEqual(ports);
  });

  test('asks the ports that it is given, and Peers by host', () => {
    const tenant = newTenant();
    const store = stateful({ port: { db: 7000, admin: 7001 } }, tenant);
    const peer = Peer.cidr('10.0.0.0/16', 5432);
    const waits = [
      InitContainer.waitFor(store.on('admin')),
      InitContainer.waitFor(peer, { host: 'db.example.com', name: 'wait-for-db' }),
    ];
    expect(
      podOf(job({ initContainers: waits }, tenant)).spec.initContainers!.map(({ name, args }) => [name, args]),
    ).toEqual([
      ['wait-for-store', [store.host, '7001']],
      ['wait-for-db', ['db.example.com', '5432']],
    ]);
    expect(findingsOf(() => appOf(tenant))).toEqual([]);
  });

  test('refuses what it cannot ask', () => {
    const dns = web({ port: { dns: { port: 53, protocol: 'UDP' }, http: 8080 } });
    expect(refusedBy(() => InitContainer.waitFor(dns.on('dns')))).toEqual(['props/unsupported', 'target']);
    expect(refusedBy(() => InitContainer.waitFor(Peer.internet(443)))).toEqual(['props/required', 'host']);
    expect(refusedBy(() => InitContainer.waitFor(agent()))).toEqual(['props/required', 'port']);
    expect(refusedBy(() => web({ sidecars: [InitContainer.waitFor(web())] }))).toEqual(['props/type', 'sidecars[0]']);
    const first = { name: 'first', image: EXPORTER };
    expect(refusedBy(() => web({ initContainers: [first, InitContainer.waitFor(stateful())] }))).toEqual([
      'props/forbidden',
      'initContainers[1]',
    ]);
  });
});

describe('hooks', () => {
  const hooks = (props: Props) => {
    const pod = podOf(stateful(props)).spec;
    return [pod.containers[0].lifecycle, pod.terminationGracePeriodSeconds];
  };
  const command = ['nodetool', 'drain'];

  test.each<[Props, unknown, number]>([
    [{ shutdown: { preStop: command, sleep: '0s' } }, { preStop: { exec: { command } } }, 65],
    [
      { shutdown: { preStop: { command, time: '8m' } } },
      { preStop: { exec: { command: ['sh', '-c', 'sleep 5; exec "$@"', 'preStop', ...command] } } },
      550,
    ],
    [{ postStart: command }, { postStart: { exec: { command } }, preStop: { sleep: { seconds: 5 } } }, 70],
    [
      { sidecars: [{ name: 'a', image: EXPORTER, shutdown: { preStop: { command, time: '10s' } } }] },
      { preStop: { sleep: { seconds: 5 } } },
      80,
    ],
  ])('run commands, and the grace period counts them: %j', (props, lifecycle, grace) => {
    expect(hooks(props)).toEqual([lifecycle, grace]);
  });

  test('keep the target of a load balancer until they have ended', () => {
    const made = web({
      expose: Expose.alb({ scheme: 'internal', host: 'a.example.com' }),
      shutdown: { preStop: { command, time: '1m' } },
    });
    const annotations = Object.entries(made.ingress!.toJson().metadata.annotations!);
    expect(annotations).toContainEqual([
      'alb.ingress.kubernetes.io/target-group-attributes',
      'deregistration_delay.timeout_seconds=95',
    ]);
    expect(podOf(made).spec.terminationGracePeriodSeconds).toBe(100);
    expect(findingsOf(() => appOf(made))).toEqual([]);
  });

  test.each<[unknown, string, string]>([
    ['drain', 'props/type', ''],
    [[], 'props/type', ''],
    [{ command }, 'props/type', '.time'],
    [{ time: '1s' }, 'props/required', '.command'],
    [{ command, time: '0s' }, 'props/invalid', '.time'],
    [{ command, time: '1s', after: 1 }, 'props/unknown', '.after'],
  ])('that are wrong are refused: %j', (preStop, rule, field) => {
    expect(refusedBy(() => web({ shutdown: { preStop } }))).toEqual([rule, `shutdown.preStop${field}`]);
  });
});
