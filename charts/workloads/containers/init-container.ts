import { isDnsLabel } from '../../../kube/names';
import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import { targetOfUser } from '../../network/connections';
import type { Connectable } from '../../network/targets';
import type { InitContainerProps } from './container-props';

/** Options of InitContainer.waitFor. */
export interface WaitForOptions {
  /** The name of the container. @default 'wait-for-' and the name of the workload that is called */
  readonly name?: string;
  /** The host to ask. @default - the Service of the workload; required for a Peer */
  readonly host?: string;
  /**
   * An image with `sh` and `nc`.
   *
   * @default 'public.ecr.aws/docker/library/busybox:1.37' - a private cluster needs a copy of it
   */
  readonly image?: string;
}

const OPTIONS: KeyTable<WaitForOptions> = { name: 'text', host: 'text', image: 'text' };
const IMAGE = 'public.ecr.aws/docker/library/busybox:1.37';
const NOBODY = 65534;
/** Asks every two seconds. The Service of a workload refuses connections until one of its pods is ready. */
const SCRIPT =
  'for port in "$@"; do until nc -z -w 2 "$0" "$port"; do echo "waiting for $0:$port"; sleep 2; done; done';

/** The same for several hosts, on one port. */
const EACH = 'for host in "$@"; do until nc -z -w 2 "$host" "$0"; do echo "waiting for $host:$0"; sleep 2; done; done';

/** Init containers that the library writes. */
export class InitContainer {
  /**
   * Waits until a workload or a Peer accepts TCP connections, as long as it takes. Opens the connection, as `connectsTo`
   * does.
   *
   * @param target a workload with ports, `workload.on('port')`, or a Peer with `host`
   * @example
   * new WebService(tenant, 'shop', { ...props, initContainers: [InitContainer.waitFor(database)] });
   */
  static waitFor(target: Connectable, options: WaitForOptions = {}): InitContainer {
    const check = new Check('InitContainer.waitFor');
    check.keys<WaitForOptions>('options', options, OPTIONS);
    if (typeof target?.toConnectionTarget !== 'function') {
      check.fail(
        'type',
        'target',
        'target must be a workload with ports or a Peer',
        'write the workload, workload.on(...), or Peer.cidr(...)',
      );
    }
    const { workload, ports } = targetOfUser(check, 'target', target);
    const { port: mainPort } = (workload ?? {}) as { readonly port?: unknown };
    // a Service for some of the pods has a name of its own
    const { host: ownHost } = ('host' in target ? target : (workload ?? {})) as { readonly host?: unknown };
    const host = options.host ?? ownHost;
    if (typeof host !== 'string' || !/^[A-Za-z0-9.:-]+$/.test(host)) {
      throw check.error(
        host === undefined ? 'required' : 'invalid',
        'host',
        host === undefined
          ? 'host is required for a target without a Service'
          : 'host must be a host name or an address',
        "write { host: 'db.example.com' }",
      );
    }
    const whole = (target as unknown) === workload && typeof mainPort === 'number';
    const asked = whole ? ports.filter(({ port }) => port === mainPort) : ports;
    const numbers = asked.flatMap(({ port, protocol = 'TCP' }) =>
      protocol === 'TCP' && port !== undefined ? [String(port)] : [],
    );
    if (numbers.length < asked.length || numbers.length === 0) {
      check.fail(
        'unsupported',
        'target',
        'target must be reached by TCP: a UDP port does not tell whether it is open',
        "write workload.on('...') with TCP ports",
      );
    }
    if (options.name !== undefined && (!isDnsLabel(options.name) || options.name.length > 40)) {
      check.fail(
        'invalid',
        'name',
        `name must be at most 40 lowercase letters, digits and '-', but is '${options.name}'`,
        "write for example 'wait-for-db'",
      );
    }
    const name = options.name ?? `wait-for-${workload?.node.id ?? host.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}`;
    const short = name.slice(0, 40).replace(/-+$/, '');
    return new InitContainer(target, {
      name: isDnsLabel(short) ? short : 'wait-for',
      image: options.image ?? IMAGE,
      user: NOBODY,
      command: ['sh', '-c', SCRIPT],
      args: [host, ...numbers],
      scratch: [],
      resources: { cpu: '10m', memory: '16Mi', ephemeralStorage: '16Mi' },
    });
  }

  /** @internal Waits until every member of a set accepts TCP connections on the main port. @param image with `sh` and `nc` */
  static waitForMembers(
    set: Connectable & { readonly hosts: readonly string[]; readonly port: number },
    image = IMAGE,
  ): InitContainer {
    return new InitContainer(set, {
      name: 'wait-for-members',
      image,
      user: NOBODY,
      command: ['sh', '-c', EACH],
      args: [String(set.port), ...set.hosts],
      scratch: [],
      resources: { cpu: '10m', memory: '16Mi', ephemeralStorage: '16Mi' },
    });
  }

  private constructor(
    /** @internal */
    readonly target: Connectable,
    /** @internal */
    readonly props: InitContainerProps,
  ) {}
}
