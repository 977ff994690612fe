import { type Control, hasOwnUsers, type Violation } from './control';
import { contextOf, type SecuredPod } from './secured-pod';

/** Containers see /proc masked, as container runtimes mount it; without the masks only in a user namespace of their own. */
export const procMountBaseline: Control = {
  id: 'procMount',
  level: 'baseline',
  violations: (pod, version) => (hasOwnUsers(pod, version) ? [] : unmasked(pod, 'privileged')),
};

/** Containers see /proc masked, in every user namespace. */
export const procMountRestricted: Control = {
  id: 'procMount_restricted',
  level: 'restricted',
  since: 35,
  replaces: procMountBaseline.id,
  violations: (pod, version) => unmasked(pod, hasOwnUsers(pod, version) ? 'baseline' : 'privileged'),
};

function unmasked({ containers }: SecuredPod, admittedBy: 'baseline' | 'privileged'): Violation[] {
  return containers.map(contextOf).flatMap(({ context, field, container }): Violation[] =>
    context.procMount === undefined || context.procMount === 'Default'
      ? []
      : [
          {
            field: `${field}.procMount`,
            container,
            has: `securityContext.procMount: '${context.procMount}'`,
            fix: 'delete procMount',
            admittedBy,
          },
        ],
  );
}
