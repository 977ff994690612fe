import type { LabelSelector } from '../imports/kubernetes';
import { addTo, entryOf } from '../kube/collections';
import { selects } from '../kube/objects';

/** What carries the labels that a selector looks for. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Objects of each namespace, found by one of their labels, so that a search stays linear. */
export class LabelIndex<T extends Labelled> {
  private readonly byLabel = new Map<string, T[]>();
  private readonly byNamespace = new Map<string, T[]>();
  private readonly selections = new Map<string, readonly T[]>();

  constructor(private readonly all: readonly T[]) {
    for (const one of all) {
      addTo(this.byNamespace, one.namespace, one);
      for (const [key, value] of Object.entries(one.labels)) {
        addTo(this.byLabel, `${one.namespace}|${key}=${value}`, one);
      }
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
    const lists = Object.entries(selector.matchLabels ?? {}).map(
      ([key, value]) => this.byLabel.get(`${namespace}|${key}=${value}`) ?? [],
    );
    const [shortest] = lists.sort((a, b) => a.length - b.length);
    return (shortest ?? this.in(namespace)).filter(({ labels }) => selects(selector, labels));
  }
}
