import type { Control, Violation } from './control';
import { contextOf } from './secured-pod';

/** A program gets no more rights than the one that starts it, as by set-user-ID. */
export const allowPrivilegeEscalation: Control = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  since: 8,
  linuxOnlySince: 25,
  violations: ({ containers }) =>
    containers.map(contextOf).flatMap(({ context, field, container }): Violation[] => {
      const at = `${field}.allowPrivilegeEscalation`;
      return context.allowPrivilegeEscalation === false
        ? []
        : [
            {
              field: at,
              container,
              ...(context.allowPrivilegeEscalation === true
                ? { has: 'securityContext.allowPrivilegeEscalation: true' }
                : { lacks: 'securityContext.allowPrivilegeEscalation: false' }),
              fix: `write ${at}: false`,
            },
          ];
    }),
};
