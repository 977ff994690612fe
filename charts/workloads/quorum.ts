import { describe } from '../../kube/describe';
import { allowedDisruptions } from '../../kube/disruption';
import type { Check } from '../core/check';
import type { Disruption } from '../scaling/availability';
import type { MemberParts } from './member-parts';

/** The fewest members of which one can be lost. */
const FEWEST = 3;

const majorityOf = (members: number): number => Math.floor(members / 2) + 1;

/** The number of members that vote; undefined without a quorum. */
export function resolveQuorum(check: Check, { quorum, replicas }: MemberParts): number | undefined {
  if (quorum === undefined) {
    return undefined;
  }
  if (quorum !== true && typeof quorum !== 'number') {
    check.fail(
      'type',
      'quorum',
      `quorum must be true or the number of members, but is ${describe(quorum)}`,
      'write quorum: 3, or leave it out',
    );
  }
  const field = quorum === true ? 'replicas' : 'quorum';
  const count = check.integer(field, quorum === true ? (replicas ?? FEWEST) : quorum, 1);
  if (replicas !== undefined && replicas !== count) {
    check.fail(
      'invalid',
      'replicas',
      `replicas must be the number of members in quorum (${count}), but is ${describe(replicas)}`,
      'leave replicas out, or write quorum: true',
    );
  }
  if (count % 2 === 0) {
    check.fail(
      'invalid',
      field,
      `${field} must be odd with a quorum, but is ${count}: ${count} members survive the loss of ${count - majorityOf(count)}, as ${count - 1} do`,
      count === 2 ? 'write 3 (or 1)' : `write ${count + 1} or ${count - 1}`,
    );
  }
  return count;
}

/** Refuses a budget under which a drain takes the majority. */
export function checkMajority(check: Check, count: number, disruption: Exclude<Disruption, 'none'> | undefined): void {
  if (count < FEWEST) {
    return;
  }
  const most = count - majorityOf(count);
  const lost = disruption === undefined ? count : (allowedDisruptions(disruption, count) ?? 0);
  if (lost > most) {
    check.fail(
      'invalid',
      'disruption',
      `disruption must keep ${majorityOf(count)} of the ${count} members of the quorum, but lets a drain evict ${lost} at once`,
      most === 1 ? 'write { maxUnavailable: 1 }' : `write { maxUnavailable: 1 }, or at most ${most}`,
    );
  }
}
