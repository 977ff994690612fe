import { NAME_LABEL, selectorLabels } from '../../../kube/labels';
import type {
  AuthorizationPolicy,
  AuthorizationRule,
  AuthorizationSource,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  ObjectMeta,
  PeerAuthentication,
} from '../../core/k8s';
import { endpointNamed } from '../connections';
import type { PolicyRule } from '../policy';
import { type Meshed, modeOf, namespacesOf } from './members';

type Named = ObjectMeta & { name: string };

/** Pods that take mutual TLS alone, but for ports that others than the mesh call. */
export function peerAuthentication(metadata: Named, self: Meshed, ingress: readonly PolicyRule[]): PeerAuthentication {
  const open = ingress
    .filter(({ peers }) => peers.some((peer) => !isMeshed(peer, self)))
    .flatMap(({ ports }) => tcpPorts(ports).flatMap(numbersOf));
  const ports = [...new Set(open)].sort((a, b) => a - b);
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata,
    spec: {
      selector: { matchLabels: selectorLabels(self.name) },
      mtls: { mode: 'STRICT' },
      ...(ports.length > 0
        ? { portLevelMtls: Object.fromEntries(ports.map((port) => [String(port), { mode: 'PERMISSIVE' as const }])) }
        : {}),
    },
  };
}

/** Who may call pods: those that the network policy lets in, by their identity where they have one. */
export function authorizationPolicy(
  metadata: Named,
  self: Meshed,
  ingress: readonly PolicyRule[],
): AuthorizationPolicy {
  const rules = new Map<string, AuthorizationRule>();
  for (const rule of ingress) {
    const ports = tcpPorts(rule.ports);
    if (rule.ports.length > 0 && ports.length === 0) {
      continue;
    }
    const written = ruleFor(rule.peers, ports, self);
    rules.set(JSON.stringify(written), written);
  }
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata,
    spec: {
      selector: { matchLabels: selectorLabels(self.name) },
      action: 'ALLOW',
      // without rules it allows nothing
      ...(rules.size > 0 ? { rules: [...rules.values()] } : {}),
    },
  };
}

function ruleFor(
  peers: readonly NetworkPolicyPeer[],
  ports: readonly NetworkPolicyPort[],
  self: Meshed,
): AuthorizationRule {
  const sources = peers.map((peer) => sourceOf(peer, self));
  const isKnown = sources.every((source) => source !== undefined) && sources.length > 0;
  // a range of ports, or a port by its name, has no other spelling than none
  const isListed = ports.length > 0 && ports.every((port) => numbersOf(port).length > 0);
  return {
    ...(isKnown ? { from: merged(sources) } : {}),
    ...(isListed ? { to: [{ operation: { ports: ports.flatMap(numbersOf).map(String) } }] } : {}),
  };
}

/** undefined for pods without an identity, which only the network policy tells apart. */
function sourceOf(peer: NetworkPolicyPeer, self: Meshed): AuthorizationSource | undefined {
  const { ipBlock, podSelector } = peer;
  if (ipBlock !== undefined) {
    const { cidr, except = [] } = ipBlock;
    return { ipBlocks: [cidr], ...(except.length > 0 ? { notIpBlocks: [...except] } : {}) };
  }
  if (!isMeshed(peer, self)) {
    return undefined;
  }
  const namespaces = namespacesOf(peer, self.namespace)!;
  const { matchLabels = {}, matchExpressions = [] } = podSelector ?? {};
  const name = matchLabels[NAME_LABEL];
  const isOne = name !== undefined && matchExpressions.length === 0 && namespaces.length === 1;
  const [namespace] = namespaces;
  return isOne && endpointNamed(self.construct, namespace!, name)
    ? { principals: [`cluster.local/ns/${namespace}/sa/${name}`] }
    : { namespaces: [...namespaces] };
}

/** Sources of one kind in one list; those with exceptions stand alone. */
function merged(sources: readonly AuthorizationSource[]): NonNullable<AuthorizationRule['from']> {
  const lists = { principals: new Set<string>(), namespaces: new Set<string>(), ipBlocks: new Set<string>() };
  const alone = sources.filter(({ notIpBlocks }) => notIpBlocks !== undefined);
  for (const source of sources.filter(({ notIpBlocks }) => notIpBlocks === undefined)) {
    for (const key of ['principals', 'namespaces', 'ipBlocks'] as const) {
      for (const value of source[key] ?? []) {
        lists[key].add(value);
      }
    }
  }
  const together = Object.entries(lists).flatMap(([key, values]) =>
    values.size > 0 ? [{ source: { [key]: [...values] } }] : [],
  );
  return [...together, ...alone.map((source) => ({ source }))];
}

function isMeshed(peer: NetworkPolicyPeer, self: Meshed): boolean {
  const namespaces = namespacesOf(peer, self.namespace) ?? [];
  return namespaces.length > 0 && namespaces.every((namespace) => modeOf(self, namespace) !== undefined);
}

const tcpPorts = (ports: readonly NetworkPolicyPort[]) => ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP');

function numbersOf({ port, endPort }: NetworkPolicyPort): readonly number[] {
  return typeof port === 'number' && endPort === undefined ? [port] : [];
}
