import { partVariables, sourcesOf } from '../config/env-from';
import { renderVariable } from '../config/env-reference';
import type { Container, EnvVar } from '../core/k8s';
import { containerPorts } from '../core/ports';
import { DEFAULT_PULL_POLICY } from '../pods/image';
import { lifecycleOf } from '../pods/lifecycle';
import { renderResize, renderResources } from '../pods/resources';
import { containerSecurityContext } from '../pods/security';
import type { ShutdownModel } from '../pods/shutdown';
import type { PodModel, PodRendering } from './pod';

/** The workload's own container. What most have stands in the order of a manifest, as in its pod. */
export function mainContainer(pod: PodModel, rendering: PodRendering, shutdown: ShutdownModel): Container {
  const { props, shape, mounts } = pod;
  const ports = shape.ports.filter(({ container }) => container === undefined);
  const envFrom = sourcesOf(props.envFrom ?? [], rendering.envConfigMap);
  const container: Container = {
    envFrom: envFrom.length > 0 ? envFrom : undefined,
    image: pod.image.reference,
    imagePullPolicy: props.imagePullPolicy ?? DEFAULT_PULL_POLICY,
    lifecycle: lifecycleOf(shutdown.sleep, shutdown.preStop, props.postStart),
    livenessProbe: shape.probes?.livenessProbe,
    name: pod.name,
    ports: ports.length > 0 ? containerPorts(ports) : undefined,
    readinessProbe: shape.probes?.readinessProbe,
    resources: renderResources(pod.check, pod.resources),
    // that of the pod says all that Windows has
    securityContext: pod.placement.os === 'windows' ? undefined : containerSecurityContext(pod.security, pod.user),
    startupProbe: shape.probes?.startupProbe,
    volumeMounts: mounts.length > 0 ? [...mounts] : undefined,
  };
  if (props.command) {
    container.command = [...props.command];
  }
  if (props.args) {
    container.args = [...props.args];
  }
  if (pod.resources.resize) {
    container.resizePolicy = renderResize(pod.resources);
  }
  const variables = variablesOf(pod, rendering);
  if (variables.length > 0) {
    container.env = variables;
  }
  return container;
}

const NONE: EnvVar[] = [];

function variablesOf({ props }: PodModel, { env, envConfigMap }: PodRendering): EnvVar[] {
  const { data, references } = env;
  if (props.envFrom === undefined && envConfigMap !== undefined && references.length === 0) {
    return NONE;
  }
  // a function may have become a literal after the ConfigMap was found not to be needed
  const literals = envConfigMap ? [] : Object.entries(data).map(([name, value]) => ({ name, value }));
  const own = new Set([...Object.keys(data), ...references.map(({ name }) => name)]);
  return [...partVariables(props.envFrom ?? [], own), ...literals, ...references.map(renderVariable)];
}
