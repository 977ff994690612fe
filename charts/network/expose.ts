import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import { type AlbObjects, type AlbProps, alb } from './expose/alb';
import { clusterIp } from './expose/cluster-ip';
import { type NlbObjects, type NlbProps, nlb } from './expose/nlb';
import { nodePort } from './expose/node-port';
import type { ExposeWay } from './expose/way';

/** How a service is reached; P: names of the ports it relies on. */
export class Expose<out P extends string = never> {
  /** Inside the cluster only. */
  static clusterIp(): Expose {
    return new Expose(clusterIp());
  }
  /** On every node. @param port 30000-32767 @default - chosen by the cluster */
  static nodePort(port?: number): Expose {
    return new Expose(nodePort(port));
  }
  /** Application Load Balancer, ip targets. */
  static alb<const P extends string = never>(props: AlbProps<P>): Expose<P> {
    return new Expose(alb(props));
  }
  /** Network Load Balancer, ip targets. */
  static nlb<const P extends string = never>(props: NlbProps<P>): Expose<P> {
    return new Expose(nlb(props));
  }

  /** The port names that it relies on; exists for the compiler alone. */
  declare protected readonly relies: P;

  private constructor(
    /** @internal */
    readonly way: ExposeWay,
  ) {}
}

/** The objects of all ways, by the name that `customize` uses. */
export interface ExposeObjects extends AlbObjects, NlbObjects {}

/** Their names; a workload has those of the way that it takes. */
export const EXPOSE_OBJECTS: KeyTable<ExposeObjects> = { ingress: true, loadBalancerService: true };

/** The way to expose a service, with its props checked. */
export function resolveExpose(check: Check, expose: Expose<string> | undefined): ExposeWay {
  if (expose === undefined) {
    return clusterIp();
  }
  if (!(expose instanceof Expose)) {
    check.fail(
      `expose is ${describe(expose)}`,
      'write Expose.alb({...}), Expose.nlb({...}), Expose.nodePort() or Expose.clusterIp()',
    );
  }
  expose.way.check(check);
  return expose.way;
}
