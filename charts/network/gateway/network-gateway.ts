import { Construct } from 'constructs';
import { describe } from '../../../kube/describe';
import { Check } from '../../core/check';
import { GATEWAY_CLASS } from '../../core/class-names';
import { type ClusterContext, clusterOf } from '../../core/cluster-context';
import { GATEWAY_CLASSES } from '../../core/declarations';
import { ItemCheck } from '../../core/item-check';
import type { GatewayObject, LoadBalancerConfiguration, ObjectMeta } from '../../core/k8s';
import type { KubeObject } from '../../core/kube-object';
import { namespaceOf } from '../../core/namespace';
import { checkLoadBalancerSettings } from '../expose/balancer-settings';
import { checkCertificates, checkLoadBalancer, checkTlsPolicy } from '../expose/load-balancer';
import { ALPN_POLICIES } from '../expose/nlb-props';
import { checkMode, checkName, checkRoutesFrom, namespacesOf } from './check';
import { NETWORK_GATEWAY, type NetworkGatewayProps } from './network-props';
import { objectOf } from './object-of';
import { allowed, balancerSpec, gatewayOf, loadBalancerConfiguration, tlsOf } from './objects';
import type { NetworkGatewayFacts, NetworkProtocol } from './target';

/** Says for readers where the certificate is. */
const CERTIFICATE_OPTION = 'cdk8s-eks-patterns.io/load-balancer-configuration';
const PROTOCOLS: readonly NetworkProtocol[] = ['TCP', 'UDP', 'TLS'];

/** The name of a listener, by its protocol and its port. */
export const listenerName = (protocol: NetworkProtocol, port: number): string => `${protocol.toLowerCase()}-${port}`;

/**
 * A Network Load Balancer as a Gateway of the Gateway API, each of whose listeners leads to one workload, by
 * `Expose.networkGateway`. The id is its name, and it belongs to the tenant that it is created in. Needs node groups with the
 * AWS Load Balancer Controller; refused in Auto Mode.
 *
 * @example
 * const queues = new NetworkGateway(platform, 'queues', { scheme: 'internal', listeners: { 5672: 'TCP' }, routesFrom: [shop] });
 * new StatefulService(shop, 'rabbit', { ...props, expose: Expose.networkGateway({ gateway: queues, listener: 5672 }) });
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/l4gateway/
 */
export class NetworkGateway extends Construct {
  /** The Gateway. */
  readonly gateway: KubeObject<GatewayObject>;
  /** What its load balancer is. */
  readonly configuration: KubeObject<LoadBalancerConfiguration>;
  /** @internal */
  readonly facts: NetworkGatewayFacts;

  constructor(scope: Construct, id: string, props: NetworkGatewayProps) {
    super(scope, id);
    const check = Check.of(this);
    checkNetworkGateway(check, id, props);
    const { scheme, listeners, subnets, routesFrom, allowFrom } = props;
    const namespace = namespaceOf(this, check);
    const from = namespacesOf(namespace, routesFrom);
    const hasCertificate = props.certificate !== undefined;
    const balancer = { name: id, namespace, scheme, subnets, routesFrom: from, allowFrom };
    const facts = { ...balancer, listeners: { ...listeners }, hasCertificate };
    this.facts = facts;
    this.gateway = objectOf(this, facts, 'Gateway', id, (metadata) => gatewayObject(metadata, facts));
    this.configuration = objectOf(this, facts, 'Configuration', id, (metadata) =>
      configuration(metadata, props, facts, clusterOf(this)),
    );
    GATEWAY_CLASSES.declare(this, GATEWAY_CLASS.nlb);
    checkMode(this);
  }
}

function checkNetworkGateway(check: Check, id: string, props: NetworkGatewayProps): void {
  check.keys<NetworkGatewayProps>('props', props ?? null, NETWORK_GATEWAY);
  checkName(check, id);
  const own = new ItemCheck(check.path, 'expose', '');
  checkLoadBalancer(own, props);
  checkCertificates(own, props.certificate);
  checkTlsPolicy(own, props.tlsPolicy);
  checkLoadBalancerSettings(own, props);
  checkRoutesFrom(check, props.routesFrom);
  const { listeners, certificate, tlsPolicy, alpnPolicy } = props;
  const all = Object.entries(listeners ?? {});
  if (all.length === 0) {
    check.fail(
      listeners === undefined ? 'required' : 'invalid',
      'listeners',
      'listeners must have a port',
      "write for example { 5672: 'TCP' }",
    );
  }
  for (const [port, protocol] of all) {
    const field = `listeners.${port}`;
    if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
      check.fail(
        'invalid',
        field,
        `${field} must have a port number from 1 to 65535 as its key, but the protocol is ${describe(protocol)}`,
        "write { 5672: 'TCP' }",
      );
    }
    check.oneOf(field, protocol, PROTOCOLS);
  }
  const hasTls = all.some(([, protocol]) => protocol === 'TLS');
  const needing = Object.entries({ certificate, tlsPolicy, alpnPolicy }).find(([, value]) => value !== undefined);
  if (!hasTls && needing) {
    check.fail(
      'forbidden',
      needing[0],
      `${needing[0]} needs a listener with TLS, but listeners has none`,
      "write for example { 5671: 'TLS' }, or remove it",
    );
  }
  if (alpnPolicy !== undefined) {
    check.oneOf('alpnPolicy', alpnPolicy, ALPN_POLICIES);
  }
}

type Named = ObjectMeta & { name: string };

function gatewayObject(metadata: Named, { listeners, namespace, routesFrom }: NetworkGatewayFacts): GatewayObject {
  return gatewayOf(
    metadata,
    GATEWAY_CLASS.nlb,
    Object.entries(listeners).map(([port, protocol]) => ({
      name: listenerName(protocol, Number(port)),
      port: Number(port),
      protocol,
      // the definition wants a certificate or an option to end TLS; the controller reads neither
      ...(protocol === 'TLS'
        ? { tls: { mode: 'Terminate' as const, options: { [CERTIFICATE_OPTION]: metadata.name } } }
        : {}),
      allowedRoutes: { namespaces: allowed(namespace, routesFrom) },
    })),
  );
}

function configuration(
  metadata: Named,
  props: NetworkGatewayProps,
  { listeners }: NetworkGatewayFacts,
  cluster: ClusterContext | undefined,
): LoadBalancerConfiguration {
  const tls = Object.keys(listeners).filter((port) => listeners[Number(port)] === 'TLS');
  const own = { ...tlsOf(props), alpnPolicy: props.alpnPolicy };
  const configured = tls.map((port) => ({ protocolPort: `TLS:${port}`, ...own }));
  return loadBalancerConfiguration(metadata, configured, balancerSpec(props, cluster));
}
