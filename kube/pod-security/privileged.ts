import { type Control, type Violation, violationsIn } from './control';
import type { ContainerContext, PlacedContext } from './secured-pod';

/** Containers are not privileged, which would give them the devices and all capabilities of the node. */
export const privileged: Control = {
  id: 'privileged',
  level: 'baseline',
  violations: ({ ofContainers }) => violationsIn(ofContainers, inContainer),
};

function inContainer({ context, field, container }: ContainerContext): Violation | undefined {
  return context.privileged === true
    ? {
        field: `${field}.privileged`,
        container,
        has: 'securityContext.privileged: true',
        fix: 'delete privileged',
        admittedBy: 'privileged',
      }
    : undefined;
}

/** Neither the pod nor a container runs as a process of a Windows node. */
export const windowsHostProcess: Control = {
  id: 'windowsHostProcess',
  level: 'baseline',
  violations: ({ contexts }) => violationsIn(contexts, hostProcess),
};

function hostProcess({ context, field, container }: PlacedContext): Violation | undefined {
  return context.windowsOptions?.hostProcess === true
    ? {
        field: `${field}.windowsOptions.hostProcess`,
        container,
        has: 'securityContext.windowsOptions.hostProcess: true',
        fix: 'delete hostProcess',
        admittedBy: 'privileged',
      }
    : undefined;
}
