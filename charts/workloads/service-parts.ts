import { selectorLabels } from '../../kube/labels';
import type { KeyTable } from '../../kube/values';
import type { Defaults } from '../app/defaults';
import type { Check } from '../core/check';
import type { ClusterContext } from '../core/cluster-context';
import type { Service } from '../core/k8s';
import { type PortModel, type Ports, resolvePorts, servicePorts } from '../core/ports';
import { checkScheme } from '../core/url-scheme';
import type { Expose } from '../network/expose';
import type { ExposeWay } from '../network/expose/way';
import { type Metrics, type MetricsModel, resolveMetrics } from '../pods/metrics';
import { type ProbesModel, resolveProbes, type ServiceProbes } from '../pods/probes';
import { sidecarPorts } from './containers/sidecar-ports';
import { type Exposure, resolveExposures } from './exposed-ports';
import { checkTrafficDistribution, type TrafficDistribution } from './traffic-distribution';

/** Props of workloads with a Service. */
export interface ServiceParts<P extends string> {
  /**
   * Readiness (when to send traffic), liveness (when to restart), and startup if it differs from liveness.
   *
   * @default - the probes of the tenant or app; required if there are none
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/application.html
   */
  readonly probes?: ServiceProbes<P>;
  /** The endpoint that Prometheus scrapes: a port by name or number. @default - not scraped */
  readonly metrics?: Metrics<P | number>;
  /**
   * How the Service is reached from outside the cluster: Expose.alb, Expose.nlb, Expose.gateway, Expose.networkGateway,
   * Expose.targetGroup, Expose.elsewhere or Expose.nodePort; or several of them. The second of a kind has the name of its port
   * at the end of its name, for the same port that of its Gateway, the number of its listener, or 'internal' or 'public';
   * `customize` edits each.
   *
   * @default Expose.clusterIp() - only from inside the cluster
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html
   */
  readonly expose?: Expose<P> | readonly Expose<P>[];
  /**
   * Which pods get the traffic of a client in the cluster: 'PreferClose' those of its zone (Kubernetes 1.31 or later),
   * 'PreferSameZone' likewise, 'PreferSameNode' those of its node (both 1.34 or later), as long as there are ready ones.
   * It saves transfer between zones, and each zone needs enough pods for its own clients.
   *
   * @default - all of them alike
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/cost-opt-networking.html
   */
  readonly trafficDistribution?: TrafficDistribution;
  /**
   * 'headless': the name of the Service resolves to the addresses of the pods that are ready, for clients that balance
   * themselves, such as gRPC with the policy round_robin, whose long connections would otherwise stay with one pod. Clients
   * must ask DNS again to find new pods. Refused with Expose.nodePort.
   *
   * @default 'clusterIp' - one address for all pods
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#headless-services
   */
  readonly service?: 'clusterIp' | 'headless';
}
/** The keys of ServiceParts. */
export const SERVICE_PARTS: KeyTable<ServiceParts<string>> = {
  probes: 'object',
  metrics: 'object',
  expose: true,
  trafficDistribution: true,
  service: true,
};

/** The validated props of ServiceParts, and the ports. */
export interface ServiceModel {
  /** Ports of the Service; the first is the main port. */
  readonly ports: readonly [PortModel, ...PortModel[]];
  /** Ports of the container: those of the Service, and a separate port for metrics. */
  readonly containerPorts: readonly PortModel[];
  readonly probes: ProbesModel;
  readonly metrics: MetricsModel | undefined;
  readonly exposures: readonly [Exposure, ...Exposure[]];
  readonly trafficDistribution: TrafficDistribution | undefined;
  readonly headless: boolean;
}

/** The props of a pattern that describe its Service. Port names are checked here, since the compiler does not check what is spread. */
export interface ServicePropsLike {
  readonly port: Ports<string>;
  readonly metrics?: Metrics<string | number>;
  readonly expose?: Expose<string> | readonly Expose<string>[];
  readonly sidecars?: readonly object[];
  readonly trafficDistribution?: TrafficDistribution;
  readonly service?: 'clusterIp' | 'headless';
}

export function resolveService(
  check: Check,
  props: ServicePropsLike,
  probes: Defaults['probes'],
  soleName: string,
  cluster: ClusterContext | undefined,
): ServiceModel {
  const own: ServiceModel['ports'] = resolvePorts(check, props.port, soleName);
  const ofSidecars = sidecarPorts(check, props.sidecars, own);
  const ports: ServiceModel['ports'] = ofSidecars.length === 0 ? own : [...own, ...ofSidecars];
  const metrics = props.metrics && resolveMetrics(check, props.metrics, ports);
  const extra = metrics && !ports.some((p) => p.port === metrics.port) ? [metrics.port] : [];
  if (extra.length > 0 && ports.some((p) => p.name === 'metrics')) {
    check.fail(
      'duplicate',
      'metrics.port',
      `metrics.port ${extra[0]} adds a port named 'metrics', but 'port' already has one`,
      "write metrics: { port: 'metrics' }, or rename the other port",
    );
  }
  if (!probes) {
    check.fail(
      'required',
      'probes',
      'probes is required: readiness (when to send traffic) and liveness (when to restart)',
      "write probes: { readiness: Probe.http('/readyz'), liveness: Probe.tcp() }, or set them in the defaults of the app or tenant",
    );
  }
  if (probes.readiness === undefined) {
    check.fail(
      'required',
      'probes.readiness',
      'probes.readiness is required: without it a pod receives traffic before it is ready',
      "add readiness: Probe.http('/readyz')",
    );
  }
  const rendered = resolveProbes(check, probes as ServiceProbes<string>, { named: ports, extra, open: false });
  const exposures = resolveExposures(check, props, ports, rendered.readinessProbe);
  checkTrafficDistribution(check, props.trafficDistribution, cluster);
  const { trafficDistribution } = props;
  const headless = resolveHeadless(check, props.service ?? 'clusterIp', clientType(exposures));
  const containerPorts = extra.length === 0 ? ports : [...ports, ...extra.map(metricsPort)];
  return {
    ports,
    containerPorts,
    probes: rendered,
    metrics,
    exposures,
    trafficDistribution,
    headless,
  };
}

