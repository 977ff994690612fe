import type { Construct } from 'constructs';
import { describe } from '../../kube/describe';
import { isObject } from '../../kube/loose';
import { isPortName } from '../../kube/names';
import { keyPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from './check';
import type { ContainerPort, ServicePort } from './k8s';

/** The main port of the workload, which a probe without a port uses. */
export type MainPort = 'main';
/**
 * A port of the container. The Service uses the same number: network policies of the VPC CNI compare it with the port of
 * the pod.
 */
export interface PortSpec {
  /** The port number, 1-65535. */
  readonly port: number;
  /** The transport protocol. @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  /** The application protocol: 'http', 'kubernetes.io/h2c', 'kubernetes.io/ws'. @default - not set */
  readonly appProtocol?: string;
}
/** A TCP port number, 1-65535, or a port with its protocol. */
export type Port = number | PortSpec;
/**
 * One TCP port, 1-65535, or ports by name (IANA service names of at most 15 characters). The first is the main port. P may
 * have the names of the ports of sidecars too.
 */
export type Ports<P extends string> = number | { readonly [K in P]?: Port };

/**
 * A scope of a construct with ports. Without it, the compiler takes the methods of a number for names of ports when `port` is
 * a number: it looks for names in a method of the scope as well, finds none, and prefers that to what a number has.
 */
export type PortScope<P extends string> = Construct & {
  toString: ((...args: never) => unknown) | { readonly [K in P]: never };
};

/** A validated port. */
export interface PortModel {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly appProtocol: string | undefined;
  /** The sidecar that listens on it; the workload's own container without it. */
  readonly container?: string;
  /** The port of the node that leads to it. */
  readonly hostPort?: number;
}

const PORT: KeyTable<PortSpec> = { port: true, protocol: true, appProtocol: 'text' };
const FIX = 'write port: 8080, or ports by name: { http: 8080, admin: 9090 }';

/** One port of a workload or of a peer. */
export function resolvePort(check: Check, field: string, port: Port | undefined): Omit<PortModel, 'name'> {
  if (port === undefined) {
    check.fail('required', field, `${field} must be the number of a port, but is undefined`, 'write the number');
  }
  const spec = typeof port === 'number' ? { port } : port;
  check.keys<PortSpec>(field, spec, PORT);
  check.integer(typeof port === 'number' ? field : `${field}.port`, spec.port, 1, 65535);
  if (spec.protocol !== undefined) {
    check.oneOf(`${field}.protocol`, spec.protocol, ['TCP', 'UDP', 'SCTP']);
  }
  return { port: spec.port, protocol: spec.protocol ?? 'TCP', appProtocol: spec.appProtocol };
}

/** All ports, in their order. A single number gets the name `soleName`. */
export function resolvePorts(
  check: Check,
  ports: Ports<string> | undefined,
  soleName: string,
): [PortModel, ...PortModel[]] {
  if (ports === undefined) {
    check.fail('required', 'port', 'port is required', FIX);
  }
  if (typeof ports === 'number') {
    check.integer('port', ports, 1, 65535);
    return [{ name: soleName, port: ports, protocol: 'TCP', appProtocol: undefined }];
  }
  if (!isObject(ports)) {
    check.fail('type', 'port', `port must be a number or ports by name, but is ${describe(ports)}`, FIX);
  }
  const models = Object.entries(ports).map(([name, port]): PortModel => {
    if (!isPortName(name)) {
      check.fail(
        'invalid',
        keyPath('port', name),
        `invalid port name '${name}': must be at most 15 lowercase letters, digits and single '-', with at least one letter`,
        "use an IANA service name such as 'http'",
      );
    }
    return { name, ...resolvePort(check, keyPath('port', name), port) };
  });
  const [main, ...rest] = models;
  if (!main) {
    check.fail('invalid', 'port', 'port must have at least one entry, but is {}', FIX);
  }
  const seen = new Map<string, string>();
  for (const model of models) {
    const key = `${model.port}/${model.protocol}`;
    const other = seen.get(key);
    if (other !== undefined) {
      check.fail(
        'duplicate',
        keyPath('port', model.name),
        `port '${model.name}' must differ from port '${other}', but both are ${key}`,
        'use another number',
      );
    }
    seen.set(key, model.name);
  }
  return [main, ...rest];
}

export function containerPorts(ports: readonly PortModel[]): ContainerPort[] {
  return ports.map(({ name, port, protocol, hostPort }) => {
    const usual = { containerPort: port, name, protocol };
    return hostPort === undefined ? usual : { ...usual, hostPort };
  });
}

/** Target ports are numeric, because the network policy agent compares numbers. */
export function servicePorts(ports: readonly PortModel[]): ServicePort[] {
  return ports.map(({ name, port, protocol, appProtocol }) => {
    const usual: ServicePort = { name, port, protocol, targetPort: port };
    if (appProtocol !== undefined) {
      usual.appProtocol = appProtocol;
    }
    return usual;
  });
}
