import type { AnnotationForm } from '../eks/annotation-values';
import {
  ALB_ANNOTATIONS,
  ALB_FAMILIES,
  ALB_PREFIX,
  NLB_ANNOTATIONS,
  NLB_FAMILIES,
  NLB_PREFIX,
} from '../eks/load-balancer-annotations';
import type { Inventory, InventoryObject } from '../kube/inventory';

/** What a kind of object says to a load balancer by annotations. */
export interface AnnotationFamily {
  readonly prefix: string;
  readonly known: Readonly<Record<string, AnnotationForm>>;
  readonly families: Readonly<Record<string, AnnotationForm>>;
}

/** Annotations that both kinds have, by what they mean. */
export interface BalancerNames {
  readonly interval: string;
  readonly timeout: string;
  readonly targetType: string;
}

export const ALB: AnnotationFamily & BalancerNames = {
  prefix: ALB_PREFIX,
  known: ALB_ANNOTATIONS,
  families: ALB_FAMILIES,
  interval: 'healthcheck-interval-seconds',
  timeout: 'healthcheck-timeout-seconds',
  targetType: 'target-type',
};
export const NLB: AnnotationFamily & BalancerNames = {
  prefix: NLB_PREFIX,
  known: NLB_ANNOTATIONS,
  families: NLB_FAMILIES,
  interval: 'healthcheck-interval',
  timeout: 'healthcheck-timeout',
  targetType: 'nlb-target-type',
};

/** An annotation of a load balancer. */
export interface BalancerAnnotation {
  readonly object: InventoryObject;
  readonly of: AnnotationFamily & BalancerNames;
  /** Without the prefix. */
  readonly name: string;
  readonly value: string;
  /** The field of the object. */
  readonly field: string;
}

/** Annotations of Ingresses and Services. A Service may have those of both: of an ALB for its target group. */
export function balancerAnnotations(inventory: Inventory): readonly BalancerAnnotation[] {
  return inventory.view(annotationsOf);
}

function annotationsOf(inventory: Inventory): BalancerAnnotation[] {
  const objects = [...inventory.ofKind('Ingress', 'networking.k8s.io'), ...inventory.ofKind('Service', '')];
  const found: BalancerAnnotation[] = [];
  for (const object of objects) {
    const { annotations } = object.manifest.metadata;
    for (const key in annotations) {
      const value: unknown = annotations[key];
      const of = key.startsWith(ALB.prefix) ? ALB : key.startsWith(NLB.prefix) ? NLB : undefined;
      if (of && typeof value === 'string') {
        found.push({ object, of, name: key.slice(of.prefix.length), value, field: `metadata.annotations['${key}']` });
      }
    }
  }
  return found;
}
