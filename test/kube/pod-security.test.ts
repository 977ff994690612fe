import type { PodObject } from '../../kube/inventory';
import { CONTROLS, podSecurityViolations } from '../../kube/pod-security/violations';
import { loadInventory } from '../../review/load';

const CONTEXT = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const POD = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
/** Spec, context of the pod, context of its container, and the container. */
interface Edits {
  readonly spec?: object;
  readonly pod?: object;
  readonly context?: object;
  readonly main?: object;
  readonly annotations?: object;
}

function failing({ spec, pod, context, main, annotations = {} }: Edits, level: 'baseline' | 'restricted', at: number) {
  const value = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', annotations },
    spec: {
      securityContext: { ...POD, ...pod },
      containers: [{ name: 'main', image: 'web:1', securityContext: { ...CONTEXT, ...context }, ...main }],
      ...spec,
    },
  };
  const { pods } = loadInventory([{ value, origin: {} }]);
  const found = podSecurityViolations(pods[0] as PodObject, level, at).map(({ control }) => control.id);
  return [...new Set(found)];
}

const WINDOWS = { os: { name: 'windows' } };
const OWN_USERS = { hostUsers: false };
const seLinux = (options: object): Edits => ({ context: { seLinuxOptions: options } });
const sysctl = (name: string): Edits => ({ pod: { sysctls: [{ name, value: '1' }] } });
const capability = (name: string): Edits => ({ context: { capabilities: { drop: ['ALL'], add: [name] } } });
const volume = (source: object): Edits => ({ spec: { volumes: [{ name: 'a', ...source }] } });
/** In every version, however old or new. */
const ALL = [0, 99];

/** What fails at level baseline and at level restricted, in the versions from the first to the last. */
type Row = readonly [
  what: string,
  edits: Edits,
  baseline: string | undefined,
  restricted: string | undefined,
  versions: readonly number[],
];

