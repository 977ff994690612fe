import { entryOf } from '../collections';
import { YES } from './certainty';
import type { Direction, Rule } from './network-policies';
import { EVERY_PORT, type Opening, type Openings, openPorts, portRanges, portsKey } from './open-ports';
import type { Party } from './parties';
import type { Selectable } from './selectable';
import type { Sides } from './sides';

/**
 * The pairs of pods between which something may be open, without trying each pod with each other: those that rules name, and
 * those whose rules for everybody, or for addresses, have a port in common.
 */
export function candidates(
  parties: readonly Party[],
  sides: Sides,
  pods: Selectable,
): ReadonlyMap<Party, ReadonlySet<Party>> {
  const found = new Map<Party, Set<Party>>(parties.map((party) => [party, new Set()]));
  for (const party of parties) {
    for (const to of sides.named(party, 'egress', pods)) {
      found.get(party)!.add(to);
    }
    for (const from of sides.named(party, 'ingress', pods)) {
      found.get(from)!.add(party);
    }
  }
  const callers = grouped(parties, (party) => wide(party, 'egress', sides));
  const called = grouped(parties, (party) => wide(party, 'ingress', sides));
  for (const from of callers) {
    for (const to of called) {
      const meet = openPorts(from.openings, to.openings).length > 0;
      for (const caller of from.parties) {
        // a node always reaches the pods on it
        for (const party of meet || !caller.selectable ? to.parties : []) {
          found.get(caller)!.add(party);
        }
      }
    }
  }
  return found;
}

interface Group {
  readonly openings: Openings;
  readonly parties: Party[];
}

/** Pods with the same openings. */
function grouped(parties: readonly Party[], openingsOf: (party: Party) => Openings): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const party of parties) {
    const openings = openingsOf(party);
    entryOf(groups, portsKey(openings), () => ({ openings, parties: [] })).parties.push(party);
  }
  return [...groups.values()];
}

/** What a side opens for everybody, or for addresses that anybody may have. */
function wide(party: Party, direction: Direction, sides: Sides): Openings {
  return sides.opened(party, direction, (rule) =>
    rule.peers === undefined || rule.addresses.length > 0 ? portsOf(rule, direction, party) : [],
  );
}

/** The names of ports mean other numbers on each called pod: of a rule of egress they stand for every port. */
function portsOf({ ports, policy }: Rule, direction: Direction, party: Party): Opening[] {
  const named = direction === 'egress' && ports?.some(({ port }) => typeof port === 'string');
  const ranges = named ? EVERY_PORT : portRanges(ports, direction === 'ingress' ? party : undefined);
  return ranges.map((range) => ({ ...range, certainty: YES, policy }));
}
