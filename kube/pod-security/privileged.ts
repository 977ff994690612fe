import type { Control, Violation } from './control';
import { contextOf } from './secured-pod';

/** Containers are not privileged, which would give them the devices and all capabilities of the node. */
export const privileged: Control = {
  id: 'privileged',
  level: 'baseline',
  violations: ({ containers }) =>
    containers.map(contextOf).flatMap(({ context, field, container }): Violation[] =>
      context.privileged === true
        ? [
            {
              field: `${field}.privileged`,
              container,
              has: 'securityContext.privileged: true',
              fix: 'delete privileged',
              admittedBy: 'privileged',
            },
          ]
        : [],
    ),
};

/** Neither the pod nor a container runs as a process of a Windows node. */
export const windowsHostProcess: Control = {
  id: 'windowsHostProcess',
  level: 'baseline',
  violations: ({ contexts }) =>
    contexts
      .filter(({ context }) => context.windowsOptions?.hostProcess === true)
      .map(({ field, container }) => ({
        field: `${field}.windowsOptions.hostProcess`,
        container,
        has: 'securityContext.windowsOptions.hostProcess: true',
        fix: 'delete hostProcess',
        admittedBy: 'privileged',
      })),
};
