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

/** A name of annotations of load balancers. */
export interface BalancerKey {
  readonly of: AnnotationFamily & BalancerNames;
  /** Without the prefix. */
  readonly name: string;
  /** The form of the value; undefined for a name that the controller does not read. */
  readonly form: AnnotationForm | undefined;
}

/** Its field. */
export const fieldOf = ({ of, name }: BalancerKey): string => `metadata.annotations['${of.prefix}${name}']`;

type VisitAnnotation = (object: InventoryObject, key: BalancerKey, value: string) => void;

/**
 * Calls back for annotations of Ingresses and Services whose names a rule wants. A Service may have those of both kinds: of
 * an ALB for its target group.
 */
export function eachBalancerAnnotation(
  inventory: Inventory,
  isWanted: (key: BalancerKey) => boolean,
  visit: VisitAnnotation,
): void {
  const { objects, names } = inventory.view(annotated);
  const wanted = new Map<string, BalancerKey>();
  for (const [text, { key }] of names) {
    if (key && isWanted(key)) {
      wanted.set(text, key);
    }
  }
  for (const object of wanted.size === 0 ? NONE : objects) {
    const { annotations } = object.manifest.metadata;
    for (const text in annotations) {
      const value: unknown = annotations[text];
      const key = wanted.get(text);
      if (key && typeof value === 'string') {
        visit(object, key, value);
      }
    }
  }
}

/** Whether the annotations of a name, among all objects, have a value of which it holds: a set has the same few thousands of times. */
export function hasBalancerValue(inventory: Inventory, holds: (key: BalancerKey, value: string) => boolean): boolean {
  for (const { key, values } of inventory.view(annotated).names.values()) {
    for (const value of values) {
      if (key && typeof value === 'string' && holds(key, value)) {
        return true;
      }
    }
  }
  return false;
}

interface AnnotationName {
  /** Undefined for an annotation of something else. */
  readonly key: BalancerKey | undefined;
  readonly values: Set<unknown>;
}

/** The objects with such annotations; and their names and values, since a set has the same few thousands of times. */
function annotated(inventory: Inventory) {
  const objects: InventoryObject[] = [];
  const names = new Map<string, AnnotationName>();
  for (const all of [inventory.ofKind('Ingress', 'networking.k8s.io'), inventory.ofKind('Service', '')]) {
    for (const object of all) {
      const { annotations } = object.manifest.metadata;
      let has = false;
      for (const text in annotations) {
        let name = names.get(text);
        if (name === undefined) {
          name = { key: keyOf(text), values: new Set() };
          names.set(text, name);
        }
        if (name.key !== undefined) {
          name.values.add(annotations[text]);
          has = true;
        }
      }
      if (has) {
        objects.push(object);
      }
    }
  }
  return { objects, names };
}

const NONE: readonly InventoryObject[] = [];

function keyOf(text: string): BalancerKey | undefined {
  const of = text.startsWith(ALB.prefix) ? ALB : text.startsWith(NLB.prefix) ? NLB : undefined;
  const name = of && text.slice(of.prefix.length);
  return of && name !== undefined ? { of, name, form: formOf(name, of.known, of.families) } : undefined;
}
