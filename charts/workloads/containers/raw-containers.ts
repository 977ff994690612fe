import { copyPlain } from '../../../kube/copy';
import type { Check } from '../../core/check';
import type { Container, SecurityContext, VolumeMount } from '../../core/k8s';
import { completedResources } from '../../pods/container-defaults';
import { type ImagePullPolicy, resolveImage } from '../../pods/image';
import { containerSecurityContext } from '../../pods/security';

/** What a raw container takes over from its pod. */
export interface ContainerSurroundings {
  readonly imagePullPolicy: ImagePullPolicy;
  /** How the pattern's own container mounts the volumes of the pattern. */
  readonly mounts: readonly VolumeMount[];
  /** Whether it has the fields of Windows, of which none is a default of a container. */
  readonly isWindows: boolean;
}

export function checkRawContainer(check: Check, field: string, container: Container): void {
  check.text(`${field}.name`, container.name);
  resolveImage(check, `${field}.image`, container.image);
}

/**
 * A raw container with the defaults of the pattern where it says nothing: pull policy, each field of the security context,
 * and requests and limits. A volume of the pattern is mounted at the subPath of the pattern's own container, since another
 * folder of the volume would be empty.
 */
export function completed(
  container: Container,
  { imagePullPolicy, mounts, isWindows }: ContainerSurroundings,
): Container {
  const subPaths = new Map(mounts.flatMap(({ name, subPath }) => (subPath === undefined ? [] : [[name, subPath]])));
  return copyPlain({
    ...container,
    imagePullPolicy: container.imagePullPolicy ?? imagePullPolicy,
    resources: completedResources(container.resources),
    securityContext: isWindows ? container.securityContext : completedSecurity(container.securityContext),
    volumeMounts: container.volumeMounts?.map((mount) => {
      const subPath = mount.subPath ?? (mount.subPathExpr === undefined ? subPaths.get(mount.name) : undefined);
      return subPath === undefined ? mount : { ...mount, subPath };
    }),
  });
}

/** By field: what the container says wins. What cannot stand beside it is left out. */
function completedSecurity(own: SecurityContext = {}): SecurityContext {
  const defaults = containerSecurityContext(own.privileged ? { privileged: { because: 'as written' } } : {});
  return {
    ...defaults,
    // the pod has runAsNonRoot, with which the kubelet starts no container of root
    ...(own.runAsUser === 0 ? { runAsNonRoot: false } : {}),
    ...own,
    capabilities: own.privileged ? own.capabilities : { ...defaults.capabilities, ...own.capabilities },
  };
}
