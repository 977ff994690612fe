import { describe } from '../../../../kube/describe';
import type { KeyTable } from '../../../../kube/values';
import type { Check } from '../../../core/check';
import type { AnyObject, ObjectMeta, TCPRoute, TLSRoute, UDPRoute } from '../../../core/k8s';
import { servicePorts } from '../../../core/ports';
import { autoModeProblem } from '../../gateway/check';
import { listenerName, NetworkGateway } from '../../gateway/network-gateway';
import { parentRef } from '../../gateway/objects';
import type { NetworkGatewayFacts } from '../../gateway/target';
import { checkHosts } from '../alb-check';
import { listOf } from '../alb-props';
import { checkTargetSettings, TARGET_SETTINGS, type TargetSettings } from '../balancer-settings';
import { loadBalancer } from '../load-balancer';
import type { ExposedService, ExposeWay, ObjectSpec, ObjectSpecs } from '../way';
import { checkNamespace, claim, claimedBefore, routeName } from './claims';
import { addTargetGroup, networkTargetGroup } from './target-groups';

/** Props of a workload behind a NetworkGateway. */
export interface NetworkRouteProps<P extends string> extends TargetSettings {
  /** The load balancer, of this app. It must take routes of this namespace. */
  readonly gateway: NetworkGateway;
  /** The port of a listener of the Gateway, which leads to this workload alone. */
  readonly listener: number;
  /** The name of the port to send traffic to, of the protocol of the listener. @default - the main port */
  readonly port?: P;
  /**
   * The names by which clients ask for it in TLS, or one; each may begin with '*.'. Makes a TLSRoute, for which the controller finds
   * certificates in ACM. They choose certificates alone, since a Network Load Balancer does not route by names. Only for a listener
   * with 'TLS', and required there if the Gateway has no `certificate`.
   *
   * @default - none: the certificates of the Gateway, and a TCPRoute
   */
  readonly host?: string | readonly string[];
}

/** Objects of a workload behind a NetworkGateway, by their name in `customize`. */
export interface NetworkRouteObjects {
  tcpRoute: TCPRoute;
  tlsRoute: TLSRoute;
  udpRoute: UDPRoute;
}

const KEYS: KeyTable<NetworkRouteProps<string>> = {
  gateway: 'object',
  listener: true,
  port: 'text',
  host: true,
  ...TARGET_SETTINGS,
};

/** A listener of a Network Load Balancer, whose traffic goes to the pods. */
export function networkGateway(props: NetworkRouteProps<string>): ExposeWay {
  const facts = props?.gateway instanceof NetworkGateway ? props.gateway.facts : undefined;
  const balancer = loadBalancer({
    scheme: facts?.scheme as 'internal',
    port: props?.port,
    subnets: facts?.subnets,
    ...(facts?.allowFrom === undefined ? {} : { allowFrom: facts.allowFrom }),
  });
  const speaks = () => (facts!.listeners[props.listener] === 'UDP' ? ('UDP' as const) : ('TCP' as const));
  const kindOf = () => `${props.host === undefined ? speaks() : ('TLS' as const)}Route` as const;
  return {
    ...balancer,
    kind: 'network-gateway',
    apart: `${props?.listener}`,
    check: (check) => checkNetworkRoute(check, props, facts),
    checkPort(check, { port }) {
      if (port.protocol !== speaks()) {
        check.fail(
          'forbidden',
          'expose.port',
          `expose.port must be a ${speaks()} port for listener ${props.listener} of '${facts!.name}', but '${port.name}' is a ${port.protocol} port`,
          'name another port or listener',
        );
      }
    },
    objects(service) {
      checkNamespace(service, facts!);
      const kind = kindOf();
      const route = routeName(service, kind);
      claim(service, route, facts!, [[props.listener, `listener ${props.listener}`]]);
      const targetGroup = addTargetGroup(service, route, () => networkTargetGroup(service, speaks(), props));
      return {
        [`${kind.slice(0, 3).toLowerCase()}Route`]: spec(kind, service, facts!, props),
        ...(targetGroup ? { targetGroupConfiguration: targetGroup } : {}),
      } as ObjectSpecs<Record<string, AnyObject>>;
    },
    checkApp(service, report) {
      balancer.checkApp(service, report);
      const problem =
        autoModeProblem(service.cluster, 'expose.gateway') ??
        claimedBefore(service, routeName(service, kindOf()), 'expose.listener');
      if (problem) {
        report(problem);
      }
    },
  };
}

function checkNetworkRoute(
  check: Check,
  props: NetworkRouteProps<string>,
  facts: NetworkGatewayFacts | undefined,
): void {
  check.keys<NetworkRouteProps<string>>('expose', props ?? null, KEYS);
  if (!facts) {
    throw check.error(
      props.gateway === undefined ? 'required' : 'type',
      'expose.gateway',
      `expose.gateway must be a NetworkGateway, but is ${describe(props.gateway)}`,
      "write new NetworkGateway(tenant, 'queues', {...})",
    );
  }
  const ports = Object.keys(facts.listeners);
  if (typeof props.listener !== 'number' || !ports.includes(String(props.listener))) {
    check.fail(
      props.listener === undefined ? 'required' : 'unsupported',
      'expose.listener',
      `expose.listener must be the port of a listener of '${facts.name}', but is ${describe(props.listener)}`,
      `use one of ${ports.join(', ')}`,
    );
  }
  checkTargetSettings(check, props);
  const isTls = facts.listeners[props.listener] === 'TLS';
  if (isTls && props.host === undefined && !facts.hasCertificate) {
    check.fail(
      'required',
      'expose.host',
      `expose.host is required for a listener with TLS of '${facts.name}', which has no certificate: the controller finds one by it`,
      "write host: 'queues.example.com', or set certificate on the Gateway",
    );
  }
  if (!isTls && props.host !== undefined) {
    check.fail(
      'forbidden',
      'expose.host',
      `expose.host needs a listener with TLS, but that of ${props.listener} speaks ${facts.listeners[props.listener]}, in which there are no names`,
      'remove it, or write TLS in the listeners of the Gateway',
    );
  }
  if (props.host !== undefined) {
    checkHosts(check, props.host);
  }
}

const spec = <T extends TCPRoute | TLSRoute | UDPRoute>(
  kind: T['kind'],
  service: ExposedService,
  facts: NetworkGatewayFacts,
  { listener, host }: NetworkRouteProps<string>,
): ObjectSpec<T> => ({
  id: kind,
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  render: (metadata: ObjectMeta & { name: string }) =>
    ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind,
      metadata,
      spec: {
        parentRefs: [parentRef(facts, service.namespace, listenerName(facts.listeners[listener]!, listener))],
        ...(host === undefined ? {} : { hostnames: [...listOf(host)] }),
        rules: [
          {
            backendRefs: [
              {
                group: '',
                kind: 'Service',
                name: service.name,
                port: servicePorts([service.port])[0]!.port,
                weight: 1,
              },
            ],
          },
        ],
      },
    }) as T,
});
