import { entryOf } from '../collections';
import type { InventoryObject } from '../inventory';
import { both, MAYBE, NO, YES } from './certainty';
import { admits, type Direction, type PolicyRules, type Rule, rulesOf } from './network-policies';
import { ALL_OPEN, type Opening, type Openings, openInAll, PERHAPS_OPEN, portRanges } from './open-ports';
import type { NamespaceLabels, Party } from './parties';
import type { Selectable } from './selectable';

/** The policies that close one side of a pod, until their rules open it. */
export interface Side {
  readonly sure: readonly PolicyRules[];
  /** Policies that select it only if it gets certain labels. */
  readonly maybe: readonly PolicyRules[];
}

/** The closed sides of pods. A side without policies is open. */
export class Sides {
  readonly policies: readonly PolicyRules[];
  private readonly closed = new Map<Party, { sure: PolicyRules[]; maybe: PolicyRules[] }>();

  /** @param isDoubtful whether more than the policies decides over a side of a pod */
  constructor(
    policies: readonly InventoryObject[],
    pods: Selectable,
    private readonly labelsOf: (namespace: string) => NamespaceLabels,
    private readonly isDoubtful: (party: Party, direction: Direction) => boolean,
  ) {
    this.policies = policies.map(rulesOf);
    for (const policy of this.policies) {
      for (const [party, certainty] of pods.of(policy.spec.podSelector ?? {}, policy.policy.namespace)) {
        const side = entryOf(this.closed, party, () => ({ sure: [], maybe: [] }));
        side[certainty === YES ? 'sure' : 'maybe'].push(policy);
      }
    }
  }

  /** The policies that close a side; undefined where none does. */
  of(party: Party, direction: Direction): Side | undefined {
    const all = this.closed.get(party);
    const [sure, maybe] = [all?.sure ?? [], all?.maybe ?? []].map((list) => list.filter((one) => one[direction]));
    return sure!.length + maybe!.length > 0 ? { sure: sure!, maybe: maybe! } : undefined;
  }

  /** What a side opens for the other end. */
  openings(direction: Direction, from: Party, to: Party): Openings {
    const [own, other] = direction === 'egress' ? [from, to] : [to, from];
    const opened = this.opened(own, direction, (rule) => this.openedBy(rule, other, to));
    // a node always reaches the pods on it
    return direction === 'ingress' && other.pod && !other.selectable ? [...opened, ...PERHAPS_OPEN] : opened;
  }

  /** What a side opens for what `open` says of each rule. */
  opened(own: Party, direction: Direction, open: (rule: Rule) => Opening[]): Openings {
    if (this.isDoubtful(own, direction)) {
      return PERHAPS_OPEN;
    }
    const side = this.of(own, direction);
    if (!side) {
      return ALL_OPEN;
    }
    const [sure, maybe] = [side.sure, side.maybe].map((list) =>
      list.map((one) => (one[direction] ?? []).flatMap(open)),
    );
    return side.sure.length > 0
      ? [...sure!.flat(), ...maybe!.flat().map((one) => ({ ...one, certainty: both(one.certainty, MAYBE) }))]
      : [...PERHAPS_OPEN, ...openInAll(maybe!)];
  }

  private openedBy(rule: Rule, other: Party, to: Party): Opening[] {
    const certainty = admits(rule, other, this.labelsOf);
    return certainty === NO
      ? []
      : portRanges(rule.ports, to).map((range) => ({ ...range, certainty, policy: rule.policy }));
  }

  /** The pods that the rules of a side may select. */
  named(own: Party, direction: Direction, pods: Selectable): ReadonlySet<Party> {
    const { sure = [], maybe = [] } = this.of(own, direction) ?? {};
    const rules = [...sure, ...maybe].flatMap((one) => one[direction] ?? []);
    return new Set(
      rules.flatMap(({ peers = [], policy }) => peers.flatMap((peer) => pods.ofPeer(peer, policy.namespace))),
    );
  }
}
