import type { IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import { AppSlot } from '../core/app-state';
import { Check } from '../core/check';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../core/k8s';
import { type Connectable, type Endpoint, podsOf } from './targets';

/** Peers that may use ports. */
export interface PolicyRule {
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
}

const connections = new AppSlot<Map<IConstruct, Connections>>('connections', () => new Map());

/** The endpoint behind a construct, if it is a workload of ours. */
export function endpointOf(construct: IConstruct): Endpoint | undefined {
  return connections.of(construct).get(construct)?.owner;
}

/** Whom a workload calls, and who calls it: declared where the call starts, known at both ends. */
export class Connections {
  private readonly outgoing: PolicyRule[] = [];
  private readonly incoming: (PolicyRule | (() => PolicyRule | undefined))[] = [];
  /** Ports by workload; undefined ports stand for all. */
  private readonly reached = new Map<IConstruct, NetworkPolicyPort[]>();

  constructor(readonly owner: Endpoint) {
    connections.of(owner.construct).set(owner.construct, this);
  }

  to(targets: readonly Connectable[]): void {
    const check = Check.of(this.owner.construct);
    for (const connectable of targets) {
      if (typeof connectable?.toConnectionTarget !== 'function') {
        check.fail(
          `connectsTo has ${describe(connectable)}`,
          'write a workload with ports, workload.on(...), or a Peer',
        );
      }
      const target = connectable.toConnectionTarget();
      if (!target.workload) {
        this.outgoing.push(target);
        continue;
      }
      const other = connections.of(target.workload).get(target.workload);
      if (target.workload.node.root !== this.owner.construct.node.root || !other) {
        throw check.error(
          `connectsTo has '${target.workload.node.path}' of another app: its network policy would not be made here`,
          'write Peer.of(...) or Peer.cidr(...) for what this app does not make',
        );
      }
      const known = this.reached.get(target.workload) ?? [];
      const fresh = target.ports.filter((p) => !known.some((k) => samePort(k, p)));
      this.reached.set(target.workload, [...known, ...fresh]);
      if (fresh.length > 0) {
        this.outgoing.push({ peers: [podsOf(other.owner, this.owner.namespace)], ports: fresh });
        other.accept([podsOf(this.owner, other.owner.namespace)], fresh);
      }
    }
  }

  accept(peers: readonly NetworkPolicyPeer[], ports: readonly NetworkPolicyPort[]): void {
    this.incoming.push({ peers, ports });
  }

  /** A rule that depends on what is known only when the app is complete. */
  acceptLate(rule: () => PolicyRule | undefined): void {
    this.incoming.push(rule);
  }

  /** Whether a connection to a port of a workload is declared; without a port, to any of its ports. */
  reaches(workload: IConstruct, port: number | undefined): boolean {
    const ports = this.reached.get(workload);
    return ports !== undefined && (port === undefined || ports.some((p) => p.port === port));
  }

  get egress(): readonly PolicyRule[] {
    return this.outgoing;
  }

  get ingress(): readonly PolicyRule[] {
    return this.incoming.flatMap((rule) => (typeof rule === 'function' ? (rule() ?? []) : [rule]));
  }
}

function samePort(a: NetworkPolicyPort, b: NetworkPolicyPort): boolean {
  return a.port === b.port && (a.protocol ?? 'TCP') === (b.protocol ?? 'TCP');
}
