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
  /** By key and 'namespace|value', for the few keys that selectors ask for. */
  private readonly byKey = new Map<string, ReadonlyMap<string, readonly T[]>>();
  private readonly byNamespace = new Map<string, T[]>();
  private readonly selections = new Map<string, readonly T[]>();

  constructor(private readonly all: readonly T[]) {
    for (const one of all) {
      addTo(this.byNamespace, one.namespace, one);
    }
  }

  /** Those of a namespace. */
  in(namespace: string): readonly T[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** Those of every namespace. */
  everywhere(): readonly T[] {
    return this.all;
  }

  /** Equal selectors get the same list: a Service, a budget and policies select the same pods. */
  selectedBy(selector: LabelSelector, namespace: string): readonly T[] {
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
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      const list = this.withKey(key).get(`${namespace}|${value}`) ?? [];
      shortest = list.length < shortest.length ? list : shortest;
    }
    return shortest.filter(({ labels }) => selects(selector, labels));
  }

  private withKey(key: string): ReadonlyMap<string, readonly T[]> {
    return entryOf(this.byKey, key, () => {
      const found = new Map<string, T[]>();
      for (const one of this.all) {
        if (Object.hasOwn(one.labels, key)) {
          addTo(found, `${one.namespace}|${one.labels[key]}`, one);
        }
      }
      return found;
    });
  }
}

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
