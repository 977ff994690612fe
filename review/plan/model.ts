import type { FilePlace, ObjectReference } from '../../kube/finding';
import type { Inventory, InventoryObject } from '../../kube/inventory';
import type { Manifest } from '../../kube/objects';
import type { ClusterSide } from '../cluster-side';

/**
 * What an apply does to an object. 'depends': the state of the cluster decides, and `condition` says which. 'left-behind':
 * it is no longer in the set, and an apply deletes nothing.
 */
export type ObjectVerdict = 'created' | 'unchanged' | 'updated' | 'refused' | 'depends' | 'left-behind' | 'renamed';

/** How much a reviewer should care: data or traffic can be lost; pods, access or costs change; nothing to do. */
export type Risk = 'danger' | 'notice' | 'none';

/** The worst first. */
export const RISKS: readonly Risk[] = ['danger', 'notice', 'none'];

/** A field that differs once the API server has filled in its defaults. */
export interface FieldChange {
  /** 'spec.template.spec.containers[0].image'; lists with merge keys by position in the new object. */
  readonly field: string;
  /** undefined: added. */
  readonly from?: unknown;
  /** undefined: removed. */
  readonly to?: unknown;
}

/** Why the API server refuses an object. */
export interface Refusal {
  /** As the server names it: 'spec.selector'. */
  readonly field: string;
  /** One sentence without its full stop. */
  readonly reason: string;
}

/** A step of a remedy: what it does, and the command where there is one. */
export interface RemedyStep {
  readonly text: string;
  readonly command?: string;
}

/** The kinds of effects; each is a file of review/plan/effects. */
export type EffectKind =
  | 'pods'
  | 'scale'
  | 'job'
  | 'capacity'
  | 'connection'
  | 'load-balancer'
  | 'permission'
  | 'volume'
  | 'configuration'
  | 'disruption'
  | 'version'
  | 'pod-security';

/** What follows from changes, beyond the objects themselves. */
export interface Effect {
  readonly kind: EffectKind;
  readonly risk: Risk;
  /** The object that it happens to: the workload, the claim, the load balancer's object. */
  readonly object?: ObjectReference;
  /** One sentence without its full stop. */
  readonly text: string;
  /** The fields that cause it, and objects such as "ConfigMap 'shop/web'". */
  readonly because?: readonly string[];
  /** What happens to the pods of a workload. */
  readonly pods?: PodsChange;
  readonly remedy?: readonly RemedyStep[];
}

/** What happens to the pods of a workload. */
export interface PodsChange {
  /** 'run': a Job runs; 'started': pods of a workload that did not exist; 'stuck': new pods are refused for good. */
  readonly change: 'kept' | 'replaced' | 'added' | 'removed' | 'run' | 'started' | 'stuck';
  /** 'surge': new ones first; 'highest-first': the members of a set one by one; 'one-by-one'; 'all-at-once'. */
  readonly order?: 'surge' | 'one-by-one' | 'highest-first' | 'all-at-once' | 'on-delete';
  /** How many of `of` stay ready at the worst moment. */
  readonly fewestReady?: number;
  /** How many there are before. */
  readonly of?: number;
  /** How many there are at the end. @default - as before */
  readonly to?: number;
}

/** What an apply does to one object. */
export interface ObjectPlan {
  readonly object: ObjectReference;
  readonly verdict: ObjectVerdict;
  /** Of the new object where there is one. */
  readonly file?: FilePlace;
  /** The object that it replaces, where it was renamed. */
  readonly was?: ObjectReference;
  readonly fields: readonly FieldChange[];
  readonly refusals: readonly Refusal[];
  /** On what of the cluster's state it depends, what a rename costs, or why an object stays. */
  readonly condition?: string;
  /** The way out of a refusal, and the end of an object that stays behind. */
  readonly remedy?: readonly RemedyStep[];
  readonly risk: Risk;
}

/** What an apply of one set over another does. */
export interface Plan {
  /** Worst first. */
  readonly objects: readonly ObjectPlan[];
  /** Worst first. */
  readonly effects: readonly Effect[];
}

/** An object on both sides, or on one. */
export interface Change {
  readonly object: ObjectReference;
  /** Of a rename both objects have a change: one is created, the other left behind. */
  readonly verdict: Exclude<ObjectVerdict, 'renamed'>;
  readonly old?: InventoryObject;
  readonly new?: InventoryObject;
  /** The old object with the server's defaults. @default - there is none */
  readonly live?: Manifest;
  /** What the server holds after the apply: equal to `live` where it is refused or left behind. @default - there is none */
  readonly next?: Manifest;
  readonly fields: readonly FieldChange[];
  readonly refusals: readonly Refusal[];
  readonly condition?: string;
}

/** Both sets, and what is known of the cluster. */
export interface PlanInput {
  readonly old: Inventory;
  readonly new: Inventory;
  /** Before and after: '1.35'. */
  readonly versions: { readonly old: string; readonly new: string };
  readonly clusters: { readonly old?: ClusterSide; readonly new?: ClusterSide };
  readonly changes: readonly Change[];
  /** The command that applies the new set. */
  readonly apply: string;
  /** What the cluster holds after the apply: new, unchanged and left-behind objects, as the server holds them. */
  readonly after: Inventory;
}

/** A kind of effect. Pure, and never throws on a manifest. */
export type EffectsOf = (input: PlanInput) => readonly Effect[];
