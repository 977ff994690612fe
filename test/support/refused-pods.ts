/** Pods that a restricted namespace refuses: one edit of a pod that it admits for most controls of the Pod Security Standards. */
import type { k8s } from 'cdk8s-eks-patterns';
import type { Mutable } from '../../kube/values';
import { IMAGE } from './app';

export type PodSpec = Mutable<k8s.PodSpec>;
export type Container = Mutable<k8s.Container>;

/** What a restricted namespace asks of a container. */
export const CONTEXT = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
/** A pod that a restricted namespace admits. */
export const good = (): PodSpec => ({
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'web', image: IMAGE, securityContext: structuredClone(CONTEXT) }],
});

/** A field of the pod, and a value that a restricted namespace refuses. */
const OF_POD: readonly (readonly [field: string, edit: (spec: PodSpec) => void])[] = [
  ['hostNetwork', (spec) => Object.assign(spec, { hostNetwork: true })],
  ['hostPID', (spec) => Object.assign(spec, { hostPID: true })],
  [
    'volumes[0].hostPath',
    (spec) => Object.assign(spec, { volumes: [{ name: 'log', hostPath: { path: '/var/log' } }] }),
  ],
  ['volumes[0].nfs', (spec) => Object.assign(spec, { volumes: [{ name: 'a', nfs: { server: 'a', path: '/' } }] })],
  ['securityContext.runAsNonRoot', (spec) => Object.assign(spec.securityContext!, { runAsNonRoot: false })],
  ['securityContext.runAsUser', (spec) => Object.assign(spec.securityContext!, { runAsUser: 0 })],
  ['securityContext.seccompProfile.type', ({ securityContext }) => void delete securityContext!.seccompProfile],
  [
    'containers[0].securityContext.capabilities.drop',
    ({ containers }) => Object.assign(containers[0]!.securityContext!, { capabilities: {} }),
  ],
  [
    'securityContext.sysctls[0].name',
    (spec) => Object.assign(spec.securityContext!, { sysctls: [{ name: 'kernel.msgmax', value: '1' }] }),
  ],
];
/** A field of a container, and what makes it refused. */
export const REFUSED_CONTAINERS: readonly (readonly [field: string, securityContext: object, more?: object])[] = [
  ['securityContext.allowPrivilegeEscalation', { allowPrivilegeEscalation: true }],
  ['securityContext.capabilities.drop', { capabilities: { drop: ['NET_RAW'] } }],
  ['securityContext.capabilities.add', { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }],
  ['securityContext.privileged', { privileged: true }],
  ['securityContext.procMount', { procMount: 'Unmasked' }],
  ['securityContext.seLinuxOptions.type', { seLinuxOptions: { type: 'spc_t' } }],
  ['securityContext.appArmorProfile.type', { appArmorProfile: { type: 'Unconfined' } }],
  ['ports[0].hostPort', {}, { ports: [{ containerPort: 80, hostPort: 80 }] }],
  ['startupProbe.httpGet.host', {}, { startupProbe: { httpGet: { port: 80, host: 'other' } } }],
];

/** Makes a container refused. */
export const change = (container: Container, securityContext: object, more: object = {}): void => {
  Object.assign(container, more);
  Object.assign(container.securityContext!, securityContext);
};

/** All of them, as edits of the good pod. */
export const REFUSED_PODS: readonly (readonly [field: string, edit: (spec: PodSpec) => void])[] = [
  ...OF_POD,
  ...REFUSED_CONTAINERS.map(
    ([field, context, more]) =>
      [`containers[0].${field}`, (spec: PodSpec) => change(spec.containers[0]!, context, more)] as const,
  ),
];
export const edited = (edit: (spec: PodSpec) => void): PodSpec => {
  const spec = good();
  edit(spec);
  return spec;
};
export const podOf = (spec: object, name = 'web') => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });
export const deploymentOf = (spec: object, name = 'web') => {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
};
