import type { PodContainer } from '../pod-containers';
import { type Control, type Violation, violationsIn } from './control';

/** Containers listen on no port of their node. */
export const hostPorts: Control = {
  id: 'hostPorts',
  level: 'baseline',
  violations: ({ containers }) => violationsIn(containers, inContainer),
};

function inContainer({ container, field }: PodContainer): Violation | undefined {
  const { ports } = container;
  const first = ports === undefined ? -1 : ports.findIndex(({ hostPort }) => isPort(hostPort));
  return first === -1
    ? undefined
    : {
        field: `${field}.ports[${first}].hostPort`,
        container: container.name,
        has: `hostPort ${ports!.flatMap(({ hostPort }) => (isPort(hostPort) ? [hostPort] : [])).join(', ')}`,
        fix: 'delete hostPort and expose the port by a Service',
        admittedBy: 'privileged',
      };
}

/** 0 is no port. */
const isPort = (port: number | undefined): boolean => port !== undefined && port !== 0;
