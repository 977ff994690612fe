import type { IConstruct } from 'constructs';
import type { Check } from '../core/check';
import { isBalanced } from '../network/derived/derive';
import { sharesOf } from '../network/expose/exposed-services';
import { checkDefaults, POD_DEFAULT_CHECKS, type PodDefaults } from '../pods/defaults';
import { type ClaimModel, checkClaimNodes, NO_CLAIMS, resolveClaims } from '../pods/device-claims';
import { DEFAULT_PULL_POLICY, type ImageModel, resolveImage } from '../pods/image';
import { checkCommand, checkProgram } from '../pods/lifecycle';
import { checkLogs } from '../pods/logs';
import { ANYWHERE, onTenantNodes, type Placement, withSpread } from '../pods/placement';
import type { Priority } from '../pods/priority';
import { checkResize, checkResources, type Resources } from '../pods/resources';
import { onRuntimeNodes } from '../pods/runtime-class';
import { checkLevel, checkSecurity, type Security } from '../pods/security';
import { resolveShutdown, type ShutdownModel } from '../pods/shutdown';
import { checkAccelerator } from '../pods/tolerations';
import { resolveUser, type UserModel } from '../pods/user';
import { CONTAINER_USER, checkUserOfSystem } from '../pods/windows';
import { type Containers, ownContainers, resolveContainers } from './containers/containers';
import { NO_FOLDERS, resolveShared, type SharedModel } from './containers/shared-folders';
import type { Content, Texts } from './content';
import type { PodProps } from './pod-props';
import { distinctVolumes, hasScratchDisk, type PodVolumes, resolveVolumes } from './pod-volumes';
import type { WorkloadContext, WorkloadShape } from './shape';
import { checkWindows } from './windows';

/** A validated pod: everything that its template is rendered from. */
export interface PodModel {
  readonly construct: IConstruct;
  readonly name: string;
  readonly props: PodProps<never>;
  readonly shape: WorkloadShape;
  readonly image: ImageModel;
  readonly user: UserModel;
  readonly resources: Resources;
  readonly security: Security;
  readonly placement: Placement;
  /** Without what `shutdownOf` adds when the app is complete. */
  readonly shutdown: ShutdownModel;
  readonly priority: Priority;
  readonly content: Content;
  /** The containers beside its own. */
  readonly containers: Containers;
  readonly shared: SharedModel;
  /** Devices by Dynamic Resource Allocation. */
  readonly claims: readonly ClaimModel[];
  /** Of its own container. */
  readonly mounts: PodVolumes['mounts'];
  readonly volumes: PodVolumes['volumes'];
  readonly check: Check;
}

/** Values that are only known when the pod is rendered. */
export interface PodRendering {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly envConfigMap: string | undefined;
  /** What is written of its variables. */
  readonly env: Texts['env'];
  readonly filesConfigMap: string | undefined;
  /** Names of ResourceClaimTemplates, by the names of the claims. */
  readonly claimTemplates: Readonly<Record<string, string>>;
  readonly mountsToken: boolean;
}

const NO_EXCEPTIONS: Security = {};

export function resolvePod(context: WorkloadContext, shape: WorkloadShape, content: Content): PodModel {
  const { check, props, tenant } = context;
  checkDefaults<PodDefaults>(check, POD_DEFAULT_CHECKS, props);
  const isWindows = props.placement?.os === 'windows';
  const user = resolveUser(check, props.user ?? (isWindows ? { runAsUserName: CONTAINER_USER } : undefined));
  checkUserOfSystem(check, user, isWindows);
  const security = props.security ?? NO_EXCEPTIONS;
  const level = tenant?.podSecurity ?? 'privileged';
  checkSecurity(check, security, user, level);
  const agent = shape.toleratesAll ?? false;
  const nodes = onRuntimeNodes(onTenantNodes(props.placement ?? ANYWHERE, tenant?.nodes, agent), props.runtimeClass);
  const placement = withSpread(nodes, shape.defaultSpread);
  const priority = props.priority ?? shape.defaultPriority;
  for (const [i, { volume }] of (props.volumes ?? []).entries()) {
    if (volume?.hostPath) {
      checkLevel(check, `volumes[${i}].volume.hostPath`, 'privileged', level);
    }
  }
  checkLogs(check, props.logs);
  checkProgram(check, 'command', props.command);
  checkCommand(check, 'args', props.args);
  checkProgram(check, 'postStart', props.postStart);
  const main = resolveVolumes(context, shape, content);
  const needsGroup = shape.usesStorage || main.shared.some(({ way }) => way.hasGroup) || hasScratchDisk(props);
  if (needsGroup && user.uid === undefined && !isWindows) {
    check.fail(
      'forbidden',
      'user',
      "user must be numeric for a workload with a volume, but is 'image': without a gid the pod cannot write to the volume",
      'write the numeric ids of the image, such as user: { uid: 999, gid: 999 }',
    );
  }
  for (const volume of main.shared) {
    volume.mountedBy(context.construct.node.path, user);
  }
  const image = resolveImage(check, 'image', props.image);
  const imagePullPolicy = props.imagePullPolicy ?? DEFAULT_PULL_POLICY;
  const { own: mounts, scratch } = main;
  const around = { image: image.reference, user, security, content, mounts, scratch, imagePullPolicy, isWindows };
  const containers = resolveContainers(context, shape, around);
  const shared =
    props.shared === undefined
      ? NO_FOLDERS
      : resolveShared(check, props.shared, context.name, mountsByName(context.name, main.mounts, containers));
  const shutdown = resolveShutdown(check, props.shutdown, shape.traffic, shape);
  // those that are given were checked with the defaults
  const resources = props.resources ?? checkResources(check, undefined);
  checkResize(check, resources, shape.restartPolicy === 'Always');
  checkClaimNodes(check, props.resourceClaims, placement);
  const claims =
    props.resourceClaims === undefined
      ? NO_CLAIMS
      : resolveClaims(check, props.resourceClaims, [context.name, ...besides(containers).map((one) => one.name)]);
  checkAccelerator(check, placement, resources, claims);
  if (isWindows) {
    checkWindows(check, { props, shape, shutdown, security, resources });
  }
  return {
    construct: context.construct,
    name: context.name,
    props,
    shape,
    image,
    user,
    resources,
    security,
    placement,
    shutdown,
    priority,
    content,
    containers,
    shared,
    claims,
    mounts: shared === NO_FOLDERS ? main.mounts : [...main.mounts, ...shared.mountsOf(context.name)],
    volumes: distinctVolumes([main, ...ownContainers(containers), shared]),
    check,
  };
}

/** How it ends, known when the app is complete: load balancers of other workloads may send to the pod. */
export function shutdownOf({ construct, check, props, shape, shutdown, containers }: PodModel): ShutdownModel {
  const balanced = sharesOf(construct).length > 0 || isBalanced(construct);
  const known = balanced ? resolveShutdown(check, props.shutdown, 'load-balancer', shape) : shutdown;
  // sidecars end one after the other, behind the workload's own container
  const stopping = containers.sidecars.reduce((sum, { own }) => sum + (own?.stopping ?? 0), 0);
  return stopping === 0 ? known : { ...known, grace: known.grace + stopping };
}

/** The mounts of every container of a pod. */
function mountsByName(name: string, own: PodVolumes['mounts'], containers: Containers) {
  const others = besides(containers);
  return new Map([
    [name, own],
    ...others.map((one) => [one.name, one.own?.mounts ?? one.raw?.volumeMounts ?? []] as const),
  ]);
}

const besides = ({ sidecars, initContainers }: Containers) => [...sidecars, ...initContainers];
