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
    const key = `${namespace}|${JSON.stringify([selector.matchLabels, selector.matchExpressions])}`;
    return entryOf(this.selections, key, () => this.search(selector, namespace));
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
