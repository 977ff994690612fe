import type { LabelSelector } from '../imports/kubernetes';
import { addTo, entryOf } from './collections';
import { selects } from './objects';

/** What carries the labels that a selector looks for. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Objects of each namespace, found by one of their labels, so that a search stays linear. */
export class LabelIndex<T extends Labelled> {
  /** By key, namespace and value, for the few keys that selectors ask for. */
  private readonly byKey = new Map<string, ByNamespace<T>>();
  private readonly byNamespace = new Map<string, T[]>();
  private readonly selections = new Map<string, readonly T[]>();

  constructor(private readonly all: readonly T[]) {
    for (const one of all) {
      addTo(this.byNamespace, one.namespace, one);
    }
  }

  /** Those of a namespace. */
  in(namespace: string): readonly T[] {
    return this.byNamespace.get(namespace) ?? NONE;
  }

  /** Those of every namespace. */
  everywhere(): readonly T[] {
    return this.all;
  }

  /** Equal selectors get the same list: a Service, a budget and policies select the same pods. */
  selectedBy(selector: LabelSelector, namespace: string): readonly T[] {
    const { matchLabels, matchExpressions } = selector;
    if (matchExpressions === undefined) {
      let label: string | undefined;
      let labels = 0;
      for (const key in matchLabels) {
        label = key;
        labels++;
      }
      if (labels < 2) {
        // nearly every selector asks for one label, whose list is known
        return label === undefined ? this.in(namespace) : this.with(label, matchLabels![label]!, namespace);
      }
    }
    const key = keyOf(selector, namespace);
    const known = this.selections.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = this.search(selector, namespace);
    this.selections.set(key, found);
    return found;
  }

  private search(selector: LabelSelector, namespace: string): readonly T[] {
    let shortest = this.in(namespace);
    const { matchLabels } = selector;
    for (const key in matchLabels) {
      const list = this.with(key, matchLabels[key]!, namespace);
      shortest = list.length < shortest.length ? list : shortest;
    }
    return shortest.filter(({ labels }) => selects(selector, labels));
  }

  private with(key: string, value: string, namespace: string): readonly T[] {
    const values = entryOf(this.byKey, key, () => this.indexOf(key));
    return values.get(namespace)?.get(value) ?? NONE;
  }

  private indexOf(key: string): ByNamespace<T> {
    const found = new Map<string, Map<string, T[]>>();
    for (const one of this.all) {
      if (Object.hasOwn(one.labels, key)) {
        addTo(entryOf(found, one.namespace, newMap<T>), one.labels[key]!, one);
      }
    }
    return found;
  }
}

type ByNamespace<T> = ReadonlyMap<string, ReadonlyMap<string, readonly T[]>>;

const NONE: readonly never[] = [];
const newMap = <T>() => new Map<string, T[]>();

/** Equal for equal selectors. Nearly every one asks for labels alone. */
function keyOf({ matchLabels, matchExpressions }: LabelSelector, namespace: string): string {
  if (matchExpressions !== undefined) {
    return `${namespace}|${JSON.stringify([matchLabels, matchExpressions])}`;
  }
  let key = namespace;
  for (const label in matchLabels) {
    // neither sign is part of a label
    key += `|${label}=${matchLabels[label]}`;
  }
  return key;
}
