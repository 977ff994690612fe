import { entryOf } from '../collections';
import type { PodObject } from '../inventory';
import { appArmorProfile } from './app-armor';
import { capabilitiesBaseline, capabilitiesRestricted } from './capabilities';
import type { Control, Violation } from './control';
import { isHardened } from './hardened';
import { hostNamespaces } from './host-namespaces';
import { hostPorts } from './host-ports';
import { hostProbesAndHostLifecycle } from './host-probes';
import type { PodSecurityLevel } from './levels';
import { allowPrivilegeEscalation } from './privilege-escalation';
import { privileged, windowsHostProcess } from './privileged';
import { procMountBaseline, procMountRestricted } from './proc-mount';
import { seLinuxOptions } from './se-linux';
import { seccompBaseline, seccompRestricted } from './seccomp';
import { securedPod } from './secured-pod';
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
export function podSecurityViolations(
  pod: PodObject,
  level: PodSecurityLevel,
  version: number,
): readonly ControlViolation[] {
  const controls = controlsOf(level, version);
  if (controls.length === 0 || isHardened(pod)) {
    return NONE;
  }
  const secured = securedPod(pod);
  const isWindows = pod.spec.os?.name === 'windows';
  let found: ControlViolation[] | undefined;
  for (const control of controls) {
    if (isWindows && isExempt(control, version)) {
      continue;
    }
    for (const violation of control.violations(secured, version)) {
      found ??= [];
      found.push({ ...violation, control });
    }
  }
  return found ?? NONE;
}

const NONE: readonly ControlViolation[] = [];

/** By level and version, of which a cluster has a few. */
const known = new Map<PodSecurityLevel, Map<number, readonly Control[]>>();

function controlsOf(level: PodSecurityLevel, version: number): readonly Control[] {
  const versions = entryOf(known, level, () => new Map<number, readonly Control[]>());
  return entryOf(versions, version, () => findControls(level, version));
}

function findControls(level: PodSecurityLevel, version: number): readonly Control[] {
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
function isExempt({ linuxOnlySince }: Control, version: number): boolean {
  return linuxOnlySince !== undefined && version >= linuxOnlySince;
}
