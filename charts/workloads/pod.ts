import type { IConstruct } from 'constructs';
import { copyPlain } from '../../kube/copy';
import { partVariables, sourcesOf } from '../config/env-from';
import { renderVariable } from '../config/env-reference';
import type { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import type { Container, PodTemplate } from '../core/k8s';
import { containerPorts } from '../core/ports';
import { isBalanced } from '../network/derived/derive';
import { sharesOf } from '../network/expose/exposed-services';
import { affinity } from '../pods/affinity';
import { podClaims, withClaims } from '../pods/claim-rendering';
import { checkDefaults, POD_DEFAULT_CHECKS, type PodDefaults } from '../pods/defaults';
import { type ClaimModel, checkClaimNodes, NO_CLAIMS, resolveClaims } from '../pods/device-claims';
import { dnsConfig } from '../pods/dns';
import { DEFAULT_PULL_POLICY, type ImageModel, resolveImage } from '../pods/image';
import { checkCommand, checkProgram, lifecycleOf } from '../pods/lifecycle';
import { checkLogs, logAnnotations } from '../pods/logs';
import { nodeSelector } from '../pods/node-labels';
import { ANYWHERE, onTenantNodes, type Placement, withSpread } from '../pods/placement';
import { type Priority, priorityClassName } from '../pods/priority';
import { checkResize, checkResources, type Resources, renderResize, renderResources } from '../pods/resources';
import { onRuntimeNodes, runtimeFields } from '../pods/runtime-class';
import {
  checkLevel,
  checkSecurity,
  containerSecurityContext,
  podSecurityContext,
  type Security,
  securityAnnotations,
} from '../pods/security';
import { resolveShutdown, type ShutdownModel } from '../pods/shutdown';
import { REVISION_LABELS, spreadConstraints } from '../pods/spread';
import { checkAccelerator, tolerations } from '../pods/tolerations';
import { NOT_ROOT, resolveUser, type UserModel } from '../pods/user';
import { CONTAINER_USER, checkUserOfSystem, windowsPodSecurityContext } from '../pods/windows';
import { type Containers, NO_CONTAINERS, ownContainers, resolveContainers, startOrder } from './containers/containers';
import { completed } from './containers/raw-containers';
import { renderContainer } from './containers/render-container';
import { NO_FOLDERS, resolveShared, type SharedModel } from './containers/shared-folders';
import type { Content, Texts } from './content';
import { instrumentationAnnotations } from './instrumentation';
import type { PodProps } from './pod-props';
import { distinctVolumes, hasScratchDisk, type PodVolumes, renderVolumes, resolveVolumes } from './pod-volumes';
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
  const isAlone = containers === NO_CONTAINERS && shared === NO_FOLDERS;
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
    volumes: isAlone ? main.volumes : distinctVolumes([main, ...ownContainers(containers), shared]),
    check,
  };
}

