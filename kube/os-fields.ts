import type { PodSpec } from '../imports/kubernetes';
import type { PodContainer } from './pod-containers';

const OF_POD = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'] as const;
const OF_POD_CONTEXT = [
  'appArmorProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'runAsGroup',
  'runAsUser',
  'seLinuxChangePolicy',
  'seLinuxOptions',
  'seccompProfile',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'sysctls',
] as const;
const OF_CONTEXT = [
  'allowPrivilegeEscalation',
  'appArmorProfile',
  'capabilities',
  'privileged',
  'procMount',
  'readOnlyRootFilesystem',
  'runAsGroup',
  'runAsUser',
  'seLinuxOptions',
  'seccompProfile',
] as const;

const OS_LABEL = 'kubernetes.io/os';

/** Whether pods run on Windows: by os.name, or else by their node selector. */
export function isWindowsPod(spec: PodSpec): boolean {
  return (spec.os?.name ?? spec.nodeSelector?.[OS_LABEL]) === 'windows';
}

/** The fields that a pod has of Linux and that the API server refuses on Windows. */
export function linuxFields(spec: PodSpec, at: string, containers: readonly PodContainer[]): string[] {
  const isSet = (value: unknown) =>
    value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
  return [
    ...OF_POD.filter((key) =>
      key.startsWith('host') && key !== 'hostUsers' ? isSet(spec[key]) : spec[key] !== undefined,
    ).map((key) => `${at}.${key}`),
    ...OF_POD_CONTEXT.filter((key) =>
      key === 'sysctls' ? isSet(spec.securityContext?.[key]) : spec.securityContext?.[key] !== undefined,
    ).map((key) => `${at}.securityContext.${key}`),
    ...containers.flatMap(({ container, field }) =>
      OF_CONTEXT.filter((key) => container.securityContext?.[key] !== undefined).map(
        (key) => `${field}.securityContext.${key}`,
      ),
    ),
  ];
}

/** The fields that a pod has of Windows and that the API server refuses on Linux. */
export function windowsFields(spec: PodSpec, at: string, containers: readonly PodContainer[]): string[] {
  return [
    ...(spec.securityContext?.windowsOptions ? [`${at}.securityContext.windowsOptions`] : []),
    ...containers.flatMap(({ container, field }) =>
      container.securityContext?.windowsOptions ? [`${field}.securityContext.windowsOptions`] : [],
    ),
  ];
}
