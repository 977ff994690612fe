import type { LabelSelector } from '../imports/kubernetes';
import { addTo } from '../kube/collections';
import type { Inventory, PodObject } from '../kube/inventory';
import { selects } from '../kube/objects';

/** The pods of each namespace, found by one of their labels, so that a search stays linear. */
export class SelectablePods {
  private readonly byLabel = new Map<string, PodObject[]>();
  private readonly byNamespace = new Map<string, PodObject[]>();

  static of(inventory: Inventory): SelectablePods {
    return inventory.view(selectablePods);
  }

  constructor(pods: readonly PodObject[]) {
    for (const pod of pods) {
      addTo(this.byNamespace, pod.namespace, pod);
      for (const [key, value] of Object.entries(pod.labels)) {
        addTo(this.byLabel, `${pod.namespace}|${key}=${value}`, pod);
      }
    }
  }

  selectedBy(selector: LabelSelector, namespace: string): readonly PodObject[] {
    const lists = Object.entries(selector.matchLabels ?? {}).map(
      ([key, value]) => this.byLabel.get(`${namespace}|${key}=${value}`) ?? [],
    );
    const [shortest] = lists.sort((a, b) => a.length - b.length);
    return (shortest ?? this.byNamespace.get(namespace) ?? []).filter(({ labels }) => selects(selector, labels));
  }
}

const selectablePods = ({ pods }: Inventory): SelectablePods => new SelectablePods(pods);
