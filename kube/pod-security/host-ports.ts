import type { Control, Violation } from './control';

/** Containers listen on no port of their node. */
export const hostPorts: Control = {
  id: 'hostPorts',
  level: 'baseline',
  violations: ({ containers }) =>
    containers.flatMap(({ container, field }): Violation[] => {
      const ports = container.ports ?? [];
      const first = ports.findIndex(({ hostPort }) => isPort(hostPort));
      return first === -1
        ? []
        : [
            {
              field: `${field}.ports[${first}].hostPort`,
              container: container.name,
              has: `hostPort ${ports.flatMap(({ hostPort }) => (isPort(hostPort) ? [hostPort] : [])).join(', ')}`,
              fix: 'delete hostPort and expose the port by a Service',
              admittedBy: 'privileged',
            },
          ];
    }),
};

/** 0 is no port. */
const isPort = (port: number | undefined): boolean => port !== undefined && port !== 0;
