import { Construct } from 'constructs';
import { Check } from '../../core/check';
import { GATEWAY_CLASS } from '../../core/class-names';
import { clusterOf } from '../../core/cluster-context';
import { GATEWAY_CLASSES } from '../../core/declarations';
import type { GatewayObject, HTTPRoute, LoadBalancerConfiguration } from '../../core/k8s';
import type { KubeObject } from '../../core/kube-object';
import { namespaceOf } from '../../core/namespace';
import { DEFAULT_LISTENERS } from '../expose/alb-props';
import { checkExisting, checkGateway, checkMode, namespacesOf } from './check';
import { objectOf } from './object-of';
import { albConfiguration, gatewayObject, redirect } from './objects';
import type { ExistingGatewayProps, GatewayProps } from './props';
import type { GatewayFacts, GatewayTarget } from './target';

/**
 * An Application Load Balancer as a Gateway of the Gateway API, which workloads of one or several tenants share by
 * `Expose.gateway`. The id is its name, and it belongs to the tenant that it is created in. What comes without TLS is redirected.
 * Needs node groups with the AWS Load Balancer Controller and its definitions of `gateway.k8s.aws/v1`; refused in Auto Mode.
 *
 * @example
 * const edge = new Gateway(platform, 'edge', { scheme: 'internet-facing', routesFrom: [shop] });
 * new WebService(shop, 'web', { ...props, expose: Expose.gateway({ gateway: edge, host: 'shop.example.com' }) });
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/l7gateway/
 */
export class Gateway extends Construct implements GatewayTarget {
  /** A Gateway that another app or team has made, as the `gateway` of Expose.gateway. */
  static existing(props: ExistingGatewayProps): GatewayTarget {
    checkExisting(new Check('Gateway.existing'), props);
    const { name, namespace, scheme, listeners = DEFAULT_LISTENERS, subnets } = props;
    const facts: GatewayFacts = { name, namespace, scheme, listeners, subnets, routesFrom: undefined };
    return { toGatewayTarget: () => facts };
  }

  /** The Gateway. */
  readonly gateway: KubeObject<GatewayObject>;
  /** What its load balancer is. */
  readonly configuration: KubeObject<LoadBalancerConfiguration>;
  /** The route that redirects to TLS; undefined without two listeners. */
  readonly redirect: KubeObject<HTTPRoute> | undefined;
  private readonly facts: GatewayFacts;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    const check = Check.of(this);
    checkGateway(check, id, props);
    const { scheme, listeners = DEFAULT_LISTENERS, subnets, routesFrom } = props;
    const namespace = namespaceOf(this, check);
    const from = namespacesOf(namespace, routesFrom);
    this.facts = { name: id, namespace, scheme, listeners, subnets, routesFrom: from };
    this.gateway = objectOf(this, this.facts, 'Gateway', id, (metadata) => gatewayObject(metadata, this.facts));
    this.configuration = objectOf(this, this.facts, 'Configuration', id, (metadata) =>
      albConfiguration(metadata, props, this.facts, clusterOf(this)),
    );
    const { http, https } = listeners;
    this.redirect =
      http === undefined || https === undefined
        ? undefined
        : objectOf(this, this.facts, 'Redirect', `${id}-redirect`, (metadata) => redirect(metadata, this.facts, https));
    GATEWAY_CLASSES.declare(this, GATEWAY_CLASS.alb);
    checkMode(this);
  }

  /** What routes know of it. */
  toGatewayTarget(): GatewayFacts {
    return this.facts;
  }
}
