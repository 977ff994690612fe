import { type Control, hasOwnUsers, NO_VIOLATIONS, type Violation, violationsIn } from './control';
import type { SecuredPod } from './secured-pod';

/** Containers see /proc masked, as container runtimes mount it; without the masks only in a user namespace of their own. */
export const procMountBaseline: Control = {
  id: 'procMount',
  level: 'baseline',
  violations: (pod, version) => (hasOwnUsers(pod, version) ? NO_VIOLATIONS : unmasked(pod, 'privileged')),
};

/** Containers see /proc masked, in every user namespace. */
export const procMountRestricted: Control = {
  id: 'procMount_restricted',
  level: 'restricted',
  since: 35,
  replaces: procMountBaseline.id,
  violations: (pod, version) => unmasked(pod, hasOwnUsers(pod, version) ? 'baseline' : 'privileged'),
};

function unmasked({ ofContainers }: SecuredPod, admittedBy: 'baseline' | 'privileged'): readonly Violation[] {
  return violationsIn(ofContainers, ({ context, field, container }) =>
    context.procMount === undefined || context.procMount === 'Default'
      ? undefined
      : {
          field: `${field}.procMount`,
          container,
          has: `securityContext.procMount: '${context.procMount}'`,
          fix: 'delete procMount',
          admittedBy,
        },
  );
}
