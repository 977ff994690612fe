/**
 * What this library and cdk8s-plus hand to each other, by structure: the classes of cdk8s-plus-28, -33 and -34 differ for the
 * compiler, and a program need not have any of them.
 */
import type { IConstruct } from 'constructs';
import { constructsOf } from './app-objects';
import type { LabelSelector } from './k8s';
import { cached } from './render-cache';

/** A selector by labels, with the methods that cdk8s-plus calls. */
interface PlusLabelSelector {
  /** Whether it selects everything. */
  isEmpty(): boolean;
  /** As Kubernetes spells it. */
  _toKube(): LabelSelector;
}
/**
 * The pods that a selector selects.
 *
 * The label selector is `any`: the class of cdk8s-plus has private members, so that only its own objects have its type.
 */
export interface PlusPodSelectorConfig {
  /** A `LabelSelector` of cdk8s-plus, of any version. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly labelSelector: any;
  /** The namespaces of the pods. @default - the namespace of the object that selects */
  readonly namespaces?: PlusNamespaceSelectorConfig;
}
/** Namespaces by name or label. */
export interface PlusNamespaceSelectorConfig {
  /** A `LabelSelector` of cdk8s-plus, of any version. @default - every namespace */
  // biome-ignore lint/suspicious/noExplicitAny: as in PlusPodSelectorConfig
  readonly labelSelector?: any;
  /** Names of namespaces. @default - every namespace */
  readonly names?: string[];
}
/** One end of a connection: pods or addresses. */
export interface PlusNetworkPolicyPeerConfig {
  /** The addresses. @default - pods */
  // biome-ignore lint/suspicious/noExplicitAny: a class of cdk8s-plus with private members
  readonly ipBlock?: any;
  /** The pods. @default - addresses */
  readonly podSelector?: PlusPodSelectorConfig;
}
/** `IPodSelector` of cdk8s-plus. */
export interface PlusPodSelector extends IConstruct {
  /** The pods that it selects. */
  toPodSelectorConfig(): PlusPodSelectorConfig;
}
/** `INetworkPolicyPeer` of cdk8s-plus: tenants and workloads are peers too. */
export interface PlusNetworkPolicyPeer extends IConstruct {
  /** Its pods or addresses. */
  toNetworkPolicyPeerConfig(): PlusNetworkPolicyPeerConfig;
}
/** `SubjectConfiguration` of cdk8s-plus. */
export interface PlusSubject {
  /** 'ServiceAccount'. */
  readonly kind: string;
  /** The name of the account. */
  readonly name: string;
  /** The namespace of the account. */
  readonly namespace?: string;
  /** The API group; '' for accounts. */
  readonly apiGroup?: string;
}
/** `EnvValue` of cdk8s-plus. */
export interface PlusEnvValue {
  /** A literal. @default - a reference */
  // biome-ignore lint/suspicious/noExplicitAny: as cdk8s-plus declares it
  readonly value?: any;
  /** A reference. @default - a literal */
  // biome-ignore lint/suspicious/noExplicitAny: as cdk8s-plus declares it
  readonly valueFrom?: any;
}

/** A label selector that every version of cdk8s-plus can render, without loading one. */
export function plusLabelSelector(matchLabels: Readonly<Record<string, string>>): PlusLabelSelector {
  const isEmpty = Object.keys(matchLabels).length === 0;
  return {
    isEmpty: () => isEmpty,
    _toKube: (): LabelSelector => (isEmpty ? {} : { matchLabels: { ...matchLabels } }),
  };
}

/** The subjects of all bindings of cdk8s-plus, recognized by their shape, so that cdk8s-plus is not loaded. */
export function boundSubjects(root: IConstruct): ReadonlySet<unknown> {
  return cached(
    root,
    'bound-subjects',
    () => new Set(constructsOf(root).flatMap((c) => ('subjects' in c && Array.isArray(c.subjects) ? c.subjects : []))),
  );
}
