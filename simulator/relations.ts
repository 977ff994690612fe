import { HOST, ZONE } from '../eks/node-labels';
import type { LabelSelector, PodAffinityTerm, TopologySpreadConstraint } from '../imports/kubernetes';
import { addTo, entryOf } from '../kube/collections';
import { selects } from '../kube/objects';
import type { PodSet } from './pod-sets';

/** How the pods of a set are to be spread, with the sets that are counted. */
export interface Spread {
  readonly key: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly counted: readonly number[];
  /** Whether its own pods are counted. */
  readonly self: boolean;
  readonly honorsAffinity: boolean;
  readonly honorsTaints: boolean;
}

/** Pods of other sets (by their index) that a pod wants near or away, in domains of a key. */
export interface Nearness {
  readonly key: string;
  readonly counted: readonly number[];
  readonly self: boolean;
  /** Above 0: near. */
  readonly weight: number;
}

/** What the pods of a set want of where others are. */
export interface Relations {
  readonly hard: readonly Spread[];
  readonly soft: readonly Spread[];
  /** Whether nodes without every key of its spread are left out. */
  readonly needsKeys: boolean;
  readonly near: readonly Nearness[];
  readonly away: readonly Nearness[];
  /** Preferences: its own, and those of the others for it. */
  readonly prefers: readonly Nearness[];
  /** The others who refuse it near them. */
  readonly refusedBy: readonly Nearness[];
}

/** Relations of every set to every other, in their order. */
export function relationsOf(
  sets: readonly PodSet[],
  namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Relations[] {
  const finder = new Finder(sets, namespaces);
  const own = sets.map((set) => ownRelations(set, finder));
  const prefers = own.map((relations) => [...relations.prefers]);
  const refusedBy: Nearness[][] = sets.map(() => []);
  own.forEach((relations, owner) => {
    const toward = (term: Nearness, lists: readonly Nearness[][]) => {
      for (const other of term.counted) {
        lists[other]!.push({ ...term, counted: [owner] });
      }
    };
    for (const term of relations.prefers) {
      toward(term, prefers);
    }
    for (const term of relations.near) {
      // the scheduler draws pods a little to those who must have them near
      toward({ ...term, weight: 1 }, prefers);
    }
    for (const term of relations.away) {
      toward(term, refusedBy);
    }
  });
  return own.map((relations, i) => ({ ...relations, prefers: merged(prefers[i]!), refusedBy: refusedBy[i]! }));
}

/** Terms that count the same pods in the same domains become one. */
function merged(terms: readonly Nearness[]): readonly Nearness[] {
  if (terms.length < 2) {
    return terms;
  }
  const found = new Map<string, Nearness>();
  for (const term of terms) {
    const key = `${term.key} ${term.counted.join()}`;
    found.set(key, { ...term, weight: term.weight + (found.get(key)?.weight ?? 0) });
  }
  return [...found.values()];
}

function ownRelations(set: PodSet, finder: Finder): Omit<Relations, 'refusedBy'> {
  const { topologySpreadConstraints: given = [], affinity } = set.spec;
  const index = finder.indexOf(set);
  const nearness = (term: PodAffinityTerm, weight: number): Nearness => {
    const counted = finder.byTerm(set, term);
    return { key: term.topologyKey, counted, self: counted.includes(index), weight };
  };
  const weighted = (terms: readonly { weight: number; podAffinityTerm: PodAffinityTerm }[] | undefined, sign: number) =>
    (terms ?? []).flatMap(({ weight, podAffinityTerm: term }) => (term ? [nearness(term, sign * weight)] : []));
  const spread = (when: TopologySpreadConstraint['whenUnsatisfiable']) =>
    given.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === when).map((one) => spreadOf(set, one, finder));
  const { podAffinity, podAntiAffinity } = affinity ?? {};
  return {
    hard: spread('DoNotSchedule'),
    soft: given.length > 0 ? spread('ScheduleAnyway') : byDefault(set, index),
    needsKeys: given.length > 0,
    near: (podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => nearness(term, 1)),
    away: (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => nearness(term, -1)),
    prefers: [
      ...weighted(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution, 1),
      ...weighted(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution, -1),
    ],
  };
}

