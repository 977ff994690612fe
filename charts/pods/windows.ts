import type { Check } from '../core/check';
import type { ClusterContext, SystemTaint } from '../core/cluster-context';
import type { PodSecurityContext, SecurityContext } from '../core/k8s';
import type { Resources } from './resources';
import type { Security } from './security';
import type { UserModel } from './user';

/** The user of the base images of Windows without rights of an administrator. */
export const CONTAINER_USER = 'ContainerUser';
/** The root of Windows containers. */
export const ADMINISTRATOR = 'ContainerAdministrator';
/** The taint of Windows nodes in the guides of Kubernetes and EKS. */
const COMMON_TAINT: SystemTaint = { key: 'os', value: 'windows', effect: 'NoSchedule' };

/** Taints that keep pods of Linux off: the common one, and those that the node groups of the cluster have. */
export function windowsTaints(cluster: ClusterContext | undefined): readonly SystemTaint[] {
  const known = cluster?.windowsTaints ?? [];
  const isCommon = ({ key, value, effect }: SystemTaint) =>
    key === COMMON_TAINT.key && value === COMMON_TAINT.value && effect === COMMON_TAINT.effect;
  return [COMMON_TAINT, ...known.filter((taint) => !isCommon(taint))];
}

/** The parts of a placement that Windows does not have. */
interface LinuxPlacement {
  readonly computeType?: 'fargate' | 'hybrid';
  readonly accelerator?: string;
  readonly architecture?: string;
}

/** What nodes of Windows are not. */
export function checkWindowsPlacement(
  check: Check,
  { computeType, accelerator, architecture }: LinuxPlacement,
  field: string,
): void {
  if (computeType !== undefined) {
    const what = computeType === 'fargate' ? 'Fargate' : 'hybrid nodes';
    check.fail(
      'unsupported',
      `${field}.os`,
      `${field}.os must be 'linux' on ${what}, but is 'windows'`,
      'leave one of the two out: EKS runs Windows on EC2 only',
    );
  }
  if (accelerator !== undefined) {
    check.fail(
      'unsupported',
      `${field}.accelerator`,
      `${field}.accelerator must not be set on Windows: the device plugins of NVIDIA and AWS run on Linux`,
      'leave it out',
    );
  }
  if (architecture === 'arm64') {
    check.fail(
      'unsupported',
      `${field}.architecture`,
      `${field}.architecture must be 'amd64' on Windows, but is 'arm64'`,
      'leave it out: EKS has no Windows nodes with Graviton',
    );
  }
}

/** Settings that are of Linux alone. @param field of the security exceptions */
export function checkWindowsSecurity(check: Check, security: Security, field = 'security'): void {
  for (const key of ['writableRoot', 'capabilities', 'privileged'] as const) {
    if (security[key] !== undefined) {
      check.fail(
        'unsupported',
        `${field}.${key}`,
        `${field}.${key} must not be set on Windows, which has ${MISSING[key]}`,
        `leave it out; where a default sets it, write ${field}: {}`,
      );
    }
  }
}

const MISSING = {
  writableRoot: 'no read-only root file system',
  capabilities: 'no capabilities of Linux',
  privileged: 'no privileged containers',
} as const;

/** Whether the user is one of the operating system. */
export function checkUserOfSystem(check: Check, user: UserModel, isWindows: boolean, field = 'user'): void {
  if (isWindows && (user.stepsDown || (user.uid !== undefined && user.rootBecause === undefined))) {
    check.fail(
      'unsupported',
      field,
      `${field} must be a name on Windows, where users have no numbers${user.stepsDown ? ' and do not step down' : ''}`,
      `write user: { runAsUserName: '${CONTAINER_USER}' }, 'image' for the user of the image, or { root: 'the reason' } for ${ADMINISTRATOR}`,
    );
  }
  if (!isWindows && user.runAsUserName !== undefined) {
    check.fail(
      'unsupported',
      field,
      `${field}.runAsUserName is for pods on Windows, and these run on Linux`,
      'write the numeric uid of the image, or placement: Placement.windows()',
    );
  }
}

/** In-place changes of resources are not of Windows. @param field of the resources */
export function checkWindowsResources(check: Check, resources: Resources | undefined, field = 'resources'): void {
  if (resources?.resize !== undefined) {
    check.fail(
      'unsupported',
      `${field}.resize`,
      `${field}.resize must not be set on Windows, where pods are not resized in place`,
      'leave it out',
    );
  }
}

/** As restricted as Windows allows: not an administrator. */
export function windowsPodSecurityContext(user: UserModel): PodSecurityContext {
  const root = user.rootBecause !== undefined;
  const runAsUserName = root ? ADMINISTRATOR : user.runAsUserName;
  return {
    runAsNonRoot: root ? undefined : true,
    windowsOptions: runAsUserName === undefined ? undefined : { runAsUserName },
  };
}

/** The user of one container where it differs from that of its pod. */
export function windowsSecurityContext(user: UserModel | undefined, ofPod: UserModel): SecurityContext | undefined {
  if (user === undefined) {
    return undefined;
  }
  const own = windowsPodSecurityContext(user);
  const name = own.windowsOptions?.runAsUserName;
  if (name === undefined || name === windowsPodSecurityContext(ofPod).windowsOptions?.runAsUserName) {
    return undefined;
  }
  const isRoot = user.rootBecause !== undefined;
  return {
    ...(isRoot === (ofPod.rootBecause !== undefined) ? {} : { runAsNonRoot: !isRoot }),
    windowsOptions: { runAsUserName: name },
  };
}
