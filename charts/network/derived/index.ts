import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { addTo } from '../../../kube/collections';
import type { Inventory } from '../../../kube/inventory';
import { groupOf } from '../../../kube/kinds';
import { asObject } from '../../../kube/loose';
import type { Manifest } from '../../../kube/objects';
import { loadInventory, type SourceDocument } from '../../../review/load';
import { GATEWAY_GROUP, ROUTES } from '../../../review/routes';
import { apiObjectsOf, manifestOf } from '../../core/app-objects';
import { AppSlot } from '../../core/app-state';
import { KubeObject } from '../../core/kube-object';
import { cached } from '../../core/render-cache';
import { type Call, callsIn } from './calls';
import { type Named, ServiceTargets } from './reached';

/** What objects of an app say about who calls its workloads. */
export interface DerivedCalls {
  readonly byWorkload: ReadonlyMap<IConstruct, readonly DerivedCall[]>;
  /** Namespaces with pods that are targets of load balancers, workloads of the library or not. */
  readonly balanced: ReadonlySet<string>;
}

/** A call that reaches a workload. */
export interface DerivedCall extends Named {
  readonly call: Call;
}

const NONE: DerivedCalls = { byWorkload: new Map(), balanced: new Set() };
/** Kinds that say who calls a Service, and those that say more about them, by API group. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  '': ['Service'],
  'networking.k8s.io': ['Ingress', 'IngressClass'],
  'elbv2.k8s.aws': ['IngressClassParams', 'TargetGroupBinding'],
  'eks.amazonaws.com': [
    'IngressClassParams',
    'TargetGroupBinding',
    'TargetGroupConfiguration',
    'LoadBalancerConfiguration',
  ],
  'gateway.k8s.aws': ['TargetGroupConfiguration', 'LoadBalancerConfiguration'],
  [GATEWAY_GROUP]: ['Gateway', 'GatewayClass', ...ROUTES],
  'admissionregistration.k8s.io': ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
};
const CALLERS: ReadonlySet<string> = new Set(Object.values(KINDS).flat());
/** They say nothing by themselves. */
const CLASSES: ReadonlySet<string> = new Set(['IngressClass', 'IngressClassParams', 'GatewayClass']);

/** Whether the index is being made, by app. */
const making = new AppSlot<{ now: boolean }>('derived-calls', () => ({ now: false }));

/**
 * Who calls the workloads of an app by what its objects name. Objects that patterns made say nothing new, unless they are
 * edited. What asks while the index is made gets an empty one: an edited Ingress renders the drain of its own pods.
 */
export function derivedCalls(construct: IConstruct): DerivedCalls {
  const state = making.of(construct);
  if (state.now) {
    return NONE;
  }
  const { root } = construct.node;
  return cached(root, 'derived-calls', () => {
    state.now = true;
    try {
      return make(root);
    } finally {
      state.now = false;
    }
  });
}

function make(root: IConstruct): DerivedCalls {
  const candidates = apiObjectsOf(root).filter(isCandidate);
  if (!candidates.some(({ kind }) => !CLASSES.has(kind))) {
    return NONE;
  }
  const inventory = inventoryOf(candidates);
  const calls = callsIn(inventory);
  const services = new ServiceTargets(root, inventory);
  const byWorkload = new Map<IConstruct, DerivedCall[]>();
  const balanced = new Set<string>();
  for (const call of calls) {
    const { caller, namespace } = call;
    if (caller.by === 'load-balancer' && caller.targetsPods) {
      balanced.add(namespace);
    }
    for (const found of services.named(call)) {
      addTo(byWorkload, found.target.owner.construct, { ...found, call });
    }
  }
  return { byWorkload, balanced };
}

function isCandidate(object: ApiObject): boolean {
  return (
    CALLERS.has(object.kind) &&
    KINDS[groupOf(object.apiVersion)]?.includes(object.kind) === true &&
    (CLASSES.has(object.kind) || !isAsMade(object))
  );
}

/** What a workload made, which opens its policy for it by itself. */
const isAsMade = (object: unknown): boolean => object instanceof KubeObject && object.isAsMade;
const isOfPattern = (object: unknown): boolean => object instanceof KubeObject && object.isOfPattern;

/** Definitions are large, and few have a conversion. */
function isSilent({ kind, spec }: Manifest): boolean {
  return kind === 'CustomResourceDefinition' && asObject(asObject(spec).conversion).webhook === undefined;
}

/** An object that cannot be rendered is missing: its error is reported when its file is made. */
function inventoryOf(objects: readonly ApiObject[]): Inventory {
  const documents = objects.map((object): SourceDocument => {
    const origin = { construct: object.node.path };
    try {
      // an edited object of a pattern is rendered without what is derived, so not for other readers
      const manifest = isOfPattern(object) ? (object.toJson() as Manifest) : manifestOf(object);
      return { value: isSilent(manifest) ? undefined : manifest, origin };
    } catch {
      return { value: undefined, origin };
    }
  });
  return loadInventory(documents);
}
