import type { Container, Probe } from '../imports/kubernetes';

/** What Kubernetes takes where a probe does not say. */
const PROBE = { periodSeconds: 10, failureThreshold: 3 };

/** How long a probe may fail before it takes effect, in seconds. */
export function patience({
  periodSeconds = PROBE.periodSeconds,
  failureThreshold = PROBE.failureThreshold,
}: Probe): number {
  return periodSeconds * failureThreshold;
}

/** Whether two probes of a container ask the same; not without a handler. */
export function asksTheSame(one: Probe, other: Probe, container: Pick<Container, 'ports'>): boolean {
  const [path, otherPath] = [one.httpGet?.path, other.httpGet?.path];
  // nearly all ask for a path of their own
  if (path !== otherPath && path !== undefined && otherPath !== undefined) {
    return false;
  }
  const question = questionOf(one, container);
  return question !== undefined && question === questionOf(other, container);
}

/** What a probe asks, as text, whatever its timing: equal for equal questions; undefined without a handler. */
export function questionOf(probe: Probe, { ports = [] }: Pick<Container, 'ports'>): string | undefined {
  const { httpGet, tcpSocket, grpc, exec } = probe;
  const numberOf = (port: number | string | undefined) =>
    typeof port === 'string' ? (ports.find(({ name }) => name === port)?.containerPort ?? port) : port;
  if (httpGet) {
    const { host = '', path = '/', port, scheme = 'HTTP', httpHeaders = [] } = httpGet;
    const headers = httpHeaders.map(({ name, value }) => [`${name}`.toLowerCase(), value]);
    return JSON.stringify(['http', host, path, numberOf(port), scheme, headers]);
  }
  if (tcpSocket) {
    return JSON.stringify(['tcp', tcpSocket.host ?? '', numberOf(tcpSocket.port)]);
  }
  if (grpc) {
    return JSON.stringify(['grpc', grpc.port, grpc.service ?? '']);
  }
  return exec ? JSON.stringify(['exec', exec.command ?? []]) : undefined;
}
