import { describe } from '../../kube/describe';
import { isPortName } from '../../kube/names';
import type { KeyTable } from '../../kube/values';
import type { Check } from './check';
import type { ContainerPort, ServicePort } from './k8s';

/** What a probe without a port refers to: the workload's main port. */
export type MainPort = 'main';
/** A port of the container, and of its service, which listens on the same number: the network policies of the VPC CNI need it. */
export interface PortSpec {
  /** 1-65535. */
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  /** What is spoken: 'http', 'kubernetes.io/h2c', 'kubernetes.io/ws'. @default - not set */
  readonly appProtocol?: string;
}
/** A port number (1-65535, TCP), or one with more to say. */
export type Port = number | PortSpec;
/** The only port (1-65535, TCP), or ports by name (IANA service name, at most 15 characters), the first of them the main port. */
export type Ports<P extends string> = number | { readonly [K in P]: Port };

/** A port, judged. */
export interface PortModel {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly appProtocol: string | undefined;
}

const PORT: KeyTable<PortSpec> = { port: true, protocol: true, appProtocol: true };

/** One port, for peers outside the app too. */
export function resolvePort(check: Check, what: string, port: Port): Omit<PortModel, 'name'> {
  const spec = typeof port === 'number' ? { port } : port;
  check.keys<PortSpec>(what, spec, PORT);
  check.integer(what, spec.port, 1, 65535);
  if (spec.protocol !== undefined) {
    check.oneOf(`${what}.protocol`, spec.protocol, ['TCP', 'UDP', 'SCTP']);
  }
  return { port: spec.port, protocol: spec.protocol ?? 'TCP', appProtocol: spec.appProtocol };
}

/** All ports in the order given; a single number gets the given name. */
export function resolvePorts(
  check: Check,
  ports: Ports<string> | undefined,
  soleName: string,
): [PortModel, ...PortModel[]] {
  if (ports === undefined) {
    check.fail('no port', 'write port: 8080, or ports by name: { http: 8080, admin: 9090 }');
  }
  if (typeof ports === 'number') {
    return [{ name: soleName, ...resolvePort(check, 'port', ports) }];
  }
  if (typeof ports !== 'object' || ports === null || Array.isArray(ports)) {
    check.fail(`port is ${describe(ports)}`, 'write port: 8080, or ports by name: { http: 8080, admin: 9090 }');
  }
  const models = Object.entries(ports).map(([name, port]): PortModel => {
    if (!isPortName(name)) {
      check.fail(
        `port name '${name}' is no IANA service name`,
        "use at most 15 small letters, digits and single '-', with a letter, such as 'http'",
      );
    }
    return { name, ...resolvePort(check, `port '${name}'`, port) };
  });
  const [main, ...rest] = models;
  if (!main) {
    check.fail('port has no entry', 'write port: 8080, or ports by name: { http: 8080 }');
  }
  const seen = new Map<string, string>();
  for (const model of models) {
    const key = `${model.port}/${model.protocol}`;
    const other = seen.get(key);
    if (other !== undefined) {
      check.fail(`ports '${other}' and '${model.name}' are both ${key}`, 'give each port a number of its own');
    }
    seen.set(key, model.name);
  }
  return [main, ...rest];
}

export function containerPorts(ports: readonly PortModel[]): ContainerPort[] {
  return ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol }));
}

/** Numeric target ports: the network policy agent compares numbers. */
export function servicePorts(ports: readonly PortModel[]): ServicePort[] {
  return ports.map(({ name, port, protocol, appProtocol }) => ({
    name,
    port,
    targetPort: port,
    protocol,
    appProtocol,
  }));
}
