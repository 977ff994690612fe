import type { NetworkPolicyPeer, NetworkPolicyPort } from '../core/k8s';
import type { Endpoint } from './targets';

/** Peers, and the ports that they may use. */
export interface PolicyRule {
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
}

/** Rules that can be computed only when the app is complete. */
export type LateRules = () => PolicyRule | readonly PolicyRule[] | undefined;

/** A workload whose policy lets others in. */
export interface Accepting {
  readonly owner: Endpoint;
  accept(peers: readonly NetworkPolicyPeer[], ports: readonly NetworkPolicyPort[]): void;
  /** Adds rules that can be computed only when the app is complete. */
  acceptLate(rules: LateRules): void;
}
