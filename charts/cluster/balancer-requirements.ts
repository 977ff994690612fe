import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { NLB_CLASS } from '../../eks/compute-modes';
import { title } from '../../kube/inventory';
import type { Manifest } from '../../kube/objects';
import { manifestOf } from '../core/app-objects';
import { INGRESS_CLASS } from '../core/class-names';
import { type Requirement, Requirements } from '../core/requirements';

const CLASSES: ReadonlySet<unknown> = new Set(Object.values(NLB_CLASS));

/** What a plain Ingress or Service of a load balancer needs: the controller that makes it, unless Auto Mode does. */
export function balancerRequirements(construct: IConstruct): Requirement[] {
  if (!ApiObject.isApiObject(construct) || (construct.kind !== 'Ingress' && construct.kind !== 'Service')) {
    return [];
  }
  try {
    const manifest = manifestOf(construct);
    return isBalancer(manifest)
      ? [Requirements.feature('load-balancer', { because: `${title({ manifest })} is a load balancer` })]
      : [];
  } catch {
    // its error is reported when its file is made
    return [];
  }
}

function isBalancer({ kind, spec = {} }: Manifest): boolean {
  return kind === 'Ingress'
    ? spec.ingressClassName === INGRESS_CLASS
    : spec.type === 'LoadBalancer' && CLASSES.has(spec.loadBalancerClass);
}
