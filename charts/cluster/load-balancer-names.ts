import { ALB_CONTROLLER, LOAD_BALANCER_GROUP, NLB_CLASS } from '../../eks/compute-modes';
import { groupOf } from '../../kube/kinds';
import type { Manifest } from '../../kube/objects';
import { INGRESS_CLASS } from '../core/class-names';

const KINDS: ReadonlySet<string> = new Set(['Service', 'Ingress', 'IngressClass']);

/** Whether objects of a kind may name the AWS Load Balancer Controller. */
export function mayNameLoadBalancer({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  return KINDS.has(kind) || groupOf(apiVersion) === LOAD_BALANCER_GROUP['node-groups'];
}

/** Whether an object is for the AWS Load Balancer Controller. Auto Mode has its own, under other names. */
export function namesLoadBalancer({ apiVersion, kind, metadata, spec = {} }: Manifest): boolean {
  switch (kind) {
    case 'Service':
      return spec.loadBalancerClass === NLB_CLASS['node-groups'];
    case 'IngressClass':
      return spec.controller === ALB_CONTROLLER['node-groups'];
    case 'Ingress':
      return (spec.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class']) === INGRESS_CLASS;
    default:
      return groupOf(apiVersion) === LOAD_BALANCER_GROUP['node-groups'];
  }
}
