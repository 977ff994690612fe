import { AMBIENT_MODE } from '../../../kube/injectors';
import type { NetworkPolicyPeer } from '../../core/k8s';
import type { PolicyRule } from '../policy';
import { type Meshed, modeOf, namespacesOf } from './members';

/**
 * The rule for the tunnel to or from the peers of other rules, which connections take where one end is in ambient mode. The
 * port of the program stays open for peers that are not in the mesh yet.
 */
export function tunnelRules(rules: readonly PolicyRule[], self: Meshed): readonly PolicyRule[] {
  const peers = new Map<string, NetworkPolicyPeer>();
  for (const { peers: all, ports } of rules) {
    if (ports.length > 0 && ports.every(({ protocol = 'TCP' }) => protocol !== 'TCP')) {
      continue;
    }
    for (const peer of all.filter((one) => takesTunnel(one, self))) {
      peers.set(JSON.stringify(peer), peer);
    }
  }
  return peers.size === 0
    ? []
    : [{ peers: [...peers.values()], ports: [{ port: AMBIENT_MODE.port, protocol: 'TCP' }] }];
}

function takesTunnel(peer: NetworkPolicyPeer, self: Meshed): boolean {
  const modes = (namespacesOf(peer, self.namespace) ?? []).flatMap((namespace) => modeOf(self, namespace) ?? []);
  return modes.some((mode) => self.mesh.mode === 'ambient' || mode !== 'sidecar');
}
