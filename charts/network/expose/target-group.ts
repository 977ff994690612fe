import type { HealthCheck } from './health-check';
import type { ExposedService } from './way';

/** What a load balancer speaks to the pods. */
export const BACKEND_PROTOCOLS = ['http', 'https', 'http2', 'grpc'] as const;
export type BackendProtocol = (typeof BACKEND_PROTOCOLS)[number];

/** The method that servers of gRPC answer health checks by. */
const GRPC_CHECK = '/grpc.health.v1.Health/Check';
const VERSION: Partial<Record<BackendProtocol, string>> = { http2: 'HTTP2', grpc: 'GRPC' };

/** Props of a target group. */
export interface TargetGroupSettings {
  readonly protocol?: BackendProtocol;
  readonly healthCheck?: HealthCheck;
  readonly targetGroupAttributes?: Readonly<Record<string, string>>;
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

/** What the controller takes where an Ingress does not say it. */
export const TARGET_GROUP_DEFAULTS = {
  'healthcheck-protocol': 'HTTP',
  'backend-protocol': 'HTTP',
  'backend-protocol-version': 'HTTP1',
} as const;

/** The annotations of the target group of a service behind an Application Load Balancer, without their prefix. */
export function targetGroup(
  service: ExposedService,
  settings: TargetGroupSettings,
): Readonly<Record<string, string | undefined>> {
  const { readiness, port } = service;
  const protocol = backendProtocol(service, settings.protocol);
  const probe = readiness?.httpGet ?? readiness?.grpc;
  const asksTls = readiness?.httpGet?.scheme === 'HTTPS';
  const speaksTls = protocol === 'https' || (protocol !== 'http' && asksTls);
  return {
    'healthcheck-path': protocol === 'grpc' ? GRPC_CHECK : readiness?.httpGet?.path,
    'healthcheck-port': probe && probe.port !== port.port ? String(probe.port) : undefined,
    'healthcheck-protocol': asksTls ? 'HTTPS' : undefined,
    'backend-protocol': speaksTls ? 'HTTPS' : undefined,
    'backend-protocol-version': VERSION[protocol],
    'success-codes': settings.healthCheck?.successCodes ?? (protocol === 'grpc' ? '0' : '200-399'),
  };
}
