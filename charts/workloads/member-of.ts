import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { Check } from '../core/check';
import type { PortModel } from '../core/ports';
import type { Connectable } from '../network/targets';
import type { Members } from './members';

/** A set of members, for others of its cluster: a StatefulService, or a WebService with `memberPorts`. */
export interface MemberSet extends Connectable {
  /** Its members, on the ports that only members use. */
  onMembers(): Connectable;
  /** Adds what it calls. */
  connectTo(...targets: Connectable[]): void;
}

/** Opens the member ports of sets of one cluster to each other. */
export function joinCluster(set: MemberSet, check: Check, others: readonly MemberSet[]): void {
  if (!Array.isArray(others)) {
    check.fail(
      'type',
      'memberOf',
      `memberOf must be a list of sets, but is ${describe(others)}`,
      'write memberOf: [masters]',
    );
  }
  for (const [i, other] of others.entries()) {
    if (typeof other?.onMembers !== 'function' || typeof other.connectTo !== 'function') {
      const field = indexPath('memberOf', i);
      check.fail(
        'type',
        field,
        `${field} must be a StatefulService, or a WebService with memberPorts, but is ${describe(other)}`,
        'write a set of the same cluster, or connectsTo for what this one calls',
      );
    }
    const members = check.run(indexPath('memberOf', i), `onMembers() of ${indexPath('memberOf', i)}`, () =>
      other.onMembers(),
    );
    set.connectTo(members);
    other.connectTo(set.onMembers());
  }
}

/** The ports of `set.onMembers(...)`. */
export function memberPortsNamed(
  check: Check,
  { memberPorts, clientPorts }: Pick<Members, 'memberPorts' | 'clientPorts'>,
  names: readonly string[],
): readonly PortModel[] {
  if (names.length === 0) {
    return memberPorts.length > 0 ? memberPorts : clientPorts;
  }
  return names.map(
    (name) =>
      memberPorts.find((p) => p.name === name) ??
      check.fail(
        'unsupported',
        '',
        `the port of onMembers() must be one of memberPorts, but is '${name}'`,
        memberPorts.length > 0
          ? `use one of ${memberPorts.map((p) => `'${p.name}'`).join(', ')}, or on() for a port of clients`
          : `write memberPorts: ['${name}'] in that set, or on('${name}')`,
      ),
  );
}
