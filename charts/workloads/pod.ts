import type { IConstruct } from 'constructs';
import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import type { Config } from '../config/config';
import type { EnvModel } from '../config/env';
import { renderVariable } from '../config/env-reference';
import type { FilesModel } from '../config/files';
import type { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import type { Container, EnvFromSource, PodTemplate } from '../core/k8s';
import { containerPorts } from '../core/ports';
import { checkDefaults, POD_DEFAULT_CHECKS, type PodDefaults } from '../pods/defaults';
import { dnsConfig } from '../pods/dns';
import { DEFAULT_PULL_POLICY, type ImageModel, resolveImage } from '../pods/image';
import { affinity, nodeSelector, type Placement, spreadConstraints } from '../pods/placement';
import { type Priority, priorityClassName } from '../pods/priority';
import { checkResources, type Resources, renderResources } from '../pods/resources';
import {
  checkLevel,
  checkSecurity,
  containerSecurityContext,
  podSecurityContext,
  type Security,
  securityAnnotations,
} from '../pods/security';
import { resolveShutdown, type ShutdownModel } from '../pods/shutdown';
import { resolveUser, type UserModel } from '../pods/user';
import type { PodProps } from './pod-props';
import { type PodVolumes, renderVolumes, resolveVolumes } from './pod-volumes';
import { checkRawContainers, completed } from './raw-containers';
import type { WorkloadContext, WorkloadShape } from './shape';

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
  readonly shutdown: ShutdownModel;
  readonly priority: Priority;
  readonly env: EnvModel;
  readonly files: FilesModel;
  readonly volumes: PodVolumes;
  readonly check: Check;
}

/** Values that are only known when the pod is rendered. */
export interface PodRendering {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly envConfigMap: string | undefined;
  readonly filesConfigMap: string | undefined;
  readonly mountsToken: boolean;
}

export function resolvePod(context: WorkloadContext, shape: WorkloadShape, env: EnvModel, files: FilesModel): PodModel {
  const { check, props, tenant } = context;
  checkDefaults<PodDefaults>(check, POD_DEFAULT_CHECKS, props);
  const user = resolveUser(check, props.user);
  const security = props.security ?? {};
  const level = tenant?.podSecurity ?? 'privileged';
  checkSecurity(check, security, user, level);
  const placement = { ...props.placement, spread: props.placement?.spread ?? shape.defaultSpread };
  const priority = props.priority ?? shape.defaultPriority;
  for (const [i, { volume }] of (props.volumes ?? []).entries()) {
    if (volume?.hostPath) {
      checkLevel(check, `volumes[${i}].volume.hostPath`, 'privileged', level);
    }
  }
  checkCommand(check, 'command', props.command);
  checkCommand(check, 'args', props.args);
  checkRawContainers(check, props);
  if (shape.usesStorage && user.uid === undefined) {
    check.fail(
      'forbidden',
      'user',
      "user must be numeric for a workload with a volume, but is 'image': without a gid the pod cannot write to the volume",
      'write the numeric ids of the image, such as user: { uid: 999, gid: 999 }',
    );
  }
  const volumes = resolveVolumes(context, shape, env, files);
  return {
    construct: context.construct,
    name: context.name,
    props,
    shape,
    image: resolveImage(check, 'image', props.image),
    user,
    resources: checkResources(check, props.resources),
    security,
    placement,
    shutdown: resolveShutdown(check, props.shutdown, shape.traffic),
    priority,
    env,
    files,
    volumes,
    check,
  };
}