const ROWS: readonly Row[] = [
  ['a good pod', {}, undefined, undefined, ALL],
  ['hostNetwork', { spec: { hostNetwork: true } }, 'hostNamespaces', 'hostNamespaces', ALL],
  ['hostIPC', { spec: { hostIPC: true } }, 'hostNamespaces', 'hostNamespaces', ALL],
  ['no hostPID', { spec: { hostPID: false } }, undefined, undefined, ALL],
  ['privileged', { context: { privileged: true } }, 'privileged', 'privileged', ALL],
  ['not privileged', { context: { privileged: false } }, undefined, undefined, ALL],
  [
    'a host process',
    { pod: { windowsOptions: { hostProcess: true } } },
    'windowsHostProcess',
    'windowsHostProcess',
    ALL,
  ],
  ['hostPort', { main: { ports: [{ hostPort: 1 }] } }, 'hostPorts', 'hostPorts', ALL],
  ['hostPort 0', { main: { ports: [{ hostPort: 0 }] } }, undefined, undefined, ALL],
  ['a host path', volume({ hostPath: { path: '/' } }), 'hostPathVolumes', 'restrictedVolumes', ALL],
  ['iSCSI', volume({ iscsi: {} }), undefined, 'restrictedVolumes', ALL],
  ['an image as a volume', volume({ image: {} }), undefined, undefined, ALL],
  ['NET_RAW', capability('NET_RAW'), 'capabilities_baseline', 'capabilities_restricted', [22, 99]],
  ['NET_RAW', capability('NET_RAW'), 'capabilities_baseline', 'capabilities_baseline', [0, 21]],
  ['SETUID', capability('SETUID'), undefined, 'capabilities_restricted', [22, 99]],
  ['SETUID', capability('SETUID'), undefined, undefined, [0, 21]],
  ['NET_BIND_SERVICE', capability('NET_BIND_SERVICE'), undefined, undefined, ALL],
  ['keeping all', { context: { capabilities: { drop: ['NET_RAW'] } } }, undefined, 'capabilities_restricted', [22, 99]],
  ['an SELinux type', seLinux({ type: 'spc_t' }), 'seLinuxOptions', 'seLinuxOptions', ALL],
  ['container_engine_t', seLinux({ type: 'container_engine_t' }), 'seLinuxOptions', 'seLinuxOptions', [0, 30]],
  ['container_engine_t', seLinux({ type: 'container_engine_t' }), undefined, undefined, [31, 99]],
  ['container_kvm_t', seLinux({ type: 'container_kvm_t', level: 's0' }), undefined, undefined, ALL],
  ['an SELinux user', seLinux({ user: 'root' }), 'seLinuxOptions', 'seLinuxOptions', ALL],
  ['an SELinux role', seLinux({ role: 'root' }), 'seLinuxOptions', 'seLinuxOptions', ALL],
  ['an unmasked /proc', { context: { procMount: 'Unmasked' } }, 'procMount', 'procMount', [0, 34]],
  ['an unmasked /proc', { context: { procMount: 'Unmasked' } }, 'procMount', 'procMount_restricted', [35, 99]],
  [
    'an unmasked /proc with own users',
    { spec: OWN_USERS, context: { procMount: 'Unmasked' } },
    undefined,
    'procMount_restricted',
    [35, 99],
  ],
  [
    'an unmasked /proc with own users',
    { spec: OWN_USERS, context: { procMount: 'Unmasked' } },
    'procMount',
    'procMount',
    [0, 34],
  ],
  ['no AppArmor', { pod: { appArmorProfile: { type: 'Unconfined' } } }, 'appArmorProfile', 'appArmorProfile', ALL],
  [
    'an AppArmor profile of the node',
    { context: { appArmorProfile: { type: 'Localhost' } } },
    undefined,
    undefined,
    ALL,
  ],
  [
    'no AppArmor, by annotation',
    { annotations: { 'container.apparmor.security.beta.kubernetes.io/any': 'unconfined' } },
    'appArmorProfile',
    'appArmorProfile',
    ALL,
  ],
  [
    'an AppArmor profile by annotation',
    { annotations: { 'container.apparmor.security.beta.kubernetes.io/main': 'localhost/a' } },
    undefined,
    undefined,
    ALL,
  ],
  [
    'no seccomp',
    { pod: { seccompProfile: { type: 'Unconfined' } } },
    'seccompProfile_baseline',
    'seccompProfile_restricted',
    [19, 99],
  ],
  ['no seccomp, of old', { pod: { seccompProfile: { type: 'Unconfined' } } }, undefined, undefined, [0, 18]],
  [
    'no seccomp, by annotation',
    { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' } },
    'seccompProfile_baseline',
    'seccompProfile_baseline',
    [0, 18],
  ],
  [
    'no seccomp of a container, by annotation',
    { annotations: { 'container.seccomp.security.alpha.kubernetes.io/main': 'unconfined' } },
    'seccompProfile_baseline',
    'seccompProfile_baseline',
    [0, 18],
  ],
  [
    'annotations of seccomp, which are no longer read',
    { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' } },
    undefined,
    undefined,
    [19, 99],
  ],
  ['no seccomp profile', { pod: { seccompProfile: undefined } }, undefined, 'seccompProfile_restricted', [19, 99]],
  [
    'a seccomp profile of each container',
    { pod: { seccompProfile: undefined }, context: { seccompProfile: { type: 'Localhost' } } },
    undefined,
    undefined,
    ALL,
  ],
  ['an unknown sysctl', sysctl('kernel.msgmax'), 'sysctls', 'sysctls', ALL],
  ['a sysctl of always', sysctl('net.ipv4.tcp_syncookies'), undefined, undefined, ALL],
  ...(
    [
      ['net.ipv4.ip_local_reserved_ports', 27],
      ['net.ipv4.tcp_keepalive_time', 29],
      ['net.ipv4.tcp_rmem', 32],
      ['net.ipv4.tcp_notsent_lowat', 37],
    ] as const
  ).flatMap(([name, since]): Row[] => [
    [name, sysctl(name), 'sysctls', 'sysctls', [0, since - 1]],
    [name, sysctl(name), undefined, undefined, [since, 99]],
  ]),
  [
    'a probe of another host',
    { main: { livenessProbe: { httpGet: { port: 1, host: 'a' } } } },
    'hostProbesAndHostLifecycle',
    'hostProbesAndHostLifecycle',
    [34, 99],
  ],
  [
    'a probe of another host',
    { main: { livenessProbe: { httpGet: { port: 1, host: 'a' } } } },
    undefined,
    undefined,
    [0, 33],
  ],
  [
    'a hook that calls another host',
    { main: { lifecycle: { preStop: { httpGet: { port: 1, host: 'a' } } } } },
    'hostProbesAndHostLifecycle',
    'hostProbesAndHostLifecycle',
    [34, 99],
  ],
  [
    'more rights than the parent',
    { context: { allowPrivilegeEscalation: undefined } },
    undefined,
    'allowPrivilegeEscalation',
    [8, 99],
  ],
  ['more rights than the parent', { context: { allowPrivilegeEscalation: true } }, undefined, undefined, [0, 7]],
  ['root', { pod: { runAsUser: 0 } }, undefined, 'runAsUser', [23, 99]],
  ['root', { context: { runAsUser: 0 } }, undefined, undefined, [0, 22]],
  [
    'root of its own users',
    { spec: OWN_USERS, pod: { runAsUser: 0, runAsNonRoot: false } },
    undefined,
    undefined,
    [35, 99],
  ],
  ['perhaps root', { pod: { runAsNonRoot: undefined } }, undefined, 'runAsNonRoot', ALL],
  ['root allowed to one', { context: { runAsNonRoot: false } }, undefined, 'runAsNonRoot', ALL],
  [
    'root allowed to all',
    { pod: { runAsNonRoot: false }, context: { runAsNonRoot: true } },
    undefined,
    'runAsNonRoot',
    ALL,
  ],
  [
    'perhaps root of its own users',
    { spec: OWN_USERS, pod: { runAsNonRoot: undefined } },
    undefined,
    'runAsNonRoot',
    [0, 34],
  ],
  ['Windows', { spec: WINDOWS, context: { allowPrivilegeEscalation: true } }, undefined, undefined, [25, 99]],
  [
    'Windows, of old',
    { spec: WINDOWS, context: { allowPrivilegeEscalation: true } },
    undefined,
    'allowPrivilegeEscalation',
    [8, 24],
  ],
  ['capabilities on Windows', { spec: WINDOWS, context: { capabilities: {} } }, undefined, undefined, [25, 99]],
  [
    'capabilities on Windows, of old',
    { spec: WINDOWS, context: { capabilities: {} } },
    undefined,
    'capabilities_restricted',
    [22, 24],
  ],
  ['no seccomp on Windows', { spec: WINDOWS, pod: { seccompProfile: undefined } }, undefined, undefined, [25, 99]],
  [
    'no seccomp on Windows, of old',
    { spec: WINDOWS, pod: { seccompProfile: undefined } },
    undefined,
    'seccompProfile_restricted',
    [19, 24],
  ],
  ['perhaps root on Windows', { spec: WINDOWS, pod: { runAsNonRoot: undefined } }, undefined, 'runAsNonRoot', ALL],
  [
    'an ephemeral container',
    { spec: { ephemeralContainers: [{ name: 'e', securityContext: { ...CONTEXT, privileged: true } }] } },
    'privileged',
    'privileged',
    ALL,
  ],
];

test.each(ROWS)('%s', (_, edits, baseline, restricted, versions) => {
  for (const version of versions) {
    const both = [failing(edits, 'baseline', version), failing(edits, 'restricted', version)];
    expect(both).toEqual([baseline, restricted].map((id) => (id === undefined ? [] : [id])));
  }
});

test('every control fails in some row', () => {
  const failed = new Set(ROWS.flatMap(([, , baseline, restricted]) => [baseline, restricted]));
  expect(CONTROLS.filter(({ id }) => !failed.has(id))).toEqual([]);
});
