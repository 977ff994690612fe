/** What goes into pods beside the props: raw containers, images that run as root, volumes, hooks and variables. */
import { Config, Env, Probe, Secret, type Tenant } from 'cdk8s-eks-patterns';
import { agent, newApp, newCluster, newTenant, podOf, privilegedTenant, stateful, web } from '../../support/app';
import { custom, inTenant, type Program, raw, runTrials, type Trial } from './support';

type Props = Readonly<Record<string, unknown>>;
const member = (props: Props = {}, tenant?: () => Tenant): Program => inTenant((t) => stateful(props, t), tenant);
const init = (more: object, props: Props = {}): Program => member({ initContainers: [raw(more)], ...props });
const sidecar = (more: object, props: Props = {}): Program => member({ sidecars: [raw(more)], ...props });
const server = (props: Props = {}): Program => inTenant((t) => web(props, t));
/** A program with a service that others call. */
const beside = (caller: (api: ReturnType<typeof web>, tenant: Tenant) => void): Program =>
  inTenant((t) => caller(web({}, t, 'api'), t));
/** A program with a secret of Secrets Manager. */
const withSecret = (props: (secret: Secret<string>) => Props): Program =>
  inTenant((t) => {
    const secret = Secret.fromSecretsManager(t, 'auth', { secret: 'shop/auth', keys: ['password'] } as never);
    stateful(props(secret as Secret<string>), t);
  });
const fromSecret = { env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'auth', key: 'password' } } }] };
const baseline = () => newTenant({ podSecurity: { level: 'baseline', because: 'the image runs as root' } });
const olderTenant = (version: string) => newTenant({}, newCluster(newApp(), { version } as never));
const zone = { env: { RACK: Env.field("metadata.labels['topology.kubernetes.io/zone']") } };
const preStop = (hook: object) =>
  custom({
    statefulSet: ({ spec }) => {
      spec.template.spec.containers[0].lifecycle = { preStop: hook };
    },
  });
const database = (image: string, props: Props = {}): Program =>
  member({ image, user: 999, storage: { mountPath: '/var/lib/postgresql/data', size: '20Gi' }, ...props });
const below = { env: { PGDATA: '/var/lib/postgresql/data/pgdata' } };
const rootMysql = (add?: readonly string[]): Program =>
  member(
    {
      image: 'mysql:8.4.2',
      user: { root: 'legacy image that gives its data to another user' },
      ...(add ? { security: { capabilities: { add, because: 'the entry point changes its user' } } } : {}),
    },
    baseline,
  );
const onNode = (path: unknown): Program => inTenant((t) => agent({ hostPaths: [path] }, t), privilegedTenant);
const volumeOf = (path: string, type: string) =>
  custom({
    daemonSet: ({ spec }) => {
      const pod = spec.template.spec;
      pod.volumes = [...pod.volumes, { name: 'own', hostPath: { path, type } }];
      pod.containers[0].volumeMounts.push({ name: 'own', mountPath: path });
    },
  });
const mounting = (path: string, type: string): Program =>
  inTenant((t) => agent({ ...volumeOf(path, type), hostPaths: ['/var/log'] }, t), privilegedTenant);

