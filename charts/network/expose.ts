import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { type AlbObjects, alb } from './expose/alb';
import type { AlbProps } from './expose/alb-props';
import { type ElsewhereProps, elsewhere } from './expose/elsewhere';
import { type GatewayRouteObjects, gateway } from './expose/gateway/gateway';
import { type NetworkRouteObjects, type NetworkRouteProps, networkGateway } from './expose/gateway/network-route';
import type { GatewayRouteProps } from './expose/gateway/props';
import { type NlbObjects, nlb } from './expose/nlb';
import type { NlbProps } from './expose/nlb-props';
import { nodePort } from './expose/node-port';
import { type TargetGroupObjects, type TargetGroupProps, targetGroupBinding } from './expose/target-group-binding';
import { clusterIp, type ExposeWay } from './expose/way';

/**
 * How a service is reached. P is the union of the port names that it refers to.
 *
 * @example
 * new WebService(tenant, 'web', {
 *   ...props,
 *   expose: Expose.alb({ host: 'shop.example.com', scheme: 'internet-facing' }),
 * });
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html
 */
export class Expose<out P extends string = never> {
  /** Only from inside the cluster. */
  static clusterIp(): Expose {
    return new Expose(clusterIp());
  }
  /** By a port of every node. @param port 30000-32767 @default - chosen by the cluster */
  static nodePort(port?: number): Expose {
    return new Expose(nodePort(port));
  }
  /** By an Application Load Balancer with IP targets. */
  static alb<const P extends string = never>(props: AlbProps<P>): Expose<P> {
    return new Expose(alb(props));
  }
  /** By a Network Load Balancer with IP targets. */
  static nlb<const P extends string = never>(props: NlbProps<P>): Expose<P> {
    return new Expose(nlb(props));
  }

  /** By a route of a Gateway, which workloads of several tenants share. */
  static gateway<const P extends string = never>(props: GatewayRouteProps<P>): Expose<P> {
    return new Expose(gateway(props));
  }

  /** By a listener of a NetworkGateway, which workloads of several tenants share. */
  static networkGateway<const P extends string = never>(props: NetworkRouteProps<P>): Expose<P> {
    return new Expose(networkGateway(props));
  }
  /**
   * By a target group that something else makes, such as Terraform, whose load balancer calls the pods: writes a
   * TargetGroupBinding.
   */
  static targetGroup<const P extends string = never>(props: TargetGroupProps<P>): Expose<P> {
    return new Expose(targetGroupBinding(props));
  }
  /**
   * By a load balancer that an object outside of this app makes, such as an Ingress of another one: writes no object, and
   * prepares the pods for it, by the policy, the readiness gate and the sleep before they end.
   */
  static elsewhere<const P extends string = never>(props: ElsewhereProps<P>): Expose<P> {
    return new Expose(elsewhere(props));
  }

  /** The port names that it refers to; only for the compiler. */
  declare protected readonly relies: P;

  private constructor(
    /** @internal */
    readonly way: ExposeWay,
  ) {}
}

/** The objects of all ways, by their name in `customize`. */
export interface ExposeObjects
  extends AlbObjects,
    NlbObjects,
    TargetGroupObjects,
    GatewayRouteObjects,
    NetworkRouteObjects {}

/** The names of these objects; a workload has those of its own way. */
export const EXPOSE_OBJECTS: KeyTable<ExposeObjects> = {
  ingress: 'object',
  loadBalancerService: 'object',
  httpRoute: 'object',
  grpcRoute: 'object',
  tcpRoute: 'object',
  tlsRoute: 'object',
  udpRoute: 'object',
  listenerRuleConfiguration: 'object',
  targetGroupConfiguration: 'object',
  targetGroupBinding: 'object',
};

/** The validated way to expose a service. */
export function resolveExpose(check: Check, expose: Expose<string> | null | undefined): ExposeWay {
  if (expose === undefined) {
    return clusterIp();
  }
  if (!(expose instanceof Expose)) {
    check.fail(
      'type',
      'expose',
      `expose must be an Expose, but is ${describe(expose)}`,
      'write Expose.alb({...}), Expose.nlb({...}), Expose.gateway({...}), Expose.targetGroup({...}), Expose.elsewhere({...}), Expose.nodePort() or Expose.clusterIp()',
    );
  }
  expose.way.check(check);
  return expose.way;
}
