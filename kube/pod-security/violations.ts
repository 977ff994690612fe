import type { PodObject } from '../inventory';
import { appArmorProfile } from './app-armor';
import { capabilitiesBaseline, capabilitiesRestricted } from './capabilities';
import type { Control, Violation } from './control';
import { hostNamespaces } from './host-namespaces';
import { hostPorts } from './host-ports';
import { hostProbesAndHostLifecycle } from './host-probes';
import type { PodSecurityLevel } from './levels';
import { allowPrivilegeEscalation } from './privilege-escalation';
import { privileged, windowsHostProcess } from './privileged';
import { procMountBaseline, procMountRestricted } from './proc-mount';
import { seLinuxOptions } from './se-linux';
import { seccompBaseline, seccompRestricted } from './seccomp';
import { type SecuredPod, securedPod } from './secured-pod';
import { sysctls } from './sysctls';
import { runAsNonRoot, runAsUser } from './user';
import { hostPathVolumes, restrictedVolumes } from './volumes';

/**
 * Every control of the Pod Security Standards.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const CONTROLS: readonly Control[] = [
  // baseline
  appArmorProfile,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle,
  privileged,
  procMountBaseline,
  seLinuxOptions,
  seccompBaseline,
  sysctls,
  windowsHostProcess,
  // restricted
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];

/** A violation and the control that it is against. */
export type ControlViolation = Violation & { readonly control: Control };

/**
 * Everything for which a namespace refuses a pod, as the admission of the API server does. Pure.
 *
 * @param version the minor of Kubernetes whose standards apply: 35
 */
export function podSecurityViolations(pod: PodObject, level: PodSecurityLevel, version: number): ControlViolation[] {
  const controls = controlsOf(level, version);
  const secured = controls.length > 0 ? securedPod(pod) : undefined;
  return controls.flatMap((control) =>
    isExempt(control, secured!, version)
      ? []
      : control.violations(secured!, version).map((violation) => ({ ...violation, control })),
  );
}

function controlsOf(level: PodSecurityLevel, version: number): readonly Control[] {
  if (level === 'privileged') {
    return [];
  }
  const applied = CONTROLS.filter(
    (control) => (control.since ?? 0) <= version && (control.level === 'baseline' || level === 'restricted'),
  );
  const replaced = new Set(applied.map(({ replaces }) => replaces));
  return applied.filter(({ id }) => !replaced.has(id));
}

/** Windows has no such thing as the control is about. */
function isExempt({ linuxOnlySince }: Control, { spec }: SecuredPod, version: number): boolean {
  return linuxOnlySince !== undefined && version >= linuxOnlySince && spec.os?.name === 'windows';
}