const TRIALS: readonly Trial[] = [
  [
    'A1.1',
    'a mount of a volume that is misspelt',
    'volumes/unknown',
    init({ volumeMounts: [{ name: 'dta', mountPath: '/d' }] }),
    init({ volumeMounts: [{ name: 'data', mountPath: '/d' }] }),
  ],
  [
    'A1.3',
    'an init container of root in a restricted namespace',
    'pod-security/restricted',
    init({ securityContext: { runAsUser: 0 } }),
    init({ securityContext: { runAsUser: 65534 } }),
  ],
  [
    'A1.3b',
    'a privileged init container in a restricted namespace',
    'pod-security/restricted',
    init({ securityContext: { privileged: true, runAsUser: 0 } }),
    init({}),
  ],
  [
    'A1.6',
    'an init container that waits for a service that it may not call',
    'connections/undeclared',
    beside((api, t) => stateful({ initContainers: [raw({ command: ['nc', '-z', api.host, '8080'] })] }, t)),
    beside((api, t) =>
      stateful({ connectsTo: [api], initContainers: [raw({ command: ['nc', '-z', api.host, '8080'] })] }, t),
    ),
  ],
  [
    'A1.6b',
    'a sidecar with an address that it may not call',
    'connections/undeclared',
    beside((api, t) => stateful({ sidecars: [raw({ env: [{ name: 'API', value: api.address }] })] }, t)),
    beside((api, t) =>
      stateful({ connectsTo: [api], sidecars: [raw({ env: [{ name: 'API', value: api.address }] })] }, t),
    ),
  ],
  [
    'A1.7',
    'a sidecar with a password in a URL',
    'secrets/literal',
    sidecar({ env: [{ name: 'DATA_SOURCE_NAME', value: 'postgres://u:hunter2hunter2@localhost/db' }] }),
    sidecar({ env: [{ name: 'DATA_SOURCE_NAME', value: 'postgres://u@localhost/db' }] }),
  ],
  [
    'A1.7b',
    'a sidecar with a password',
    'secrets/literal',
    sidecar({ env: [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }] }),
    sidecar({ env: [{ name: 'DB_PASSWORD_FILE', value: '/run/secrets/auth/password' }] }),
  ],
  [
    'A1.8',
    'a sidecar with a key of a Secret that nothing syncs',
    'references/missing',
    withSecret(() => ({ sidecars: [raw(fromSecret)] })),
    withSecret((secret) => ({ env: { PASSWORD: secret.env('password') }, sidecars: [raw(fromSecret)] })),
  ],
  [
    'A1.8b',
    'the same where its files are mounted',
    'references/missing',
    withSecret((secret) => ({ secretFiles: { '/run/auth': secret }, sidecars: [raw(fromSecret)] })),
    withSecret((secret) => ({ secretFiles: { '/run/auth': secret } })),
  ],
  [
    'A4.1',
    'PostgreSQL whose data folder is the volume',
    'volumes/postgres-folder',
    database('postgres:16.1'),
    database('postgres:16.1', below),
  ],
  [
    'A4.2',
    'an image on top of PostgreSQL, with its folder in shared settings',
    'volumes/postgres-folder',
    inTenant((t) => {
      const settings = new Config(t, 'settings', { PGDATA: '/data' });
      const storage = { mountPath: '/data', size: '20Gi' };
      stateful({ image: 'postgis/postgis:16-3.4', user: 999, storage, envFrom: [settings] }, t);
    }),
    database('postgis/postgis:16-3.4', below),
  ],
  [
    'A4.3',
    'PostgreSQL 18 with the volume of its predecessors',
    'volumes/postgres-folder',
    database('postgres:18.1'),
    database('postgres:18.1', { storage: { mountPath: '/var/lib/postgresql', size: '20Gi' } }),
  ],
  [
    'A5.1',
    'an entry point that becomes another user, without the capabilities for it',
    'containers/steps-down',
    rootMysql(),
    rootMysql(['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID']),
  ],
  [
    'A9.1',
    'a hook that takes longer than the grace period',
    'containers/grace-period',
    member(preStop({ sleep: { seconds: 3000 } })),
    member(preStop({ sleep: { seconds: 5 } })),
  ],
  [
    'A9.2',
    'a command that sleeps longer than the grace period',
    'containers/grace-period',
    member(preStop({ exec: { command: ['sh', '-c', 'nodetool drain && sleep 300'] } })),
    member({
      shutdown: { drain: '6m' },
      ...preStop({ exec: { command: ['sh', '-c', 'nodetool drain && sleep 300'] } }),
    }),
  ],
  [
    'A10.2',
    'the zone as a label that pods of this version do not have',
    'containers/own-label',
    member(zone, () => olderTenant('1.34')),
    member(zone, () => olderTenant('1.35')),
  ],
  [
    'A10.3',
    'a field that pods do not tell',
    'containers/field-ref',
    member({ env: { ZONE: Env.field('spec.zone') } }),
    member({ env: { NODE: Env.field('spec.nodeName') } }),
  ],
  [
    'A11.1',
    'a function that fails, as another set is not there yet',
    'props/invalid',
    member({ env: { HOSTS: () => (undefined as unknown as { hosts: string[] }).hosts.join() } }),
    member({ env: { HOSTS: (self: { hosts: string[] }) => self.hosts.join() } }),
  ],
  [
    'A12.1',
    'a volume over the whole image',
    'volumes/root-path',
    member({ storage: { mountPath: '/', size: '1Gi' } }),
    member({ storage: { mountPath: '/data', size: '1Gi' } }),
  ],
  [
    'B2.1',
    'an init container with the image of its workload and none of its variables',
    'containers/no-variables',
    server({ env: { LEVEL: 'info' }, initContainers: [raw({ command: ['rails', 'db:migrate'] })] }),
    server({ env: { LEVEL: 'info' }, initContainers: [raw({ image: 'busybox:1.37', command: ['true'] })] }),
  ],
  [
    'B2.2',
    'a port that the workload and its sidecar declare',
    'containers/ports',
    server({ port: { http: 8080, proxy: 4180 }, sidecars: [raw({ ports: [{ containerPort: 4180 }] })] }),
    server({ port: { http: 8080, proxy: 4180 }, sidecars: [raw()] }),
  ],
  [
    'B6.1',
    'two probes that ask the same and are equally patient',
    'props/duplicate',
    server({ probes: { readiness: Probe.grpc(), liveness: Probe.grpc() } }),
    server({ probes: { readiness: Probe.grpc(), liveness: Probe.grpc({ failures: 9 }) } }),
  ],
  [
    'B9.4',
    'a socket of the node that is mounted as a folder',
    'volumes/host-path',
    mounting('/run/containerd/containerd.sock', 'Directory'),
    mounting('/run/containerd/containerd.sock', 'Socket'),
  ],
  [
    'B9.4b',
    'a device of the node that is mounted as a folder',
    'volumes/host-path',
    mounting('/dev/fuse', 'DirectoryOrCreate'),
    mounting('/dev/fuse', 'CharDevice'),
  ],
  [
    'B9.4c',
    'a folder of the agent that no node has',
    'volumes/host-path',
    onNode({ path: '/var/lib/otelcol', readOnly: false }),
    mounting('/var/lib/otelcol', 'DirectoryOrCreate'),
  ],
  [
    'B9.5',
    'a device plugin that cannot make its socket',
    'volumes/host-path',
    onNode('/var/lib/kubelet/device-plugins'),
    onNode({ path: '/var/lib/kubelet/device-plugins', readOnly: false }),
  ],
];

