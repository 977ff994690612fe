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

const newMap = () => new Map<string, number[]>();

/** Finds sets by their labels, without looking at each. */
export class SetFinder {
  private readonly byNamespace = new Map<string, number[]>();
  /** By key, namespace and value, for the few keys that selectors ask for. */
  private readonly byKey = new Map<string, Map<string, Map<string, number[]>>>();
  /** Of the sets that were asked for. */
  private readonly labels: Readonly<Record<string, string>>[] = [];

  constructor(
    private readonly sets: readonly PodSet[],
    private readonly current: number,
    private readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
  ) {
    sets.forEach(({ namespace }, index) => {
      addTo(this.byNamespace, namespace, index);
    });
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
    return (among ?? NONE).filter((index) => {
      const labels = this.labelsOf(index);
      return (
        selects(selector, labels) &&
        matchLabelKeys.every((same) => own[same] === undefined || labels[same] === own[same])
      );
    });
  }

  private withLabel(namespace: string, key: string, value: string): readonly number[] | undefined {
    const values = entryOf(this.byKey, key, () => {
      const found = new Map<string, Map<string, number[]>>();
      this.sets.forEach(({ namespace: own, labels, revisionLabel }, index) => {
        const has = key === revisionLabel ? this.revisionOf(index) : labels[key];
        if (has !== undefined) {
          addTo(entryOf(found, own, newMap), has, index);
        }
      });
      return found;
    });
    return values.get(namespace)?.get(value);
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
    return index < this.current ? 'current' : 'next';
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
