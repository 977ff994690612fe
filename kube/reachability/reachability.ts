import { VPC_BLOCKS } from '../cidr';
import type { Inventory, InventoryObject, PodObject } from '../inventory';
import { addressesOf } from './address-sets';
import { type Direction, networkPolicies } from './network-policies';
import { type OpenPorts, openPorts, type Protocol } from './open-ports';
import { type Outside, outsideOf } from './outside';
import { candidates } from './pairs';
import { addressParty, namespaceReader, type Party, podParty } from './parties';
import { Selectable } from './selectable';
import { Sides } from './sides';

/** A pod, or pods that are made of one template; and what is outside of the set. */
export type End = PodObject | Outside;

/** What is open from one end to another. */
export interface Edge {
  readonly from: End;
  readonly to: End;
  readonly ports: readonly OpenPorts[];
}

/** Whether a connection is let pass, and what each side says of it. */
export interface Verdict {
  /** 'maybe' where it depends on what manifests do not say. */
  readonly reaches: 'yes' | 'no' | 'maybe';
  readonly egress: SideVerdict;
  readonly ingress: SideVerdict;
}

export interface SideVerdict {
  readonly passes: 'yes' | 'no' | 'maybe';
  /** The policies that close this side. @default - none: everything passes */
  readonly closedBy: readonly InventoryObject[];
  /** Those of them that let it pass. */
  readonly allowedBy: readonly InventoryObject[];
}

/** What the manifests do not say. */
export interface ReachabilityOptions {
  /**
   * Ranges of addresses that pods and nodes may have. A rule with addresses lets a pod pass for sure only if it holds all of
   * them. The addresses in the status of a Pod are used as they are.
   *
   * @default - the private ranges of IPv4 of which a VPC is made; for a cluster of IPv6 write its ranges
   */
  readonly podRanges?: readonly string[];
}

/** Whether more than the NetworkPolicies decides over a side of a pod. */
export type IsDoubtful = (pod: PodObject, direction: Direction) => boolean;

/** What NetworkPolicies let pass between the pods of a set, and between them and others. */
export class Reachability {
  readonly pods: readonly PodObject[];
  private readonly parties: ReadonlyMap<PodObject, Party>;
  private readonly selectable: Selectable;
  private readonly sides: Sides;
  private found: readonly Edge[] | undefined;

  constructor(inventory: Inventory, { podRanges = VPC_BLOCKS }: ReachabilityOptions, isDoubtful: IsDoubtful) {
    const addresses = addressesOf(podRanges);
    const labelsOf = namespaceReader(inventory);
    this.pods = inventory.pods;
    this.parties = new Map(inventory.pods.map((pod) => [pod, podParty(pod, addresses)]));
    this.selectable = new Selectable([...this.parties.values()], labelsOf);
    this.sides = new Sides(
      networkPolicies(inventory),
      this.selectable,
      labelsOf,
      ({ pod }, direction) => pod !== undefined && isDoubtful(pod, direction),
    );
  }

  /** Everything that is open: between pods, then from and to what is outside. Of a template, between several of its pods too. */
  get edges(): readonly Edge[] {
    this.found ??= [...this.between(), ...this.outside()];
    return this.found;
  }

  /** The ports that are open from one pod to another. */
  ports(from: PodObject, to: PodObject): readonly OpenPorts[] {
    return this.open(this.partyOf(from), this.partyOf(to));
  }

  /** Whether a connection passes. An end is a pod, or addresses outside of the set: '10.0.0.7', '10.0.0.0/16'. */
  verdict(from: PodObject | string, to: PodObject | string, port: number, protocol: Protocol = 'TCP'): Verdict {
    const [caller, called] = [this.partyOf(from), this.partyOf(to)];
    const [egress, ingress] = (['egress', 'ingress'] as const).map((direction) =>
      this.side(direction, caller, called, port, protocol),
    ) as [SideVerdict, SideVerdict];
    const all = [egress.passes, ingress.passes];
    return { reaches: all.includes('no') ? 'no' : all.includes('maybe') ? 'maybe' : 'yes', egress, ingress };
  }

  private side(direction: Direction, from: Party, to: Party, port: number, protocol: Protocol): SideVerdict {
    const openings = this.sides
      .openings(direction, from, to)
      .filter((one) => one.protocol === protocol && one.first <= port && port <= one.last);
    const most = Math.max(0, ...openings.map(({ certainty }) => certainty));
    const { sure = [], maybe = [] } = this.sides.of(direction === 'egress' ? from : to, direction) ?? {};
    return {
      passes: (['no', 'maybe', 'yes'] as const)[most]!,
      closedBy: [...sure, ...maybe].map(({ policy }) => policy),
      allowedBy: [...new Set(openings.flatMap(({ policy }) => policy ?? []))],
    };
  }

  private *between(): Iterable<Edge> {
    for (const [from, others] of candidates([...this.parties.values()], this.sides, this.selectable)) {
      for (const to of others) {
        const ports = this.open(from, to);
        if (ports.length > 0) {
          yield { from: from.pod!, to: to.pod!, ports };
        }
      }
    }
  }

  private *outside(): Iterable<Edge> {
    for (const [pod, party] of this.parties) {
      for (const { outside, ports } of outsideOf(party, 'egress', this.sides, this.selectable)) {
        yield { from: pod, to: outside, ports };
      }
      for (const { outside, ports } of outsideOf(party, 'ingress', this.sides, this.selectable)) {
        yield { from: outside, to: pod, ports };
      }
    }
  }

  private open(from: Party, to: Party): readonly OpenPorts[] {
    return openPorts(this.sides.openings('egress', from, to), this.sides.openings('ingress', from, to));
  }

  private partyOf(end: PodObject | string): Party {
    const party = typeof end === 'string' ? addressParty([end]) : this.parties.get(end);
    if (!party) {
      throw new Error('the pod is not one of this set');
    }
    return party;
  }
}