runTrials(TRIALS);

describe('what works as it is written', () => {
  const contextOf = (more: object, tenant: Tenant = newTenant()) =>
    podOf(stateful({ sidecars: [raw(more)] }, tenant)).spec.initContainers![0]!.securityContext;

  test('A1.2 a sidecar that says its user keeps the rest of the security context', () => {
    expect(contextOf({ securityContext: { runAsUser: 65534 } })).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsUser: 65534,
    });
  });

  test('A1.4 a container that sets kernel parameters in a privileged namespace may be root', () => {
    const context = contextOf({ securityContext: { privileged: true, runAsUser: 0 } }, privilegedTenant());
    expect(context).toMatchObject({ privileged: true, runAsNonRoot: false });
  });

  test('A1.5 a raw mount of a volume is at the folder of the own container', () => {
    const { initContainers, containers } = podOf(
      stateful({ initContainers: [raw({ volumeMounts: [{ name: 'data', mountPath: '/restore' }] })] }),
    ).spec;
    const own = containers[0].volumeMounts!.find(({ name }) => name === 'data')!;
    expect(initContainers![0]!.volumeMounts).toEqual([{ name: 'data', mountPath: '/restore', subPath: own.subPath }]);
  });

  test('A8 a server with one port may be asked the same by a patient liveness probe', () => {
    const probes = { readiness: Probe.tcp({ period: '5s' }), liveness: Probe.tcp({ failures: 12 }) };
    expect(podOf(web({ probes })).spec.containers[0].livenessProbe).toMatchObject({ failureThreshold: 12 });
  });

  test('B7 the group root is not the user root', () => {
    expect(podOf(web({ user: { uid: 50000, gid: 0 } })).spec.securityContext).toMatchObject({
      runAsUser: 50000,
      runAsGroup: 0,
      fsGroup: 0,
    });
  });

  test('B9.4 sockets and devices are mounted as what they are', () => {
    const paths = ['/run/containerd/containerd.sock', '/dev/fuse', '/dev/nvme0n1', '/var/log', '/dev/shm'];
    const { volumes } = podOf(agent({ hostPaths: paths }, privilegedTenant())).spec;
    const types = volumes!.flatMap(({ hostPath }) => (hostPath ? [hostPath.type] : []));
    expect(types).toEqual(['Socket', 'CharDevice', 'BlockDevice', 'Directory', 'Directory']);
  });
});
