import { type Control, hasOwnUsers, type Violation } from './control';
import type { PlacedContext, SecuredPod } from './secured-pod';

/** Containers must not run as root, unless root of the pod is another user on the node. */
export const runAsNonRoot: Control = {
  id: 'runAsNonRoot',
  level: 'restricted',
  violations: (pod, version) => (hasOwnUsers(pod, version) ? [] : [...explicit(pod), ...missing(pod)]),
};

/** Neither the pod nor a container says that it runs as root. */
export const runAsUser: Control = {
  id: 'runAsUser',
  level: 'restricted',
  since: 23,
  violations: (pod, version) =>
    hasOwnUsers(pod, version)
      ? []
      : pod.contexts
          .filter(({ context }) => context.runAsUser === 0)
          .map(({ field, container }) => ({
            field: `${field}.runAsUser`,
            container,
            has: 'securityContext.runAsUser: 0 (root)',
            fix: 'write the unprivileged uid of the image',
            admittedBy: 'baseline',
          })),
};

function explicit({ contexts }: SecuredPod): Violation[] {
  return contexts
    .filter(({ context }) => context.runAsNonRoot === false)
    .map(({ field, container }) => ({
      field: `${field}.runAsNonRoot`,
      container,
      has: 'securityContext.runAsNonRoot: false',
      fix: `write ${field}.runAsNonRoot: true`,
      admittedBy: 'baseline',
    }));
}

/** The pod says it for all containers that do not. A wrong value of the pod is reported as such. */
function missing({ contexts: [pod, ...containers] }: SecuredPod): Violation[] {
  const without = containers.filter(isSilent);
  return isSilent(pod!) && without.length > 0
    ? [
        {
          field: `${pod!.field}.runAsNonRoot`,
          container: without.length === 1 ? without[0]!.container : undefined,
          lacks: 'securityContext.runAsNonRoot: true',
          fix: `write ${pod!.field}.runAsNonRoot: true`,
        },
      ]
    : [];
}

const isSilent = ({ context }: PlacedContext): boolean => context.runAsNonRoot === undefined;
