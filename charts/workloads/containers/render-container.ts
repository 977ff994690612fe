import { copyPlain } from '../../../kube/copy';
import { partVariables, sourcesOf } from '../../config/env-from';
import { renderVariable } from '../../config/env-reference';
import type { Check } from '../../core/check';
import type { Container, EnvVar, SecurityContext, VolumeMount } from '../../core/k8s';
import { containerPorts } from '../../core/ports';
import { completedResources } from '../../pods/container-defaults';
import { renderResize, renderResources } from '../../pods/resources';
import { containerSecurityContext } from '../../pods/security';
import type { UserModel } from '../../pods/user';
import { windowsSecurityContext } from '../../pods/windows';
import type { ContainerModel } from './container-model';

/** What a container has in common with the workload's own, when the pod is rendered. */
export interface MainRendering {
  readonly check: Check;
  readonly user: UserModel;
  /** The ConfigMap of the workload's variables, and its content. */
  readonly envConfigMap: string | undefined;
  readonly envData: Readonly<Record<string, string>>;
  /** Folders that several containers share. */
  readonly shared: readonly VolumeMount[];
  readonly isWindows: boolean;
}

export function renderContainer(model: ContainerModel, isSidecar: boolean, main: MainRendering): Container {
  const { name, image, imagePullPolicy, command, args, ports, probes, lifecycle, resources } = model;
  const env = variablesOf(model, main);
  const envFrom = sourcesOf(model.envFrom, model.likeMain ? main.envConfigMap : undefined);
  const mounts = [...model.mounts, ...main.shared];
  return {
    name,
    image,
    imagePullPolicy,
    restartPolicy: isSidecar ? 'Always' : undefined,
    command: command && [...command],
    args: args && [...args],
    env: env.length > 0 ? env : undefined,
    envFrom: envFrom.length > 0 ? envFrom : undefined,
    ports: ports.length > 0 ? containerPorts(ports) : undefined,
    resources: resources ? renderResources(main.check, resources) : completedResources(),
    resizePolicy: resources && renderResize(resources),
    livenessProbe: copyPlain(probes?.livenessProbe),
    readinessProbe: copyPlain(probes?.readinessProbe),
    startupProbe: copyPlain(probes?.startupProbe),
    lifecycle: copyPlain(lifecycle),
    securityContext: main.isWindows
      ? windowsSecurityContext(model.user, main.user)
      : { ...containerSecurityContext(model.security, model.runsAs), ...userContext(model, main) },
    volumeMounts: mounts.length > 0 ? mounts.map((m) => ({ ...m })) : undefined,
  };
}

/** Its variables, of which those in the ConfigMap of the workload are left out. */
function variablesOf({ content, likeMain, envFrom }: ContainerModel, { envData }: MainRendering): EnvVar[] {
  const { data, references } = content.written().env;
  const literals = Object.entries(data).filter(([name, text]) => !(likeMain && envData[name] === text));
  const own = new Set([...Object.keys(data), ...references.map(({ name }) => name)]);
  return [
    ...partVariables(envFrom, own),
    ...literals.map(([name, value]) => ({ name, value })),
    ...references.map(renderVariable),
  ];
}

/** The user where it differs from that of the pod. */
function userContext({ user }: ContainerModel, main: MainRendering): SecurityContext {
  if (user === undefined || (user.uid === main.user.uid && user.gid === main.user.gid)) {
    return {};
  }
  // the pod of another user has runAsNonRoot, and the pod of root has not
  const isRoot = user.rootBecause !== undefined;
  const podIsRoot = main.user.rootBecause !== undefined;
  return {
    runAsUser: user.uid,
    runAsGroup: user.gid,
    ...(isRoot === podIsRoot ? {} : { runAsNonRoot: !isRoot }),
  };
}
