import { selectorLabels } from '../../kube/labels';
import type { Defaults } from '../app/defaults';
import type { Check } from '../core/check';
import type { Service } from '../core/k8s';
import { type PortModel, type Ports, resolvePorts, servicePorts } from '../core/ports';
import { type Expose, resolveExpose } from '../network/expose';
import type { ExposeWay } from '../network/expose/way';
import { type Metrics, type MetricsModel, resolveMetrics } from '../pods/metrics';
import { type ProbesModel, resolveProbes, type ServiceProbes } from '../pods/probes';

/** What patterns with a service share. */
export interface ServiceParts<P extends string> {
  /** Readiness and liveness. @default - the tenant's or app's; an error when there is none */
  readonly probes?: ServiceProbes<P>;
  /** @default - not scraped */
  readonly metrics?: Metrics<P | number>;
  /** @default Expose.clusterIp() */
  readonly expose?: Expose<P>;
}

/** The parts, judged. */
export interface ServiceModel {
  /** Of the service; the first is the main port. */
  readonly ports: readonly [PortModel, ...PortModel[]];
  /** Of the container: those, and a port for metrics alone. */
  readonly containerPorts: readonly PortModel[];
  readonly probes: ProbesModel;
  readonly metrics: MetricsModel | undefined;
  readonly expose: ExposeWay;
  /** The port that it sends to. */
  readonly exposed: PortModel;
}

/** What a service needs of its pattern's props; names are checked here, since the compiler does not see what is spread. */
export interface ServicePropsLike {
  readonly port: Ports<string>;
  readonly metrics?: Metrics<string | number>;
  readonly expose?: Expose<string>;
}

export function resolveService(
  check: Check,
  props: ServicePropsLike,
  probes: Defaults['probes'],
  soleName: string,
): ServiceModel {
  const ports = resolvePorts(check, props.port, soleName);
  const metrics = props.metrics && resolveMetrics(check, props.metrics, ports);
  const extra = metrics && !ports.some((p) => p.port === metrics.port) ? [metrics.port] : [];
  if (extra.length > 0 && ports.some((p) => p.name === 'metrics')) {
    check.fail(
      `metrics.port ${extra[0]} would get the name 'metrics', which another port has`,
      "write metrics: { port: 'metrics' }, or give the other port another name",
    );
  }
  if (!probes) {
    check.fail(
      'no probes: when it is ready for traffic and when it is beyond help is not known',
      "write probes: { readiness: Probe.http('/readyz'), liveness: Probe.tcp() }, or set them once in the defaults of the app or the tenant",
    );
  }
  if (probes.readiness === undefined) {
    check.fail(
      'probes without readiness: traffic would come before the service is ready',
      "add readiness: Probe.http('/readyz')",
    );
  }
  const expose = resolveExpose(check, props.expose);
  const rendered = resolveProbes(check, probes as ServiceProbes<string>, { named: ports, extra, open: false });
  const exposed = exposedPort(check, expose.portName(), ports);
  expose.checkPort(check, { port: exposed, readiness: rendered.readinessProbe });
  const metricsPort = extra.map(
    (port): PortModel => ({ name: 'metrics', port, protocol: 'TCP', appProtocol: undefined }),
  );
  return { ports, containerPorts: [...ports, ...metricsPort], probes: rendered, metrics, expose, exposed };
}

function exposedPort(check: Check, name: string | undefined, ports: readonly [PortModel, ...PortModel[]]): PortModel {
  const port = name === undefined ? ports[0] : ports.find((p) => p.name === name);
  return (
    port ??
    check.fail(
      `expose.port '${name}' is none of the workload's ports`,
      `write one of ${ports.map((p) => `'${p.name}'`).join(', ')}`,
    )
  );
}

/** Addresses of a service inside the cluster. */
export class ServiceAddress {
  readonly host: string;
  readonly port: number;
  readonly ports: Readonly<Record<string, number>>;

  constructor(
    private readonly check: Check,
    readonly name: string,
    readonly namespace: string,
    models: readonly [PortModel, ...PortModel[]],
    sole: boolean,
    all: readonly PortModel[] = models,
  ) {
    this.host = `${name}.${namespace}.svc.cluster.local`;
    this.port = models[0].port;
    this.ports = sole ? {} : Object.fromEntries(all.map((m) => [m.name, m.port]));
  }

  get address(): string {
    return `${this.host}:${this.port}`;
  }

  url(scheme: string, port?: string): string {
    const number = port === undefined ? this.port : this.ports[port];
    if (number === undefined) {
      this.check.fail(
        `url() asks for port '${port}'`,
        `write one of ${
          Object.keys(this.ports)
            .map((p) => `'${p}'`)
            .join(', ') || 'no port: there is only one'
        }`,
      );
    }
    return `${scheme}://${this.host}:${number}`;
  }
}

/** The service that clients call. */
export function clientService(
  metadata: Service['metadata'],
  name: string,
  ports: readonly PortModel[],
  { clientService: { type, nodePort } }: ExposeWay,
): Service {
  const [first, ...rest] = servicePorts(ports);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { type, selector: selectorLabels(name), ports: first ? [{ ...first, nodePort }, ...rest] : [] },
  };
}

/** Ports by name for `workload.on(...)`. */
export function portsNamed(check: Check, ports: readonly PortModel[], names: readonly string[]): PortModel[] {
  return names.map(
    (name) =>
      ports.find((p) => p.name === name) ??
      check.fail(`on() asks for port '${name}'`, `write one of ${ports.map((p) => `'${p.name}'`).join(', ')}`),
  );
}
