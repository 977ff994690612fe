import { type Control, type Violation, violationsIn } from './control';
import type { ContainerContext } from './secured-pod';

/** A program gets no more rights than the one that starts it, as by set-user-ID. */
export const allowPrivilegeEscalation: Control = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  since: 8,
  linuxOnlySince: 25,
  violations: ({ ofContainers }) => violationsIn(ofContainers, inContainer),
};

function inContainer({ context, field, container }: ContainerContext): Violation | undefined {
  if (context.allowPrivilegeEscalation === false) {
    return undefined;
  }
  const at = `${field}.allowPrivilegeEscalation`;
  return {
    field: at,
    container,
    ...(context.allowPrivilegeEscalation === true
      ? { has: 'securityContext.allowPrivilegeEscalation: true' }
      : { lacks: 'securityContext.allowPrivilegeEscalation: false' }),
    fix: `write ${at}: false`,
  };
}
