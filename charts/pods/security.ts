import { describe } from '../../kube/describe';
import { ANNOTATION_PREFIX } from '../../kube/labels';
import { levelOfCapability } from '../../kube/pod-security/capabilities';
import { isStricter, type PodSecurityLevel } from '../../kube/pod-security/levels';
import { STEP_DOWN_CAPABILITIES } from '../../kube/stepping-down';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Capabilities, PodSecurityContext, SecurityContext } from '../core/k8s';
import type { Because } from '../core/values';
import { NOT_ROOT, type UserModel } from './user';

/** Linux capabilities that a container keeps; all others are dropped. */
export interface KeptCapabilities extends Because {
  /** Uppercase names without the prefix CAP_. Level 'restricted' allows only 'NET_BIND_SERVICE'. */
  readonly add: readonly string[];
}
/**
 * Exceptions from the restricted Pod Security Standard and from a read-only root file system. Each has a reason, which
 * becomes an annotation of the pod, and is refused where the level of the namespace does not allow it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html
 */
export interface Security {
  /** Makes the root file system writable. @default - read-only: an intruder cannot replace a program */
  readonly writableRoot?: Because;
  /** Linux capabilities to keep, such as { add: ['NET_BIND_SERVICE'], because: '...' }. @default - all are dropped */
  readonly capabilities?: KeptCapabilities;
  /** Runs the container privileged; requires a tenant of level 'privileged'. @default - not privileged */
  readonly privileged?: Because;
}

const SECURITY: KeyTable<Security> = { writableRoot: 'object', capabilities: 'object', privileged: 'object' };
const BECAUSE: KeyTable<Because> = { because: 'text' };
const CAPABILITIES: KeyTable<KeptCapabilities> = { add: 'texts', because: 'text' };

/** Refuses a prop that the Pod Security level of the namespace would refuse at the first pod. */
export function checkLevel(
  check: Check,
  field: string,
  needed: PodSecurityLevel,
  level: PodSecurityLevel,
  what = field,
): void {
  if (isStricter(level, needed)) {
    check.fail(
      'forbidden',
      field,
      `${what} is not allowed in a namespace of level '${level}'`,
      `leave it out, or create the tenant with podSecurity: { level: '${needed}', because: '...' }`,
    );
  }
}

/** Validates the exceptions, and whether the level of the namespace allows them. */
export function checkSecurity(
  check: Check,
  security: Security,
  user: UserModel,
  level: PodSecurityLevel,
  field = 'security',
): void {
  check.keys<Security>(field, security, SECURITY);
  if (security.writableRoot !== undefined) {
    check.keys<Because>(`${field}.writableRoot`, security.writableRoot, BECAUSE);
    check.because(`${field}.writableRoot`, security.writableRoot.because);
  }
  if (security.privileged !== undefined) {
    check.keys<Because>(`${field}.privileged`, security.privileged, BECAUSE);
    check.because(`${field}.privileged`, security.privileged.because);
    checkLevel(check, `${field}.privileged`, 'privileged', level);
  }
  const kept = security.capabilities;
  if (kept !== undefined) {
    check.keys<KeptCapabilities>(`${field}.capabilities`, kept, CAPABILITIES);
    check.because(`${field}.capabilities`, kept.because);
    if (!Array.isArray(kept.add)) {
      check.fail(
        kept.add === undefined ? 'required' : 'type',
        `${field}.capabilities.add`,
        `${field}.capabilities.add must be a list of capabilities, but is ${describe(kept.add)}`,
        "write for example ['NET_BIND_SERVICE']",
      );
    }
    for (const [i, capability] of kept.add.entries()) {
      const place = `${field}.capabilities.add[${i}]`;
      if (!/^[A-Z_]+$/.test(capability) || capability.startsWith('CAP_')) {
        check.fail(
          'invalid',
          place,
          `${place} must be the name of a capability in uppercase without the prefix CAP_, but is '${capability}'`,
          "write for example 'NET_BIND_SERVICE'",
        );
      }
      checkLevel(check, place, levelOfCapability(capability), level, `capability ${capability}`);
    }
  }
  if (user.rootBecause !== undefined) {
    checkLevel(check, 'user', 'baseline', level, 'a root user');
  }
}

export function podSecurityContext(user: UserModel): PodSecurityContext {
  const root = user.rootBecause !== undefined;
  return {
    // without fsGroup the user cannot write to a volume; `Always` would change every file at each mount
    fsGroup: root ? undefined : user.gid,
    fsGroupChangePolicy: root || user.gid === undefined ? undefined : 'OnRootMismatch',
    runAsGroup: user.gid,
    runAsNonRoot: root ? undefined : true,
    runAsUser: user.uid,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

export function containerSecurityContext(security: Security, user: UserModel = NOT_ROOT): SecurityContext {
  const readOnlyRootFilesystem = security.writableRoot === undefined;
  if (security.privileged !== undefined) {
    return { allowPrivilegeEscalation: true, privileged: true, readOnlyRootFilesystem };
  }
  const capabilities: Capabilities = { drop: ['ALL'] };
  if (security.capabilities !== undefined || user.stepsDown) {
    const add = new Set([...(security.capabilities?.add ?? []), ...(user.stepsDown ? STEP_DOWN_CAPABILITIES : [])]);
    if (add.size > 0) {
      capabilities.add = [...add];
    }
  }
  return { allowPrivilegeEscalation: false, capabilities, readOnlyRootFilesystem };
}

const NO_REASONS: Record<string, string> = {};

/**
 * The reasons of all exceptions, for the reader of the manifest.
 *
 * @param container the name of a container other than the workload's own
 */
export function securityAnnotations(security: Security, user: UserModel, container?: string): Record<string, string> {
  const { writableRoot, capabilities, privileged } = security;
  if (user.rootBecause === undefined && !writableRoot && !capabilities && !privileged) {
    return NO_REASONS;
  }
  const reasons: Record<string, string | undefined> = {
    'root-because': user.rootBecause,
    'writable-root-because': writableRoot?.because,
    'capabilities-because': capabilities?.because,
    'privileged-because': privileged?.because,
  };
  return Object.fromEntries(
    Object.entries(reasons).flatMap(([key, reason]) =>
      reason === undefined
        ? []
        : [[`${ANNOTATION_PREFIX}/${key}${container === undefined ? '' : `.${container}`}`, reason]],
    ),
  );
}
