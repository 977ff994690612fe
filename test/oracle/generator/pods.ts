import * as fc from 'fast-check';
import type { PodQuestion } from '../pod-security';

type Fields = Record<string, unknown>;
/** Sets a field, however deep: an edge of a control. */
interface Edit {
  /** 'spec' of the pod, or of one of its containers. */
  readonly of: 'pod' | 'container';
  readonly path: readonly string[];
  readonly value: unknown;
}

const of = (place: Edit['of'], path: string, ...values: readonly unknown[]): fc.Arbitrary<Edit> =>
  fc.constantFrom(...values).map((value) => ({ of: place, path: path.split('.'), value }));
const drawn = (place: Edit['of'], path: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
  values.map((value) => ({ of: place, path: path.split('.'), value }));
/** What the pod and each container have. */
const both = (path: string, ...values: readonly unknown[]): fc.Arbitrary<Edit> =>
  fc.oneof(of('pod', `securityContext.${path}`, ...values), of('container', `securityContext.${path}`, ...values));

const PROFILES = ['RuntimeDefault', 'Localhost', 'Unconfined', '', 'runtimeDefault'].map((type) => ({ type }));
const CAPABILITIES = ['NET_BIND_SERVICE', 'CHOWN', 'MKNOD', 'SYS_CHROOT', 'NET_RAW', 'SYS_ADMIN', 'ALL', 'chown'];
const capabilities = fc.subarray(CAPABILITIES, { maxLength: 3 });
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
  'net.ipv4.tcp_slow_start_after_idle',
  'net.ipv4.tcp_notsent_lowat',
  'net.ipv4.tcp_mem',
  'toString',
];
const VOLUMES: readonly Fields[] = [
  {},
  { emptyDir: {} },
  { configMap: {} },
  { csi: { driver: 'a' } },
  { downwardAPI: {} },
  { ephemeral: {} },
  { image: {} },
  { persistentVolumeClaim: { claimName: 'a' } },
  { projected: {} },
  { secret: {} },
  { hostPath: { path: '/' } },
  { hostPath: { path: '/' }, emptyDir: {} },
  ...[
    'awsElasticBlockStore',
    'azureDisk',
    'azureFile',
    'cephfs',
    'cinder',
    'fc',
    'flexVolume',
    'flocker',
    'gcePersistentDisk',
    'gitRepo',
    'glusterfs',
    'iscsi',
    'nfs',
    'photonPersistentDisk',
    'portworxVolume',
    'quobyte',
    'rbd',
    'scaleIO',
    'storageos',
    'vsphereVolume',
  ].map((type) => ({ [type]: {} })),
];
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'];
const ANNOTATIONS = [
  'container.apparmor.security.beta.kubernetes.io/main',
  'container.apparmor.security.beta.kubernetes.io/none',
  'seccomp.security.alpha.kubernetes.io/pod',
  'container.seccomp.security.alpha.kubernetes.io/main',
  'container.seccomp.security.alpha.kubernetes.io/init',
  'container.seccomp.security.alpha.kubernetes.io/none',
];
const ANNOTATED = ['runtime/default', 'docker/default', 'localhost/a', 'localhost', 'unconfined', ''];

const edit: fc.Arbitrary<Edit> = fc.oneof(
  of('pod', 'hostNetwork', true, false),
  of('pod', 'hostPID', true, false),
  of('pod', 'hostIPC', true, false),
  of('pod', 'hostUsers', true, false, false),
  of('pod', 'os', { name: 'windows' }, { name: 'linux' }, { name: 'Windows' }),
  of('pod', 'securityContext', {}, undefined),
  of('container', 'securityContext', {}, undefined),
  of('container', 'securityContext.privileged', true, false),
  of('container', 'securityContext.allowPrivilegeEscalation', true, false, undefined),
  of('container', 'securityContext.capabilities', {}, undefined),
  of('container', 'securityContext.procMount', 'Default', 'Unmasked', ''),
  of('container', 'ports', [], [{ containerPort: 80 }], [{ hostPort: 0 }], [{ hostPort: 0 }, { hostPort: 1 }]),
  drawn('container', 'securityContext.capabilities.add', capabilities),
  drawn('container', 'securityContext.capabilities.drop', capabilities),
  drawn(
    'pod',
    'securityContext.sysctls',
    fc.subarray(SYSCTLS, { maxLength: 2 }).map((names) => names.map((name) => ({ name, value: '1' }))),
  ),
  drawn(
    'pod',
    'volumes',
    fc
      .subarray([...VOLUMES], { maxLength: 2 })
      .map((sources) => sources.map((source, i) => ({ name: `v${i}`, ...source }))),
  ),
  both('runAsNonRoot', true, false, undefined),
  both('runAsUser', 0, 1, undefined),
  both('seccompProfile', ...PROFILES, {}, undefined),
  both('appArmorProfile', ...PROFILES, {}),
  both('windowsOptions', {}, { hostProcess: true }, { hostProcess: false }),
  both('seLinuxOptions', {}, { user: 'a' }, { role: 'a' }, { user: '', role: '', type: '' }, { level: 's0' }),
  both(
    'seLinuxOptions.type',
    ...['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t', 'Container_t'],
  ),
  fc
    .tuple(fc.constantFrom(...PROBES), fc.constantFrom('httpGet', 'tcpSocket'))
    .chain(([at, how]) =>
      of('container', `${at}.${how}`, ...['', 'a', '127.0.0.1'].map((host) => ({ port: 1, host }))),
    ),
);

const annotations = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.dictionary(fc.constantFrom(...ANNOTATIONS), fc.constantFrom(...ANNOTATED), { maxKeys: 2 }),
);

/** What a restricted namespace admits. */
const context = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

function podOf(edits: readonly (readonly [Edit, number])[], notes: Fields, kinds: readonly number[]): unknown {
  const spec: Fields = { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } };
  const containers = kinds.map((kind, i) => {
    const container: Fields = { name: ['main', 'init', 'other'][i], securityContext: structuredClone(context) };
    const list = LISTS[kind]!;
    spec[list] = [...((spec[list] as Fields[] | undefined) ?? []), container];
    return container;
  });
  for (const [{ of: place, path, value }, at] of edits) {
    setAt(place === 'pod' ? spec : containers[at % containers.length]!, path, structuredClone(value));
  }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', annotations: notes }, spec };
}

function setAt(target: Fields, [key, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[key!] = value;
  } else {
    target[key!] ??= {};
    setAt(target[key!] as Fields, rest, value);
  }
}

const version = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 28, max: 38 }) }, fc.integer({ min: 0, max: 27 }));

/** A pod that every level admits, with some edits at the edges of the controls. */
export const podQuestion: fc.Arbitrary<PodQuestion> = fc.record({
  level: fc.constantFrom('baseline', 'restricted'),
  version,
  pod: fc
    .tuple(
      fc.array(fc.tuple(edit, fc.nat(2)), { maxLength: 4, size: 'max' }),
      annotations,
      fc.array(fc.nat(2), { minLength: 1, maxLength: 3, size: 'max' }),
    )
    .map((parts) => podOf(...parts)),
});