/** The pod template of a workload; a pure function of its arguments. */
export function renderPod(pod: PodModel, rendering: PodRendering): PodTemplate {
  const { shape, props, placement, security, user, name } = pod;
  const volumes = renderVolumes(pod.volumes, rendering.filesConfigMap);
  const ofDeployment = shape.isDeployment ?? false;
  const { spread } = placement;
  const constraints = spreadConstraints(name, { spread, ofDeployment, zones: shape.spreadZones });
  const around = { imagePullPolicy: props.imagePullPolicy ?? DEFAULT_PULL_POLICY, mounts: shape.mounts ?? [] };
  const initContainers = [
    ...(props.sidecars ?? []).map((c) => completed({ ...c, restartPolicy: 'Always' }, around)),
    ...(props.initContainers ?? []).map((c) => completed(c, around)),
  ];
  const annotations = { ...rendering.annotations, ...shape.podAnnotations, ...securityAnnotations(security, user) };
  return {
    metadata: { labels: rendering.labels, annotations: Object.keys(annotations).length > 0 ? annotations : undefined },
    spec: {
      affinity: affinity(name, placement, ofDeployment),
      automountServiceAccountToken: rendering.mountsToken,
      containers: [mainContainer(pod, rendering)],
      enableServiceLinks: false,
      dnsConfig: dnsConfig(props.dns),
      dnsPolicy: shape.hostNetwork ? 'ClusterFirstWithHostNet' : undefined,
      hostNetwork: shape.hostNetwork ? true : undefined,
      initContainers: initContainers.length > 0 ? initContainers : undefined,
      nodeSelector: nodeSelector(placement),
      priorityClassName: priorityClassName(pod.priority, clusterOf(pod.construct) !== undefined),
      restartPolicy: shape.restartPolicy,
      securityContext: podSecurityContext(user),
      serviceAccountName: name,
      terminationGracePeriodSeconds: pod.shutdown.grace,
      tolerations: tolerations(pod),
      topologySpreadConstraints: constraints.length > 0 ? constraints : undefined,
      volumes: volumes.length > 0 ? volumes : undefined,
    },
  };
}

function mainContainer(pod: PodModel, rendering: PodRendering): Container {
  const { props, shape, env, shutdown, image } = pod;
  const envFrom: EnvFromSource[] = (props.envFrom ?? []).map((c) => ({
    configMapRef: { name: (c as Config).configMap.name },
  }));
  if (rendering.envConfigMap) {
    envFrom.push({ configMapRef: { name: rendering.envConfigMap } });
  }
  const references = env.references.map(renderVariable);
  const { mounts } = pod.volumes;
  return {
    name: pod.name,
    image: image.reference,
    imagePullPolicy: props.imagePullPolicy ?? DEFAULT_PULL_POLICY,
    command: props.command && [...props.command],
    args: props.args && [...props.args],
    env: references.length > 0 ? references : undefined,
    envFrom: envFrom.length > 0 ? envFrom : undefined,
    ports: shape.ports.length > 0 ? containerPorts(shape.ports) : undefined,
    resources: renderResources(pod.check, pod.resources),
    livenessProbe: copyPlain(shape.probes?.livenessProbe),
    readinessProbe: copyPlain(shape.probes?.readinessProbe),
    startupProbe: copyPlain(shape.probes?.startupProbe),
    lifecycle: shutdown.sleep > 0 ? { preStop: { sleep: { seconds: shutdown.sleep } } } : undefined,
    securityContext: containerSecurityContext(pod.security),
    volumeMounts: mounts.length > 0 ? mounts.map((m) => ({ ...m })) : undefined,
  };
}

function tolerations({ shape, placement }: PodModel) {
  const own = (placement.tolerations ?? []).map((t) => ({ ...t }));
  if (shape.toleratesAll && placement.tolerations === undefined) {
    return [{ operator: 'Exists' as const }];
  }
  return own.length > 0 ? own : undefined;
}

function checkCommand(check: Check, field: 'command' | 'args', value: readonly string[] | undefined): void {
  if (
    value !== undefined &&
    (!Array.isArray(value) || value.length === 0 || value.some((part) => typeof part !== 'string'))
  ) {
    check.fail(
      'type',
      field,
      `${field} must be a list of strings that is not empty, but is ${describe(value)}`,
      "write for example ['sh', '-c', '...']",
    );
  }
}
