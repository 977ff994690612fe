import type { LabelSelector, NetworkPolicyPeer } from '../../imports/kubernetes';
import { entryOf } from '../collections';
import { LabelIndex } from '../label-index';
import { selectedKeys, withoutKeys } from '../label-selectors';
import { isSetAtRunTime } from '../runtime-labels';
import { type Certainty, NO } from './certainty';
import { selectedBy } from './network-policies';
import { type NamespaceLabels, type Party, selectsNamespace, selectsParty } from './parties';

/** The pods of a set by namespace and label, so that what selectors select is found without asking every pod. */
export class Selectable {
  private readonly index: LabelIndex<Party>;
  private readonly namespaces: readonly string[];
  private readonly ofPeers = new Map<string, readonly Party[]>();

  constructor(
    parties: readonly Party[],
    private readonly labelsOf: (namespace: string) => NamespaceLabels,
  ) {
    const selectable = parties.filter((party) => party.selectable);
    this.index = new LabelIndex(selectable);
    this.namespaces = [...new Set(selectable.map(({ namespace }) => namespace))];
  }

  /** Whether the set has pods in a namespace. */
  hasNamespace(namespace: string): boolean {
    return this.index.in(namespace).length > 0;
  }

  /** The pods of a namespace that a selector may select. */
  of(selector: LabelSelector, namespace: string): readonly (readonly [Party, Certainty])[] {
    return this.near(selector, namespace).flatMap((party) => {
      const certainty = selectsParty(selector, party);
      return certainty === NO ? [] : [[party, certainty] as const];
    });
  }

  /** The pods that a peer may select by its selectors, for a policy in the namespace. */
  ofPeer(peer: NetworkPolicyPeer, own: string): readonly Party[] {
    const { ipBlock, namespaceSelector, podSelector = {} } = peer;
    if (ipBlock) {
      return [];
    }
    const key = JSON.stringify([namespaceSelector ? '' : own, namespaceSelector, podSelector]);
    return entryOf(this.ofPeers, key, () => {
      const namespaces = namespaceSelector
        ? this.namespaces.filter((namespace) => selectsNamespace(namespaceSelector, this.labelsOf(namespace)) !== NO)
        : [own];
      return namespaces
        .flatMap((namespace) => this.near(podSelector, namespace))
        .filter((party) => selectedBy(peer, own, party, this.labelsOf) !== NO);
    });
  }

  /** Those that have what a selector asks for beside labels that are set when a pod runs. */
  private near(selector: LabelSelector, namespace: string): readonly Party[] {
    const isLater = selectedKeys(selector).some(isSetAtRunTime);
    return this.index.selectedBy(isLater ? withoutKeys(selector, isSetAtRunTime) : selector, namespace);
  }
}
