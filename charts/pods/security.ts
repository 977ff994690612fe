import { ANNOTATION_PREFIX } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Capabilities, PodSecurityContext, SecurityContext } from '../core/k8s';
import type { PodSecurityLevel } from '../core/tenant-context';
import type { Because } from '../core/values';
import type { UserModel } from './user';

/** Linux capabilities that a container keeps. */
export interface KeptCapabilities extends Because {
  /** Without the prefix CAP_: ['NET_BIND_SERVICE'], which is all that level 'restricted' allows. */
  readonly add: readonly string[];
}
/** Departures from the restricted Pod Security Standard and from a read-only root. */
export interface Security {
  /** @default - read-only: what an intruder writes does not survive, and cannot replace a program */
  readonly writableRoot?: Because;
  /** Linux capabilities: { add: ['NET_BIND_SERVICE'], because }. @default - all dropped */
  readonly capabilities?: KeptCapabilities;
  /** Needs a tenant of level 'privileged'. @default - not privileged */
  readonly privileged?: Because;
}

const SECURITY: KeyTable<Security> = { writableRoot: true, capabilities: true, privileged: true };
const BECAUSE: KeyTable<Because> = { because: true };
const CAPABILITIES: KeyTable<KeptCapabilities> = { add: true, because: true };
/** Capabilities that the Pod Security Standard 'baseline' allows. */
const BASELINE = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];
const STRICTNESS: Readonly<Record<PodSecurityLevel, number>> = { privileged: 0, baseline: 1, restricted: 2 };

/** Refuses what the namespace's Pod Security level would refuse at the first pod. */
export function checkLevel(check: Check, what: string, needed: PodSecurityLevel, level: PodSecurityLevel): void {
  if (STRICTNESS[level] > STRICTNESS[needed]) {
    check.fail(
      `${what} is refused in a namespace of level '${level}'`,
      `create the tenant with podSecurity: { level: '${needed}', because: '...' }, or do without`,
    );
  }
}

/** Judges the departures from a safe default, and whether the namespace allows them. */
export function checkSecurity(check: Check, security: Security, user: UserModel, level: PodSecurityLevel): void {
  check.keys<Security>('security', security, SECURITY);
  const needs = (what: string, needed: PodSecurityLevel) => checkLevel(check, what, needed, level);
  if (security.writableRoot !== undefined) {
    check.keys<Because>('security.writableRoot', security.writableRoot, BECAUSE);
    check.because('security.writableRoot', security.writableRoot.because);
  }
  if (security.privileged !== undefined) {
    check.keys<Because>('security.privileged', security.privileged, BECAUSE);
    check.because('security.privileged', security.privileged.because);
    needs('security.privileged', 'privileged');
  }
  const kept = security.capabilities;
  if (kept !== undefined) {
    check.keys<KeptCapabilities>('security.capabilities', kept, CAPABILITIES);
    check.because('security.capabilities', kept.because);
    for (const capability of kept.add) {
      if (!/^[A-Z_]+$/.test(capability) || capability.startsWith('CAP_')) {
        check.fail(
          `capability '${capability}' is misspelt`,
          "write it in capitals without the prefix CAP_: 'NET_BIND_SERVICE'",
        );
      }
      if (capability !== 'NET_BIND_SERVICE') {
        needs(`capability ${capability}`, BASELINE.includes(capability) ? 'baseline' : 'privileged');
      }
    }
  }
  if (user.rootBecause !== undefined) {
    needs('a root user', 'baseline');
  }
}

export function podSecurityContext(user: UserModel): PodSecurityContext {
  const root = user.rootBecause !== undefined;
  return {
    runAsNonRoot: root ? undefined : true,
    runAsUser: user.uid,
    runAsGroup: user.gid,
    // without it the user cannot write to a volume; `Always` would rewrite every mode at each mount
    fsGroup: root ? undefined : user.gid,
    fsGroupChangePolicy: root || user.gid === undefined ? undefined : 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

export function containerSecurityContext(security: Security): SecurityContext {
  const capabilities: Capabilities = { drop: ['ALL'] };
  if (security.capabilities && security.capabilities.add.length > 0) {
    capabilities.add = [...security.capabilities.add];
  }
  const privileged = security.privileged !== undefined;
  return {
    allowPrivilegeEscalation: privileged,
    privileged: privileged ? true : undefined,
    readOnlyRootFilesystem: security.writableRoot === undefined,
    capabilities: privileged ? undefined : capabilities,
  };
}

/** The reasons of all departures, for the reader of the manifest. */
export function securityAnnotations(security: Security, user: UserModel): Record<string, string> {
  const reasons: Record<string, string | undefined> = {
    'root-because': user.rootBecause,
    'writable-root-because': security.writableRoot?.because,
    'capabilities-because': security.capabilities?.because,
    'privileged-because': security.privileged?.because,
  };
  return Object.fromEntries(
    Object.entries(reasons).flatMap(([key, reason]) =>
      reason === undefined ? [] : [[`${ANNOTATION_PREFIX}/${key}`, reason]],
    ),
  );
}
