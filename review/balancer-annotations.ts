import type { AnnotationForm } from '../eks/annotation-values';
import {
  ALB_ANNOTATIONS,
  ALB_FAMILIES,
  ALB_PREFIX,
  formOf,
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
  /** The form of the value; undefined for a name that the controller does not read. */
  readonly form: AnnotationForm | undefined;
}

/** Its field. */
export const fieldOf = ({ of, name }: BalancerAnnotation): string => `metadata.annotations['${of.prefix}${name}']`;

/** Annotations of Ingresses and Services. A Service may have those of both: of an ALB for its target group. */
export function balancerAnnotations(inventory: Inventory): readonly BalancerAnnotation[] {
  return inventory.view(annotationsOf);
}

type Key = Pick<BalancerAnnotation, 'of' | 'name' | 'form'>;

function annotationsOf(inventory: Inventory): readonly BalancerAnnotation[] {
  const found: BalancerAnnotation[] = [];
  // a set has the same few keys thousands of times
  const keys = new Map<string, Key | undefined>();
  for (const objects of [inventory.ofKind('Ingress', 'networking.k8s.io'), inventory.ofKind('Service', '')]) {
    for (const object of objects) {
      const { annotations } = object.manifest.metadata;
      for (const key in annotations) {
        const value: unknown = annotations[key];
        const known = keys.get(key) ?? keyOf(key);
        keys.set(key, known);
        if (known && typeof value === 'string') {
          const { of, name, form } = known;
          found.push({ object, of, name, value, form });
        }
      }
    }
  }
  return found;
}

function keyOf(key: string): Key | undefined {
  const of = key.startsWith(ALB.prefix) ? ALB : key.startsWith(NLB.prefix) ? NLB : undefined;
  const name = of && key.slice(of.prefix.length);
  return of && name !== undefined ? { of, name, form: formOf(name, of.known, of.families) } : undefined;
}
