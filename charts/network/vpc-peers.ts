import type { ClusterContext } from '../core/cluster-context';
import type { NetworkPolicyPeer } from '../core/k8s';
import { ipBlock, PRIVATE_RANGES } from './targets';

/**
 * The addresses of the VPC: of nodes, and of the interfaces from which the control plane calls webhooks. No selector of pods
 * has them. Every range that a VPC can have where nobody said which it is; undefined in an IPv6 cluster whose range only AWS
 * knows.
 */
export function vpcPeers(cluster: ClusterContext | undefined): readonly NetworkPolicyPeer[] | undefined {
  if (cluster?.vpcCidr !== undefined) {
    return [ipBlock(cluster.vpcCidr)];
  }
  return cluster?.ipFamily === 'IPv6' ? undefined : PRIVATE_RANGES.map((range) => ipBlock(range));
}
