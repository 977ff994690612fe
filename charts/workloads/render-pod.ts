import { hasNoKey } from '../../kube/collections';
import { type ClusterContext, clusterOf } from '../core/cluster-context';
import type { Container, PodSpec, PodTemplate } from '../core/k8s';
import { affinity } from '../pods/affinity';
import { podClaims, withClaims } from '../pods/claim-rendering';
import { dnsConfig } from '../pods/dns';
import { DEFAULT_PULL_POLICY } from '../pods/image';
import { logAnnotations } from '../pods/logs';
import { nodeSelector } from '../pods/node-labels';
import { priorityClassName } from '../pods/priority';
import { runtimeFields } from '../pods/runtime-class';
import { podSecurityContext, securityAnnotations } from '../pods/security';
import { REVISION_LABELS, spreadConstraints } from '../pods/spread';
import { tolerations } from '../pods/tolerations';
import { NOT_ROOT } from '../pods/user';
import { windowsPodSecurityContext } from '../pods/windows';
import { ownContainers, startOrder } from './containers/containers';
import { completed } from './containers/raw-containers';
import { renderContainer } from './containers/render-container';
import { instrumentationAnnotations } from './instrumentation';
import { mainContainer } from './main-container';
import { type PodModel, type PodRendering, shutdownOf } from './pod';
import { renderVolumes } from './pod-volumes';

/**
 * The pod template of a workload; a pure function of its arguments. What most pods have stands in the order of a manifest,
 * which then is not sorted.
 */
export function renderPod(pod: PodModel, rendering: PodRendering): PodTemplate {
  const { shape, props, placement, user, name } = pod;
  const volumes = renderVolumes(pod.volumes, rendering.filesConfigMap);
  const revision = REVISION_LABELS[shape.controller];
  const { spread } = placement;
  const isWindows = placement.os === 'windows';
  const cluster = clusterOf(pod.construct);
  const constraints = spreadConstraints(name, { spread, revision, zones: shape.spreadZones });
  const shutdown = shutdownOf(pod);
  const spec: PodTemplate['spec'] = {
    affinity: affinity(name, placement, { revision, cluster }),
    automountServiceAccountToken: rendering.mountsToken,
    containers: [withClaims(mainContainer(pod, rendering, shutdown), pod.claims)],
    // resolvers of Windows have no such options
    dnsConfig: isWindows ? undefined : dnsConfig(props.dns),
    enableServiceLinks: false,
    priorityClassName: priorityClassName(pod.priority, cluster !== undefined),
    restartPolicy: shape.restartPolicy,
    securityContext: isWindows ? windowsPodSecurityContext(user) : podSecurityContext(user),
    serviceAccountName: name,
    terminationGracePeriodSeconds: shutdown.grace,
    topologySpreadConstraints: constraints.length > 0 ? constraints : undefined,
    volumes: volumes.length > 0 ? volumes : undefined,
  };
  addOfFew(spec, pod, rendering, cluster);
  const annotations = annotationsOf(pod, rendering);
  const { labels } = rendering;
  return { metadata: annotations === undefined ? { labels } : { annotations, labels }, spec };
}

/** Adds the fields that few pods have. */
function addOfFew(spec: PodSpec, pod: PodModel, rendering: PodRendering, cluster: ClusterContext | undefined): void {
  const { shape, props, placement, claims } = pod;
  if (shape.hostNetwork) {
    spec.dnsPolicy = 'ClusterFirstWithHostNet';
    spec.hostNetwork = true;
  }
  if (shape.hostPID) {
    spec.hostPID = true;
  }
  if (props.imagePullSecrets?.length) {
    spec.imagePullSecrets = props.imagePullSecrets.map((name) => ({ name }));
  }
  const others = otherContainers(pod, rendering);
  if (others !== undefined) {
    spec.initContainers = others;
  }
  const labels = nodeSelector(placement, cluster);
  if (labels !== undefined) {
    spec.nodeSelector = labels;
  }
  if (placement.os === 'windows') {
    spec.os = { name: 'windows' };
  }
  if (claims.length > 0) {
    spec.resourceClaims = podClaims(claims, rendering.claimTemplates);
  }
  if (shape.subdomain !== undefined) {
    spec.subdomain = shape.subdomain;
  }
  const tolerated = tolerations(placement, shape.toleratesAll ?? false, cluster);
  if (tolerated !== undefined) {
    spec.tolerations = tolerated;
  }
  if (props.runtimeClass !== undefined) {
    Object.assign(spec, runtimeFields(props.runtimeClass));
  }
}

/** The containers beside its own, in the order in which they start. */
function otherContainers(pod: PodModel, rendering: PodRendering): Container[] | undefined {
  const { props, shape, check, user, shared } = pod;
  const isWindows = pod.placement.os === 'windows';
  if (pod.containers.sidecars.length === 0 && pod.containers.initContainers.length === 0) {
    return undefined;
  }
  const raw = { imagePullPolicy: props.imagePullPolicy ?? DEFAULT_PULL_POLICY, mounts: shape.mounts ?? [], isWindows };
  const { envConfigMap, env } = rendering;
  return startOrder(pod.containers).map(({ entry, isSidecar }) => {
    const mounts = shared.mountsOf(entry.name);
    if (entry.own) {
      const envData = envConfigMap === undefined ? {} : env.data;
      const input = { check, user, envConfigMap, envData, shared: mounts, isWindows };
      return withClaims(renderContainer(entry.own, isSidecar, input), pod.claims);
    }
    const container = completed(isSidecar ? { ...entry.raw, restartPolicy: 'Always' } : entry.raw, raw);
    return withClaims(
      mounts.length > 0
        ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), ...mounts.map((m) => ({ ...m }))] }
        : container,
      pod.claims,
    );
  });
}

/** The annotations of the pods; undefined for none. */
function annotationsOf(pod: PodModel, rendering: PodRendering): Record<string, string> | undefined {
  const { instrumentation, logs } = pod.props;
  const annotations: Record<string, string> = { ...rendering.annotations, ...pod.shape.podAnnotations };
  // what observes the pods
  if (instrumentation !== undefined || logs !== undefined) {
    Object.assign(annotations, instrumentationAnnotations(instrumentation), logAnnotations(logs));
  }
  addExceptions(annotations, pod);
  return hasNoKey(annotations) ? undefined : annotations;
}

/** The reasons of all exceptions of its containers. */
function addExceptions(annotations: Record<string, string>, { security, user, containers }: PodModel): void {
  Object.assign(annotations, securityAnnotations(security, user));
  for (const one of ownContainers(containers)) {
    Object.assign(annotations, securityAnnotations(one.exceptions, one.user ?? NOT_ROOT, one.name));
  }
}