function spreadOf(set: PodSet, constraint: TopologySpreadConstraint, finder: Finder): Spread {
  const counted = finder.bySelector(set.namespace, constraint.labelSelector, set, constraint.matchLabelKeys);
  return {
    key: constraint.topologyKey,
    maxSkew: constraint.maxSkew,
    minDomains: constraint.minDomains ?? 1,
    counted,
    self: counted.includes(finder.indexOf(set)),
    honorsAffinity: constraint.nodeAffinityPolicy !== 'Ignore',
    honorsTaints: constraint.nodeTaintsPolicy === 'Honor',
  };
}

/** The scheduler's own constraintClass for the pods of controllers that say nothing of spread. */
function byDefault(set: PodSet, index: number): Spread[] {
  if (!set.spreadByDefault) {
    return [];
  }
  const common = { minDomains: 1, counted: [index], self: true, honorsAffinity: true, honorsTaints: false };
  return [
    { ...common, key: HOST, maxSkew: 3 },
    { ...common, key: ZONE, maxSkew: 5 },
  ];
}

/** Finds sets by their labels, without looking at each. */
class Finder {
  private readonly indices = new Map<PodSet, number>();
  private readonly byNamespace = new Map<string, number[]>();
  /** By key and 'namespace value', for the few keys that selectors ask for. */
  private readonly byKey = new Map<string, Map<string, number[]>>();

  constructor(
    private readonly sets: readonly PodSet[],
    private readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
  ) {
    sets.forEach((set, index) => {
      this.indices.set(set, index);
      addTo(this.byNamespace, set.namespace, index);
    });
  }

  indexOf(set: PodSet): number {
    return this.indices.get(set)!;
  }

  /** The sets that a selector selects, and that have the same values of some labels as the pod itself. */
  bySelector(
    namespace: string,
    selector: LabelSelector | undefined,
    { labels: own }: PodSet,
    matchLabelKeys: readonly string[] = [],
  ): number[] {
    if (selector === undefined) {
      // no selector at all selects nothing
      return [];
    }
    const [key] = Object.keys(selector.matchLabels ?? {});
    const among =
      key === undefined
        ? this.byNamespace.get(namespace)
        : this.withLabel(namespace, key, selector.matchLabels![key] as string);
    return (among ?? []).filter((index) => {
      const { labels } = this.sets[index]!;
      return (
        selects(selector, labels) &&
        matchLabelKeys.every((same) => own[same] === undefined || labels[same] === own[same])
      );
    });
  }

  private withLabel(namespace: string, key: string, value: string): readonly number[] | undefined {
    const values = entryOf(this.byKey, key, () => {
      const found = new Map<string, number[]>();
      this.sets.forEach(({ namespace: own, labels }, index) => {
        if (labels[key] !== undefined) {
          addTo(found, `${own} ${labels[key]}`, index);
        }
      });
      return found;
    });
    return values.get(`${namespace} ${value}`);
  }

  byTerm(set: PodSet, term: PodAffinityTerm): number[] {
    const mismatch = (term.mismatchLabelKeys ?? []).filter((key) => set.labels[key] !== undefined);
    const counted = this.namespacesOf(set, term).flatMap((namespace) =>
      this.bySelector(namespace, term.labelSelector, set, term.matchLabelKeys),
    );
    return mismatch.length === 0
      ? counted
      : counted.filter((index) => mismatch.every((key) => this.sets[index]!.labels[key] !== set.labels[key]));
  }

  private namespacesOf({ namespace }: PodSet, { namespaces, namespaceSelector }: PodAffinityTerm): readonly string[] {
    if (namespaceSelector === undefined) {
      return namespaces?.length ? namespaces : [namespace];
    }
    const selected = [...this.byNamespace.keys()].filter((name) =>
      selects(namespaceSelector, { 'kubernetes.io/metadata.name': name, ...this.namespaces.get(name) }),
    );
    return [...new Set([...(namespaces ?? []), ...selected])];
  }
}
