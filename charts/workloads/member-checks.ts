import type { Construct } from 'constructs';
import { addCheck } from '../core/checks';
import { Requirements } from '../core/requirements';
import type { Placement } from '../pods/placement';
import { isZonal } from '../pods/spread';
import { documentGrowth } from '../storage/growth';
import { declareSources } from '../storage/source';
import type { MemberParts } from './member-parts';
import { type Members, QUORUM_ZONES } from './members';

/** What several members need that no manifest shows, as warnings, and the zones of their quorum. */
export function checkMembers(
  service: Construct & { readonly namespace: string },
  { replicas, replicated, hasQuorum, storage }: Members,
  placement: Placement,
  asked: Pick<MemberParts, 'order' | 'quorum'>,
): void {
  declareSources(service, service.namespace, storage);
  if (storage.length > 0) {
    documentGrowth(service);
  }
  if (replicas > 1 && storage.some(({ source }) => source !== undefined)) {
    addCheck(service, (report) =>
      report({
        rule: 'stateful/restored-members',
        severity: 'warning',
        field: 'storage',
        message: `${replicas} members are filled from one snapshot: each begins with the data, and the identity, of the member that it was made of`,
        fix: 'write replicas: 1, and let further members replicate; or waive it if the program restores all members from one copy',
      }),
    );
  }
  if (replicas > 1 && !replicated) {
    addCheck(service, (report) =>
      report({
        rule: 'stateful/member-ports',
        severity: 'warning',
        field: 'memberPorts',
        message: `memberPorts is not set for ${replicas} members: an image that does not replicate is ${replicas} databases behind one name`,
        fix: 'list the ports that members use among themselves, or [] if they use those of clients, or write replicas: 1',
      }),
    );
  }
  if (replicated && asked.order === undefined && asked.quorum === undefined) {
    addCheck(service, (report) =>
      report({
        rule: 'stateful/order',
        severity: 'warning',
        field: 'order',
        message: `order is not set for ${replicas} members: with 'OrderedReady' a readiness probe that waits for a quorum or a primary is never met, since the next member is not created`,
        fix: "write quorum: true if they elect a leader, order: 'Parallel', or order: 'OrderedReady' if a member becomes ready by itself",
      }),
    );
  }
  if (hasQuorum && isZonal(placement.spread)) {
    Requirements.add(
      service,
      Requirements.zones(QUORUM_ZONES, { because: `'${service.node.path}' keeps its quorum when a zone is lost` }),
    );
  }
}
