import { BlockList, isIPv4 } from 'node:net';
import type { k8s } from 'cdk8s-eks-patterns';
import { type Reachability, reachability } from 'cdk8s-eks-patterns/review';
import { answers, type Program } from './program';

const NETWORK_POLICIES: Program = { name: 'network-policies-oracle', variable: 'NETWORK_POLICIES_ORACLE' };

type Labels = Readonly<Record<string, string>>;

/** Pods that run, and the policies over them. */
export interface PolicySet {
  /** Labels by name, without the one that Kubernetes adds. */
  readonly namespaces: Readonly<Record<string, Labels>>;
  readonly pods: readonly RunningPod[];
  readonly policies: readonly k8s.NetworkPolicy[];
  /** Outside of the cluster. */
  readonly addresses: readonly string[];
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' | 'SCTP' }[];
}

export interface RunningPod {
  readonly namespace: string;
  readonly labels: Labels;
  readonly ip: string;
  readonly hostNetwork: boolean;
  readonly ports: readonly k8s.ContainerPort[];
}

/** A pod by its position, or an address. */
type End = { readonly pod: number } | { readonly address: string };

interface Connection {
  readonly from: End;
  readonly to: End;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

interface Answer {
  readonly error?: string;
  readonly allowed?: readonly boolean[];
}

/** A connection of which the two do not say the same. */
export interface Difference {
  readonly connection: Connection;
  readonly theirs: boolean;
  /** What the verdict, and what the edges say. */
  readonly ours: readonly [verdict: string, edges: string];
  readonly set: PolicySet;
}

/** Every connection between two ends of a set on one of its ports, except between two addresses. */
function connectionsOf({ pods, addresses, ports }: PolicySet): Connection[] {
  const ends: End[] = [...pods.map((_, pod) => ({ pod })), ...addresses.map((address) => ({ address }))];
  return ends.flatMap((from) =>
    ends.flatMap((to) => ('pod' in from || 'pod' in to ? ports.map((port) => ({ from, to, ...port })) : [])),
  );
}

/** Asks both about every connection of the sets. */
export function compare(sets: readonly PolicySet[]): {
  readonly allowed: number;
  readonly closed: number;
  readonly different: readonly Difference[];
} {
  const questions = sets.map((set) => ({
    ...set,
    namespaces: Object.fromEntries(
      Object.entries(set.namespaces).map(([name, labels]) => [
        name,
        { ...labels, 'kubernetes.io/metadata.name': name },
      ]),
    ),
    connections: connectionsOf(set),
  }));
  const theirs = answers<Answer>(NETWORK_POLICIES, 'connections', questions);
  expect(theirs.flatMap(({ error = [] }) => error)).toEqual([]);
  expect(theirs).toHaveLength(sets.length);
  const verdicts = theirs.flatMap(({ allowed = [] }) => allowed);
  const different = sets.flatMap((set, i) => differencesIn(set, questions[i]!.connections, theirs[i]!.allowed ?? []));
  const allowed = verdicts.filter(Boolean).length;
  return { allowed, closed: verdicts.length - allowed, different };
}

function differencesIn(set: PolicySet, connections: readonly Connection[], theirs: readonly boolean[]): Difference[] {
  const reach = reachability(manifestsOf(set));
  expect(theirs).toHaveLength(connections.length);
  return connections.flatMap((connection, i) => {
    const { from, to, port, protocol } = connection;
    const [caller, called] = [from, to].map((end) => ('pod' in end ? reach.pods[end.pod]! : end.address));
    const ours = [reach.verdict(caller!, called!, port, protocol).reaches, onEdges(reach, set, connection)] as const;
    // a pod with the address of its node reaches all pods on that node, whatever policies say
    const closed = 'pod' in from && 'pod' in to && set.pods[from.pod]!.hostNetwork ? ['no', 'maybe'] : ['no'];
    return ours.every((one) => (theirs[i] ? one === 'yes' : closed.includes(one)))
      ? []
      : [{ connection, theirs: theirs[i]!, ours, set }];
  });
}

/** What the edges say of a connection. */
function onEdges({ edges, pods }: Reachability, set: PolicySet, { from, to, port, protocol }: Connection): string {
  const isEnd = (edgeEnd: (typeof edges)[number]['from'], end: End, other: End) => {
    if ('pod' in end) {
      return edgeEnd === pods[end.pod];
    }
    return 'peer' in edgeEnd && 'pod' in other && holds(edgeEnd.peer, end.address);
  };
  const ports = edges
    .filter((edge) => isEnd(edge.from, from, to) && isEnd(edge.to, to, from))
    .flatMap((edge) => edge.ports)
    .filter((open) => open.protocol === protocol && open.port <= port && port <= open.endPort);
  expect(set.pods).toHaveLength(pods.length);
  return ports.some(({ certain }) => certain) ? 'yes' : ports.length > 0 ? 'maybe' : 'no';
}

/** Whether a peer has an address, as Node.js reads both. */
function holds(peer: k8s.NetworkPolicyPeer | undefined, address: string): boolean {
  if (!peer?.ipBlock) {
    return peer === undefined;
  }
  const has = (cidr: string) => {
    const [net = '', bits] = cidr.split('/');
    const list = new BlockList();
    list.addSubnet(net, Number(bits), isIPv4(net) ? 'ipv4' : 'ipv6');
    return isIPv4(net) === isIPv4(address) && list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  };
  return has(peer.ipBlock.cidr) && !(peer.ipBlock.except ?? []).some(has);
}

function manifestsOf({ namespaces, pods, policies }: PolicySet): unknown[] {
  return [
    ...Object.entries(namespaces).map(([name, labels]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    })),
    ...pods.map(({ namespace, labels, ip, hostNetwork, ports }, i) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${i}`, namespace, labels },
      spec: { containers: [{ name: 'main', image: 'a', ports }], ...(hostNetwork ? { hostNetwork } : {}) },
      status: { podIP: ip },
    })),
    ...policies,
  ];
}