const metricsPort = (port: number): PortModel => ({ name: 'metrics', port, protocol: 'TCP', appProtocol: undefined });

const CLUSTER_IP: ExposeWay['clientService'] = { type: 'ClusterIP' };

/** The type of the Service for clients. */
const clientType = (exposures: readonly Exposure[]): ExposeWay['clientService'] =>
  exposures.find(({ way }) => way.kind === 'node-port')?.way.clientService ?? CLUSTER_IP;

/** Where traffic comes from. */
export const trafficOf = ({ exposures }: Pick<ServiceModel, 'exposures'>): ExposeWay['traffic'] =>
  exposures.some(({ way }) => way.traffic === 'load-balancer') ? 'load-balancer' : 'service';

function resolveHeadless(check: Check, service: string, { type }: ExposeWay['clientService']): boolean {
  check.oneOf('service', service, ['clusterIp', 'headless']);
  if (service === 'headless' && type !== 'ClusterIP') {
    check.fail(
      'forbidden',
      'service',
      `service must not be 'headless' with an 'expose' of type ${type}, which needs an address`,
      'leave service out, or use Expose.alb or Expose.nlb',
    );
  }
  return service === 'headless';
}

const NO_PORTS: Readonly<Record<string, number>> = Object.freeze({});

/** Addresses of a Service inside the cluster. */
export class ServiceAddress {
  readonly host: string;
  readonly port: number;
  readonly ports: Readonly<Record<string, number>>;
  private readonly main: string;

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
    this.main = models[0].name;
    const named = sole ? all.filter(({ container }) => container !== undefined) : all;
    this.ports =
      named.length === 0 ? NO_PORTS : Object.fromEntries(named.map(({ name: called, port }) => [called, port]));
  }

  get address(): string {
    return `${this.host}:${this.port}`;
  }

  url(scheme?: string, port?: string): string {
    if (scheme !== undefined) {
      checkScheme(this.check, 'url', scheme, port, { names: Object.keys(this.ports), main: this.main });
    }
    const number = port === undefined ? this.port : this.ports[port];
    if (number === undefined) {
      const names = Object.keys(this.ports).map((p) => `'${p}'`);
      this.check.fail(
        'unsupported',
        '',
        `the port of url() must be the name of a port, but is '${port}'`,
        names.length > 0 ? `use one of ${names.join(', ')}` : 'leave it out: the workload has a single port',
      );
    }
    return `${scheme ?? 'http'}://${this.host}:${number}`;
  }
}

/** The Service for clients. */
export function clientService(
  metadata: Service['metadata'],
  name: string,
  ports: readonly PortModel[],
  { exposures, trafficDistribution, headless }: Pick<ServiceModel, 'exposures' | 'trafficDistribution' | 'headless'>,
): Service {
  const { type, nodePort } = clientType(exposures);
  const all = servicePorts(ports);
  if (nodePort !== undefined && all[0]) {
    all[0].nodePort = nodePort;
  }
  const spec: Service['spec'] = { ports: all, selector: selectorLabels(name), type };
  if (headless) {
    spec.clusterIP = 'None';
  }
  if (trafficDistribution !== undefined) {
    spec.trafficDistribution = trafficDistribution;
  }
  return { apiVersion: 'v1', kind: 'Service', metadata, spec };
}

/**
 * The ports of `workload.on(...)`, or of another prop.
 *
 * @param all the ports of the workload, those of its members included
 * @param of the prop that names them, if it is not on()
 */
export function portsNamed(
  check: Check,
  ports: readonly PortModel[],
  names: readonly string[],
  all: readonly PortModel[] = ports,
  of?: string,
): PortModel[] {
  const what = of ?? 'the port of on()';
  return names.map((name) => {
    const ofMembers = all.some((p) => p.name === name);
    return (
      ports.find((p) => p.name === name) ??
      check.fail(
        'unsupported',
        of ?? '',
        ofMembers
          ? `${what} must be a port of clients, but '${name}' is one of memberPorts`
          : `${what} must be the name of a port, but is '${name}'`,
        `use one of ${ports.map((p) => `'${p.name}'`).join(', ')}${ofMembers ? `, ${of === undefined ? 'onMembers() for another set of the cluster, ' : ''}or take '${name}' out of memberPorts` : ''}`,
      )
    );
  });
}
