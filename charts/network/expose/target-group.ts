import type { Check } from '../../core/check';
import type { TargetSettings } from './balancer-settings';
import type { ExposedService } from './way';

/** What a load balancer speaks to the pods. */
export const BACKEND_PROTOCOLS = ['http', 'https', 'http2', 'grpc'] as const;
export type BackendProtocol = (typeof BACKEND_PROTOCOLS)[number];

/** The method that servers of gRPC answer health checks by. */
const GRPC_CHECK = '/grpc.health.v1.Health/Check';
const VERSION: Partial<Record<BackendProtocol, 'HTTP2' | 'GRPC'>> = { http2: 'HTTP2', grpc: 'GRPC' };

/** Props of a target group. */
export interface TargetGroupSettings extends TargetSettings {
  readonly protocol?: BackendProtocol;
}

type Target = Pick<ExposedService, 'port' | 'readiness'>;

/** The protocol of the pods: as given, else by the port and the readiness probe. */
export function backendProtocol({ port, readiness }: Target, given: BackendProtocol | undefined): BackendProtocol {
  if (given !== undefined) {
    return given;
  }
  switch (port.appProtocol) {
    case 'grpc':
      return 'grpc';
    case 'kubernetes.io/h2c':
      return readiness?.httpGet ? 'http2' : 'grpc';
    default:
      return readiness?.httpGet?.scheme === 'HTTPS' ? 'https' : 'http';
  }
}

/** Whether an Application Load Balancer can ask what the readiness probe asks. */
export const isAskable = ({ readiness }: Target, protocol: BackendProtocol): boolean =>
  protocol === 'grpc' ? readiness?.grpc !== undefined : readiness?.httpGet !== undefined;

/** How a Network Load Balancer checks a target: by HTTP as the readiness probe does, else by a connection. */
export interface NetworkCheck {
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP';
  readonly path: string | undefined;
  readonly port: number;
}

export function networkCheck({ readiness, port }: Target): NetworkCheck {
  const probe = readiness?.httpGet;
  const asked = probe?.port ?? readiness?.grpc?.port ?? readiness?.tcpSocket?.port ?? port.port;
  return { protocol: probe ? (probe.scheme ?? 'HTTP') : 'TCP', path: probe?.path, port: asked as number };
}

/** Refuses a target whose readiness probe is none that an Application Load Balancer can ask. */
export function checkAskable(check: Check, target: Target, protocol: BackendProtocol): void {
  if (isAskable(target, protocol)) {
    return;
  }
  const isGrpc = protocol === 'grpc';
  check.fail(
    'forbidden',
    'probes.readiness',
    `probes.readiness must be ${isGrpc ? 'a gRPC' : 'an HTTP'} probe, which an Application Load Balancer uses as its health check${isGrpc ? ' of a port that speaks gRPC' : ''}`,
    isGrpc
      ? 'write readiness: Probe.grpc(), or expose: Expose.nlb({...})'
      : "write readiness: Probe.http('/readyz'), or expose: Expose.nlb({...})",
  );
}

/** What the controller takes where an Ingress does not say it. */
export const TARGET_GROUP_DEFAULTS = {
  'healthcheck-protocol': 'HTTP',
  'backend-protocol': 'HTTP',
  'backend-protocol-version': 'HTTP1',
} as const;

/** A target group, in the terms of AWS. */
export interface TargetGroupModel {
  readonly speaks: 'HTTP' | 'HTTPS';
  readonly version: 'HTTP1' | 'HTTP2' | 'GRPC';
  /** How targets are checked; what is not said is as the load balancer has it. */
  readonly check: {
    readonly path: string | undefined;
    /** Where it is another one than that of the traffic. */
    readonly port: number | undefined;
    readonly protocol: 'HTTP' | 'HTTPS';
    readonly successCodes: string;
  };
}

/** The target group of a service behind an Application Load Balancer. */
export function targetGroupModel(service: Target, settings: TargetGroupSettings): TargetGroupModel {
  const { readiness, port } = service;
  const protocol = backendProtocol(service, settings.protocol);
  const probe = readiness?.httpGet ?? readiness?.grpc;
  const asksTls = readiness?.httpGet?.scheme === 'HTTPS';
  const speaksTls = protocol === 'https' || (protocol !== 'http' && asksTls);
  return {
    speaks: speaksTls ? 'HTTPS' : 'HTTP',
    version: VERSION[protocol] ?? 'HTTP1',
    check: {
      path: protocol === 'grpc' ? GRPC_CHECK : readiness?.httpGet?.path,
      port: probe && probe.port !== port.port ? (probe.port as number) : undefined,
      protocol: asksTls ? 'HTTPS' : 'HTTP',
      successCodes: settings.healthCheck?.successCodes ?? (protocol === 'grpc' ? '0' : '200-399'),
    },
  };
}

/** The annotations of a target group, without their prefix. */
export function targetGroup(
  service: ExposedService,
  settings: TargetGroupSettings,
): Readonly<Record<string, string | undefined>> {
  const { speaks, version, check } = targetGroupModel(service, settings);
  return {
    'healthcheck-path': check.path,
    'healthcheck-port': check.port === undefined ? undefined : String(check.port),
    'healthcheck-protocol': check.protocol === 'HTTPS' ? 'HTTPS' : undefined,
    'backend-protocol': speaks === 'HTTPS' ? 'HTTPS' : undefined,
    'backend-protocol-version': version === 'HTTP1' ? undefined : version,
    'success-codes': check.successCodes,
  };
}
