import type { LabelSelector, PodAffinityTerm } from '../imports/kubernetes';
import { addTo, entryOf } from '../kube/collections';
import { selects } from '../kube/objects';
import type { PodSet } from './pod-sets';

const NONE: readonly never[] = [];

function firstKey(labels: LabelSelector['matchLabels']): string | undefined {
  for (const key in labels) {
    return key;
  }
  return undefined;
}

type Index = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;

/** Stands for the index of a label that tells revisions apart. */
const REVISIONS: Index = new Map();
const newMap = () => new Map<string, number[]>();

/** Finds sets by their labels, without looking at each. */
export class SetFinder {
  /** Without next revisions, which have the namespace and the labels of their sets. */
  private readonly byNamespace = new Map<string, number[]>();
  /** By key, namespace and value, for the few keys that selectors ask for. */
  private readonly byKey = new Map<string, Index>();
  /** Of the sets that were asked for. */
  private readonly labels: Readonly<Record<string, string>>[] = [];

  constructor(
    private readonly sets: readonly PodSet[],
    private readonly next: readonly (number | undefined)[],
    private readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
  ) {
    for (let index = 0; index < next.length; index++) {
      addTo(this.byNamespace, sets[index]!.namespace, index);
    }
  }

  /** The sets that a selector selects, and that have the same values of some labels as the pod itself. */
  bySelector(
    namespace: string,
    selector: LabelSelector | undefined,
    set: number,
    matchLabelKeys: readonly string[] = NONE,
  ): number[] {
    if (selector === undefined) {
      // no selector at all selects nothing
      return [];
    }
    const key = firstKey(selector.matchLabels);
    const among =
      key === undefined
        ? this.byNamespace.get(namespace)
        : this.withLabel(namespace, key, selector.matchLabels![key] as string);
    const own = this.labelsOf(set);
    return this.withNext(among ?? NONE).filter((index) => {
      const labels = this.labelsOf(index);
      return (
        selects(selector, labels) &&
        matchLabelKeys.every((same) => own[same] === undefined || labels[same] === own[same])
      );
    });
  }

  /** Those that may have a label: all of the namespace where it tells revisions apart. */
  private withLabel(namespace: string, key: string, value: string): readonly number[] | undefined {
    const values = entryOf(this.byKey, key, () => this.indexOf(key));
    return values === REVISIONS ? this.byNamespace.get(namespace) : values.get(namespace)?.get(value);
  }

  private indexOf(key: string): Index {
    const found = new Map<string, Map<string, number[]>>();
    for (let index = 0; index < this.next.length; index++) {
      const { namespace, labels, revisionLabel } = this.sets[index]!;
      if (key === revisionLabel) {
        return REVISIONS;
      }
      const value = labels[key];
      if (value !== undefined) {
        addTo(entryOf(found, namespace, newMap), value, index);
      }
    }
    return found;
  }

  /** With the next revisions, in order. */
  private withNext(sets: readonly number[]): readonly number[] {
    const all = [...sets];
    for (const set of sets) {
      const next = this.next[set];
      if (next !== undefined) {
        all.push(next);
      }
    }
    return all;
  }

  byTerm(set: number, term: PodAffinityTerm): number[] {
    const own = this.labelsOf(set);
    const mismatch = (term.mismatchLabelKeys ?? NONE).filter((key) => own[key] !== undefined);
    const namespaces = this.namespacesOf(this.sets[set]!, term);
    const selected = (namespace: string) => this.bySelector(namespace, term.labelSelector, set, term.matchLabelKeys);
    const counted = namespaces.length === 1 ? selected(namespaces[0]!) : namespaces.flatMap(selected);
    return mismatch.length === 0
      ? counted
      : counted.filter((index) => mismatch.every((key) => this.labelsOf(index)[key] !== own[key]));
  }

  /** The labels of the pods of a set, with the one that tells its revisions apart: nearly no selector reads it. */
  private labelsOf(index: number): Readonly<Record<string, string>> {
    const { labels, revisionLabel } = this.sets[index]!;
    if (revisionLabel === undefined) {
      return labels;
    }
    this.labels[index] ??= { ...labels, [revisionLabel]: this.revisionOf(index) };
    return this.labels[index];
  }

  private revisionOf(index: number): string {
    return index < this.next.length ? 'current' : 'next';
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
