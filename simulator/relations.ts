import { HOST, ZONE } from '../eks/node-labels';
import type { PodAffinityTerm, TopologySpreadConstraint } from '../imports/kubernetes';
import { addTo } from '../kube/collections';
import type { PodSet } from './pod-sets';
import { SetFinder } from './set-finder';

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

/** What a set wants by its own words. */
type OwnRelations = Omit<Relations, 'prefers' | 'refusedBy'> & { readonly preferred: readonly Nearness[] };

/**
 * Relations of every set to every other, by their order. Those of a set are worked out when they are asked for: of many
 * sets without a place nobody asks. What a set wants of others counts once a pod of it has a place.
 */
export class RelationTable {
  private readonly finder: SetFinder;
  private readonly own: (OwnRelations | undefined)[] = [];
  private readonly all: (Relations | undefined)[] = [];
  /** Sets of which pods have had a place. */
  private readonly placed: boolean[] = [];
  /** What those want of each set. */
  private readonly preferredBy = new Map<number, Nearness[]>();
  private readonly refusedBy = new Map<number, Nearness[]>();

  /** @param next of each set the index of its next revision, which stands behind all of them; undefined for none */
  constructor(
    private readonly sets: readonly PodSet[],
    next: readonly (number | undefined)[],
    namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
  ) {
    this.finder = new SetFinder(sets, next, namespaces);
  }

  of(set: number): Relations {
    const known = this.all[set];
    if (known) {
      return known;
    }
    const { preferred, ...own } = this.ownOf(set);
    const relations = {
      ...own,
      prefers: merged([...preferred, ...(this.preferredBy.get(set) ?? [])]),
      refusedBy: this.refusedBy.get(set) ?? NONE,
    };
    this.all[set] = relations;
    return relations;
  }

  /** Whether other pods may forbid the pods of a set a node. */
  isBound(set: number): boolean {
    const { affinity, topologySpreadConstraints: spreads } = this.sets[set]!.spec;
    const { podAffinity, podAntiAffinity } = affinity ?? {};
    return (
      this.refusedBy.has(set) ||
      Boolean(podAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length) ||
      Boolean(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length) ||
      Boolean(spreads?.some(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule'))
    );
  }

  /** A pod of a set has a place. */
  place(set: number): void {
    if (this.placed[set]) {
      return;
    }
    this.placed[set] = true;
    const { podAffinity, podAntiAffinity } = this.sets[set]!.spec.affinity ?? {};
    if (!podAffinity && !podAntiAffinity) {
      return;
    }
    const { preferred, near, away } = this.ownOf(set);
    for (const term of preferred) {
      this.toward(term, set, this.preferredBy);
    }
    for (const term of near) {
      // the scheduler draws pods a little to those who must have them near
      this.toward({ ...term, weight: 1 }, set, this.preferredBy);
    }
    for (const term of away) {
      this.toward(term, set, this.refusedBy);
    }
  }

  private toward(term: Nearness, owner: number, lists: Map<number, Nearness[]>): void {
    const own = { ...term, counted: [owner] };
    for (const other of term.counted) {
      addTo(lists, other, own);
      this.all[other] = undefined;
    }
  }

  private ownOf(set: number): OwnRelations {
    this.own[set] ??= ownRelations(this.sets[set]!, set, this.finder);
    return this.own[set];
  }
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

const NONE: readonly never[] = [];

function ownRelations(set: PodSet, index: number, finder: SetFinder): OwnRelations {
  const { topologySpreadConstraints: given, affinity } = set.spec;
  const hard: Spread[] = [];
  const soft: Spread[] = [];
  for (const one of given ?? []) {
    if (one.whenUnsatisfiable === 'DoNotSchedule') {
      hard.push(spreadOf(set, index, one, finder));
    } else if (one.whenUnsatisfiable === 'ScheduleAnyway') {
      soft.push(spreadOf(set, index, one, finder));
    }
  }
  const needsKeys = given !== undefined && given.length > 0;
  const { podAffinity, podAntiAffinity } = affinity ?? {};
  const nearness = (term: PodAffinityTerm, weight: number): Nearness => {
    const counted = finder.byTerm(index, term);
    return { key: term.topologyKey, counted, self: counted.includes(index), weight };
  };
  const preferred: Nearness[] = [];
  for (const { weight, podAffinityTerm: term } of podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
    if (term) {
      preferred.push(nearness(term, weight));
    }
  }
  for (const { weight, podAffinityTerm: term } of podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ??
    []) {
    if (term) {
      preferred.push(nearness(term, -weight));
    }
  }
  return {
    hard,
    soft: needsKeys ? soft : byDefault(set, index),
    needsKeys,
    near: (podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? NONE).map((term) => nearness(term, 1)),
    away: (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? NONE).map((term) => nearness(term, -1)),
    preferred,
  };
}

function spreadOf(set: PodSet, index: number, constraint: TopologySpreadConstraint, finder: SetFinder): Spread {
  const counted = finder.bySelector(set.namespace, constraint.labelSelector, index, constraint.matchLabelKeys);
  return {
    key: constraint.topologyKey,
    maxSkew: constraint.maxSkew,
    minDomains: constraint.minDomains ?? 1,
    counted,
    self: counted.includes(index),
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
