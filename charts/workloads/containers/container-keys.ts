import { describe } from '../../../kube/describe';
import type { Check } from '../../core/check';
import { INIT_CONTAINER, ownKeyOf, SIDECAR } from './container-props';

/** Fields of a container of Kubernetes, and what this library has in their place. */
const IN_PLACE_OF: Readonly<Record<string, string>> = {
  ports: "'port' of a sidecar",
  volumeMounts: "'storage', 'scratch', 'files' or 'secretFiles', or 'shared' of the workload",
  volumeDevices: 'a container of Kubernetes alone',
  securityContext: "'user' and 'security'",
  livenessProbe: "'probes' of a sidecar",
  readinessProbe: "'probes' of a sidecar",
  startupProbe: "'probes' of a sidecar",
  lifecycle: "'shutdown' and 'postStart' of a sidecar",
  restartPolicy: "'sidecars' for a container that keeps running",
  workingDir: 'an absolute path in the command',
  tty: 'a container of Kubernetes alone',
  stdin: 'a container of Kubernetes alone',
};

/** Refuses unknown keys, and fields of Kubernetes in a container of this library. */
export function checkKeys(check: Check, container: object, isSidecar: boolean): void {
  const own = ownKeyOf(container);
  for (const key of Object.keys(container)) {
    if (Object.hasOwn(IN_PLACE_OF, key)) {
      check.fail(
        'unknown',
        key,
        `'${key}' must be left out, a field of Kubernetes beside '${own}' of this library`,
        `write ${IN_PLACE_OF[key]}, or all of the container as in a Kubernetes manifest`,
      );
    }
    if (!isSidecar && Object.hasOwn(SIDECAR, key) && !Object.hasOwn(INIT_CONTAINER, key)) {
      check.fail(
        'unsupported',
        key,
        `'${key}' must be left out: an init container ends before the pod starts`,
        `leave it out, or write the container in 'sidecars'`,
      );
    }
  }
  check.keys('props', container, isSidecar ? SIDECAR : INIT_CONTAINER);
  const { env } = container as { readonly env?: unknown };
  if (Array.isArray(env)) {
    check.fail(
      'type',
      'env',
      `env must be variables by name beside '${own}', but is ${describe(env)}`,
      "write env: { NAME: 'value' }",
    );
  }
}
