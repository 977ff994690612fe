import { describe } from '../../kube/describe';
import type { Check } from './check';

/** Schemes that ports are named after. Others are told from the name of a port by writing both. */
const SCHEMES: ReadonlySet<string> = new Set(
  (
    'amqp amqps bolt cassandra clickhouse couchbase dns etcd ftp ftps grpc grpcs http https imap imaps influxdb kafka ldap ' +
    'ldaps mariadb memcached mongodb mqtt mqtts mssql mysql nats neo4j nfs oracle postgres postgresql pulsar redis rediss ' +
    'rtmp rtsp sftp sip sips smtp smtps sqlserver ssh stomp tcp tls udp valkey valkeys ws wss xmpp zookeeper'
  ).split(' '),
);

/** The ports of an address. */
export interface NamedPorts {
  /** In the order in which they are declared; none for a port that is a number. */
  readonly names: readonly string[];
  /** The name of the main port. */
  readonly main: string | undefined;
}

/**
 * Checks the scheme of a method such as url(). The name of a port in its place would give the main port with a scheme that
 * no client knows.
 *
 * @param method 'url'
 */
export function checkScheme(
  check: Check,
  method: string,
  scheme: unknown,
  port: string | undefined,
  { names, main }: NamedPorts,
): asserts scheme is string {
  if (typeof scheme !== 'string' || !/^[a-z][a-z0-9+.-]*$/i.test(scheme)) {
    throw check.error(
      typeof scheme === 'string' ? 'invalid' : 'type',
      '',
      `the scheme of ${method}() must be the scheme of a URL, but is ${describe(scheme)}`,
      `write for example ${method}('http')`,
    );
  }
  if (port !== undefined || !names.includes(scheme) || (scheme === main && SCHEMES.has(scheme))) {
    return;
  }
  const isScheme = SCHEMES.has(scheme);
  check.fail(
    'invalid',
    '',
    `the scheme of ${method}() must be the scheme of a URL, but is '${scheme}', the name of a port${scheme === main ? '' : ` that is not the main one ('${main}')`}`,
    `write ${method}('${isScheme ? scheme : 'http'}', '${scheme}') for that port${main === undefined || !isScheme ? '' : `, or ${method}('${scheme}', '${main}') for the main one`}`,
  );
}
