import type { Check } from '../../core/check';
import type { ServicePort } from '../../core/k8s';
import { type PortModel, servicePorts } from '../../core/ports';
import type { NlbProps } from './nlb-props';
import type { ExposedService } from './way';

/** A port on which the load balancer listens, and the names of the ports of the workload behind it. */
export interface NlbListener {
  readonly number: number;
  readonly ports: readonly string[];
}

/** The listeners as they were given; none where the load balancer listens on the port of the workload. */
export const listenersOf = (props: NlbProps<string> | undefined): readonly NlbListener[] =>
  Object.entries(props?.listeners ?? {}).map(([number, ports]) => ({
    number: Number(number),
    ports: typeof ports === 'string' ? [ports] : (ports as readonly string[]),
  }));

/** A port of the Service of a load balancer. */
export interface ListenerPort {
  readonly port: ServicePort;
  /** Whether the load balancer ends TLS there, if it has a certificate. */
  readonly terminates: boolean;
  /** Whether TCP and UDP share the listener. */
  readonly shares: boolean;
}

/** The ports of the Service, each with a name of its own: two listeners may lead to one port of the workload. */
export function listenerPorts(props: NlbProps<string>, { port, targets }: ExposedService): readonly ListenerPort[] {
  const listeners = listenersOf(props);
  if (listeners.length === 0) {
    return [{ port: servicePorts([port])[0]!, terminates: true, shares: false }];
  }
  const names = new Set<string>();
  return listeners.flatMap(({ number, ports }) =>
    ports.map((name): ListenerPort => {
      const model = targets.find((one) => one.name === name) as PortModel;
      const own = names.has(name) ? `${name.slice(0, 9)}-${number}` : name;
      names.add(own);
      return {
        port: { ...servicePorts([model])[0]!, name: own, port: number },
        terminates: model.protocol === 'TCP' && (props.tlsPorts?.includes(number) ?? true),
        shares: ports.length > 1,
      };
    }),
  );
}

/** A listener of TCP and UDP has one target group, so both must come to one number. */
export function checkPairs(check: Check, props: NlbProps<string>, { targets }: ExposedService): void {
  for (const { number, ports } of listenersOf(props)) {
    const [a, b] = ports.map((name) => targets.find((one) => one.name === name));
    if (a && b && (a.port !== b.port || new Set([a.protocol, b.protocol, 'TCP', 'UDP']).size !== 2)) {
      const field = `expose.listeners.${number}`;
      check.fail(
        'invalid',
        field,
        `${field} must be a TCP and a UDP port of the same number, but '${a.name}' is ${a.port}/${a.protocol} and '${b.name}' ${b.port}/${b.protocol}`,
        'give each a listener of its own',
      );
    }
  }
}