/** How it ends, known when the app is complete: load balancers of other workloads may send to the pod. */
export function shutdownOf({ construct, check, props, shape, shutdown, containers }: PodModel): ShutdownModel {
  const balanced = sharesOf(construct).length > 0 || isBalanced(construct);
  const known = balanced ? resolveShutdown(check, props.shutdown, 'load-balancer', shape) : shutdown;
  // sidecars end one after the other, behind the workload's own container
  const stopping = containers.sidecars.reduce((sum, { own }) => sum + (own?.stopping ?? 0), 0);
  return { ...known, grace: known.grace + stopping };
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

/** The pod template of a workload; a pure function of its arguments. */
export function renderPod(pod: PodModel, rendering: PodRendering): PodTemplate {
  const { shape, props, placement, user, name } = pod;
  const volumes = renderVolumes(pod.volumes, rendering.filesConfigMap);
  const revision = REVISION_LABELS[shape.controller];
  const { spread } = placement;
  const isWindows = placement.os === 'windows';
  const cluster = clusterOf(pod.construct);
  const constraints = spreadConstraints(name, { spread, revision, zones: shape.spreadZones });
  const initContainers = otherContainers(pod, rendering).map((one) => withClaims(one, pod.claims));
  const annotations = { ...rendering.annotations, ...shape.podAnnotations, ...observedBy(props), ...exceptions(pod) };
  return {
    metadata: { labels: rendering.labels, annotations: Object.keys(annotations).length > 0 ? annotations : undefined },
    spec: {
      affinity: affinity(name, placement, { revision, cluster }),
      automountServiceAccountToken: rendering.mountsToken,
      containers: [withClaims(mainContainer(pod, rendering), pod.claims)],
      enableServiceLinks: false,
      // resolvers of Windows have no such options
      dnsConfig: isWindows ? undefined : dnsConfig(props.dns),
      dnsPolicy: shape.hostNetwork ? 'ClusterFirstWithHostNet' : undefined,
      hostNetwork: shape.hostNetwork ? true : undefined,
      imagePullSecrets: props.imagePullSecrets?.length
        ? props.imagePullSecrets.map((secret) => ({ name: secret }))
        : undefined,
      hostPID: shape.hostPID ? true : undefined,
      initContainers: initContainers.length > 0 ? initContainers : undefined,
      nodeSelector: nodeSelector(placement, cluster),
      os: isWindows ? { name: 'windows' } : undefined,
      priorityClassName: priorityClassName(pod.priority, cluster !== undefined),
      resourceClaims: pod.claims.length > 0 ? podClaims(pod.claims, rendering.claimTemplates) : undefined,
      restartPolicy: shape.restartPolicy,
      ...runtimeFields(props.runtimeClass),
      securityContext: isWindows ? windowsPodSecurityContext(user) : podSecurityContext(user),
      serviceAccountName: name,
      subdomain: shape.subdomain,
      terminationGracePeriodSeconds: shutdownOf(pod).grace,
      tolerations: tolerations(placement, shape.toleratesAll ?? false, cluster),
      topologySpreadConstraints: constraints.length > 0 ? constraints : undefined,
      volumes: volumes.length > 0 ? volumes : undefined,
    },
  };
}

/** The containers beside its own, in the order in which they start. */
function otherContainers(pod: PodModel, rendering: PodRendering): Container[] {
  const { props, shape, check, user, shared } = pod;
  const isWindows = pod.placement.os === 'windows';
  const raw = { imagePullPolicy: props.imagePullPolicy ?? DEFAULT_PULL_POLICY, mounts: shape.mounts ?? [], isWindows };
  const { envConfigMap, env } = rendering;
  return startOrder(pod.containers).map(({ entry, isSidecar }) => {
    const mounts = shared.mountsOf(entry.name);
    if (entry.own) {
      const envData = envConfigMap === undefined ? {} : env.data;
      return renderContainer(entry.own, isSidecar, { check, user, envConfigMap, envData, shared: mounts, isWindows });
    }
    const container = completed(isSidecar ? { ...entry.raw, restartPolicy: 'Always' } : entry.raw, raw);
    return mounts.length > 0
      ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), ...mounts.map((m) => ({ ...m }))] }
      : container;
  });
}

/** Annotations for what observes the pods. */
const observedBy = ({ instrumentation, logs }: PodProps<never>) => ({
  ...instrumentationAnnotations(instrumentation),
  ...logAnnotations(logs),
});

/** The reasons of all exceptions of its containers. */
function exceptions({ security, user, containers }: PodModel): Record<string, string> {
  const others = ownContainers(containers).map((one) =>
    securityAnnotations(one.exceptions, one.user ?? NOT_ROOT, one.name),
  );
  return Object.assign({}, securityAnnotations(security, user), ...others);
}

function mainContainer(pod: PodModel, rendering: PodRendering): Container {
  const { props, shape, image, mounts } = pod;
  const shutdown = shutdownOf(pod);
  const { env } = rendering;
  const ports = shape.ports.filter(({ container }) => container === undefined);
  const envFrom = sourcesOf(props.envFrom ?? [], rendering.envConfigMap);
  // a function may have become a literal after the ConfigMap was found not to be needed
  const literals = rendering.envConfigMap ? [] : Object.entries(env.data).map(([name, value]) => ({ name, value }));
  const own = new Set([...Object.keys(env.data), ...env.references.map(({ name }) => name)]);
  const parts = partVariables(props.envFrom ?? [], own);
  const references = [...parts, ...literals, ...env.references.map(renderVariable)];
  return {
    name: pod.name,
    image: image.reference,
    imagePullPolicy: props.imagePullPolicy ?? DEFAULT_PULL_POLICY,
    command: props.command && [...props.command],
    args: props.args && [...props.args],
    env: references.length > 0 ? references : undefined,
    envFrom: envFrom.length > 0 ? envFrom : undefined,
    ports: ports.length > 0 ? containerPorts(ports) : undefined,
    resources: renderResources(pod.check, pod.resources),
    resizePolicy: renderResize(pod.resources),
    livenessProbe: copyPlain(shape.probes?.livenessProbe),
    readinessProbe: copyPlain(shape.probes?.readinessProbe),
    startupProbe: copyPlain(shape.probes?.startupProbe),
    lifecycle: lifecycleOf(shutdown.sleep, shutdown.preStop, props.postStart),
    // that of the pod says all that Windows has
    securityContext: pod.placement.os === 'windows' ? undefined : containerSecurityContext(pod.security, pod.user),
    volumeMounts: mounts.length > 0 ? mounts.map((m) => ({ ...m })) : undefined,
  };
}
