import type { NetworkPolicyPeer } from '../../imports/kubernetes';
import { MAYBE, YES } from './certainty';
import type { Direction, Rule } from './network-policies';
import { ALL_OPEN, EVERY_PORT, type Opening, type OpenPorts, openPorts, portRanges } from './open-ports';
import { namesIn, type Party } from './parties';
import type { Selectable } from './selectable';
import type { Sides } from './sides';

/** What is not a pod of the set, as policies name it. */
export interface Outside {
  /** Addresses, or pods that the set does not have; undefined for everything. */
  readonly peer: NetworkPolicyPeer | undefined;
}

/** What is open between a pod and one peer outside of the set. */
export interface OutsidePorts {
  readonly outside: Outside;
  readonly ports: readonly OpenPorts[];
}

/** What a side of a pod opens to, or for, others than the pods of the set. */
export function outsideOf(party: Party, direction: Direction, sides: Sides, pods: Selectable): OutsidePorts[] {
  const peers = new Map<string, NetworkPolicyPeer | undefined>();
  const add = (peer: NetworkPolicyPeer | undefined) => peers.set(JSON.stringify(peer) ?? '', peer);
  sides.opened(party, direction, (rule) => {
    for (const peer of rule.peers ?? [undefined]) {
      if (isOutside(peer, rule, pods)) {
        add(peer);
      }
    }
    return [];
  });
  const side = sides.of(party, direction);
  if (!side || side.sure.length === 0) {
    add(undefined);
  }
  return [...peers].flatMap(([key, peer]) => {
    const open = sides.opened(party, direction, (rule) =>
      (rule.peers ?? [undefined]).some((one) => (JSON.stringify(one) ?? '') === key)
        ? portsOf(rule, peer, direction, party)
        : [],
    );
    const ports = direction === 'egress' ? openPorts(open, ALL_OPEN) : openPorts(ALL_OPEN, open);
    return ports.length > 0 ? [{ outside: { peer }, ports }] : [];
  });
}

/** Whether a peer stands for more than the pods of the set: addresses, which select none of them, or pods that it does not have. */
function isOutside(peer: NetworkPolicyPeer | undefined, { policy }: Rule, pods: Selectable): boolean {
  if (peer === undefined) {
    return true;
  }
  const names = peer.namespaceSelector ? namesIn(peer.namespaceSelector) : [policy.namespace];
  return (
    names === undefined ||
    names.some((name) => !pods.hasNamespace(name)) ||
    pods.ofPeer(peer, policy.namespace).length === 0
  );
}

/** The names of ports of other people's pods are not known; addresses have none. */
function portsOf(
  { ports, policy }: Rule,
  peer: NetworkPolicyPeer | undefined,
  direction: Direction,
  party: Party,
): Opening[] {
  const ranges = portRanges(ports, direction === 'ingress' ? party : undefined);
  const known = ranges.map((range): Opening => ({ ...range, certainty: YES, policy }));
  const toPods = direction === 'egress' && peer !== undefined && !peer.ipBlock;
  return toPods && ports?.some(({ port }) => typeof port === 'string')
    ? [...known, ...EVERY_PORT.map((range): Opening => ({ ...range, certainty: MAYBE, policy }))]
    : known;
}
