import type { Container, LifecycleHandler, PodSpec, SecurityContext, Volume } from '../../imports/kubernetes';
import type { PodObject } from '../inventory';
import { podContainers } from '../pod-containers';

/** Fields of contexts that no control is about. */
const FREE: ReadonlySet<string> = new Set([
  'fsGroup',
  'fsGroupChangePolicy',
  'readOnlyRootFilesystem',
  'runAsGroup',
  'supplementalGroups',
]);

/** Types of volumes of which a hardened pod has one: those of level 'restricted' that pods mostly have. */
const VOLUMES = [
  'emptyDir',
  'configMap',
  'secret',
  'projected',
  'csi',
  'persistentVolumeClaim',
] as const satisfies readonly (keyof Volume)[];

/**
 * Whether a pod is as the strictest level asks for, by its plainest form: nearly every pod of a namespace with a level is,
 * and no control of any version has to be asked. Of others each is.
 */
export function isHardened(pod: PodObject): boolean {
  const { spec, annotations } = pod;
  const context = spec.securityContext;
  if (context?.runAsNonRoot !== true || context.seccompProfile === undefined || !isFree(context)) {
    return false;
  }
  if (spec.hostNetwork || spec.hostPID || spec.hostIPC || (spec.volumes && !spec.volumes.every(isOwnVolume))) {
    return false;
  }
  for (const key in annotations) {
    // those of AppArmor and seccomp
    if (key.startsWith('container.') || key.startsWith('seccomp.')) {
      return false;
    }
  }
  for (const { container } of podContainers(pod)) {
    if (!isOfHardened(container)) {
      return false;
    }
  }
  return true;
}

function isOwnVolume(volume: Volume): boolean {
  return volume.hostPath === undefined && VOLUMES.some((type) => volume[type] !== undefined);
}

function isOfHardened(container: Container): boolean {
  const { securityContext: context, ports } = container;
  return (
    context?.allowPrivilegeEscalation === false &&
    context.capabilities?.drop?.includes('ALL') === true &&
    isFree(context) &&
    !ports?.some(({ hostPort }) => hostPort) &&
    !callsHost(container.livenessProbe) &&
    !callsHost(container.readinessProbe) &&
    !callsHost(container.startupProbe) &&
    !callsHost(container.lifecycle?.postStart) &&
    !callsHost(container.lifecycle?.preStop)
  );
}

function callsHost(handler: Pick<LifecycleHandler, 'httpGet' | 'tcpSocket'> | undefined): boolean {
  return Boolean(handler?.httpGet?.host || handler?.tcpSocket?.host);
}

/** Whether no field of a context is one that a control may refuse. */
function isFree(context: NonNullable<PodSpec['securityContext']> & SecurityContext): boolean {
  for (const key in context) {
    if (!FREE.has(key) && !isFreeField(context, key)) {
      return false;
    }
  }
  return true;
}

function isFreeField(context: NonNullable<PodSpec['securityContext']> & SecurityContext, key: string): boolean {
  const { capabilities, runAsUser, seccompProfile } = context;
  switch (key) {
    case 'allowPrivilegeEscalation':
      return context.allowPrivilegeEscalation === false;
    case 'capabilities':
      return !capabilities?.add?.length;
    case 'privileged':
      return context.privileged !== true;
    case 'runAsNonRoot':
      return context.runAsNonRoot === true;
    case 'runAsUser':
      return runAsUser !== 0;
    case 'seccompProfile':
      return seccompProfile?.type === 'RuntimeDefault' || seccompProfile?.type === 'Localhost';
    default:
      return false;
  }
}
