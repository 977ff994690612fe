import { type Control, hasOwnUsers, NO_VIOLATIONS, type Violation, violationsIn } from './control';
import type { PlacedContext, SecuredPod } from './secured-pod';

/** Containers must not run as root, unless root of the pod is another user on the node. */
export const runAsNonRoot: Control = {
  id: 'runAsNonRoot',
  level: 'restricted',
  violations: (pod, version) => {
    if (hasOwnUsers(pod, version)) {
      return NO_VIOLATIONS;
    }
    const refused = violationsIn(pod.contexts, explicit);
    const without = missing(pod);
    return without === undefined ? refused : [...refused, without];
  },
};

/** Neither the pod nor a container says that it runs as root. */
export const runAsUser: Control = {
  id: 'runAsUser',
  level: 'restricted',
  since: 23,
  violations: (pod, version) => (hasOwnUsers(pod, version) ? NO_VIOLATIONS : violationsIn(pod.contexts, asRoot)),
};

function asRoot({ context, field, container }: PlacedContext): Violation | undefined {
  return context.runAsUser === 0
    ? {
        field: `${field}.runAsUser`,
        container,
        has: 'securityContext.runAsUser: 0 (root)',
        fix: 'write the unprivileged uid of the image',
        admittedBy: 'baseline',
      }
    : undefined;
}

function explicit({ context, field, container }: PlacedContext): Violation | undefined {
  return context.runAsNonRoot === false
    ? {
        field: `${field}.runAsNonRoot`,
        container,
        has: 'securityContext.runAsNonRoot: false',
        fix: `write ${field}.runAsNonRoot: true`,
        admittedBy: 'baseline',
      }
    : undefined;
}

/** The pod says it for all containers that do not. A wrong value of the pod is reported as such. */
function missing({ contexts, ofContainers }: SecuredPod): Violation | undefined {
  const pod = contexts[0]!;
  const without = isSilent(pod) ? ofContainers.filter(isSilent) : [];
  return without.length === 0
    ? undefined
    : {
        field: `${pod.field}.runAsNonRoot`,
        container: without.length === 1 ? without[0]!.container : undefined,
        lacks: 'securityContext.runAsNonRoot: true',
        fix: `write ${pod.field}.runAsNonRoot: true`,
      };
}

const isSilent = ({ context }: PlacedContext): boolean => context.runAsNonRoot === undefined;
