import type { LabelSelector, NetworkPolicyPeer, NetworkPolicyPort } from '../../imports/kubernetes';
import { type AddressRange, contains, overlap, parseRange, VPC_BLOCKS } from '../../kube/cidr';
import type { Inventory, PodObject } from '../../kube/inventory';
import { selects } from '../../kube/objects';
import { containersOf } from '../../kube/pod-resources';
import { madeNamespaces } from '../namespaces';

/** The other end of a connection, as far as it is known. */
export interface OtherEnd {
  readonly namespace: string;
  /** undefined for pods that are not in the set: any selector of pods may select them. */
  readonly pod: PodObject | undefined;
}

/** A port that a connection goes to; undefined for any. */
export interface Wanted {
  readonly port: number | undefined;
  readonly protocol: string;
}

/** Whether a rule of a policy in `namespace` has the other end among its peers. */
export function allowsPeer(
  inventory: Inventory,
  peers: readonly NetworkPolicyPeer[] | undefined,
  namespace: string,
  other: OtherEnd,
): boolean {
  if (!peers?.length) {
    return true;
  }
  for (const peer of peers) {
    if (isPeer(inventory, peer, namespace, other)) {
      return true;
    }
  }
  return false;
}

function isPeer(
  inventory: Inventory,
  { ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer,
  namespace: string,
  other: OtherEnd,
): boolean {
  if (ipBlock) {
    return holdsVpcAddresses(ipBlock.cidr, ipBlock.except ?? NONE);
  }
  const inNamespace = namespaceSelector
    ? selectsNamespace(inventory, namespaceSelector, other.namespace)
    : other.namespace === namespace;
  return inNamespace && (!podSelector || !other.pod || selects(podSelector, other.pod.labels));
}

/** Of a namespace outside of the set only its name is known: a selector by other labels may select it. */
function selectsNamespace(inventory: Inventory, selector: LabelSelector, namespace: string): boolean {
  const labels = madeNamespaces(inventory).get(namespace);
  if (labels) {
    return selects(selector, labels);
  }
  const NAME = 'kubernetes.io/metadata.name';
  const byName = {
    matchLabels: Object.fromEntries(Object.entries(selector.matchLabels ?? {}).filter(([key]) => key === NAME)),
    matchExpressions: (selector.matchExpressions ?? []).filter(({ key }) => key === NAME),
  };
  return selects(byName, { [NAME]: namespace });
}

/** Whether a range has addresses of a VPC, which nodes and pods have. IPv6 is taken to. */
export function holdsVpcAddresses(cidr: string | undefined, except: readonly string[]): boolean {
  const range = parseRange(cidr);
  if (!range) {
    return true;
  }
  for (const block of VPC_RANGES) {
    if (overlap(range, block) && (except.length === 0 || !except.some((other) => isWithin(other, block, range)))) {
      return true;
    }
  }
  return false;
}

/** Whether a range that is left out holds one of two others. */
function isWithin(except: string, block: AddressRange, range: AddressRange): boolean {
  const without = parseRange(except);
  return without !== undefined && (contains(without, block) || contains(without, range));
}

/** Whether a rule allows a port; `pod` is the called one, whose containers name ports. */
export function allowsPort(
  ports: readonly NetworkPolicyPort[] | undefined,
  wanted: Wanted,
  pod: PodObject | undefined,
): boolean {
  if (!ports?.length) {
    return true;
  }
  for (const allowed of ports) {
    if (isAllowed(allowed, wanted, pod)) {
      return true;
    }
  }
  return false;
}

function isAllowed(allowed: NetworkPolicyPort, { port, protocol }: Wanted, pod: PodObject | undefined): boolean {
  if ((allowed.protocol ?? 'TCP') !== protocol) {
    return false;
  }
  if (port === undefined || allowed.port === undefined) {
    return true;
  }
  if (typeof allowed.port === 'string' && !/^\d+$/.test(allowed.port)) {
    return pod === undefined || portNamed(pod, allowed.port) === port;
  }
  const first = Number(allowed.port);
  return port >= first && port <= (allowed.endPort ?? first);
}

/** The number of a named port of a pod. */
export function portNamed({ spec }: PodObject, name: string): number | undefined {
  for (const { ports = [] } of containersOf(spec)) {
    const found = ports.find((port) => port.name === name);
    if (found) {
      return found.containerPort;
    }
  }
  return undefined;
}

/** Whether a rule of egress leads out of the cluster on a port: to everywhere, or to a range of other than own addresses. */
export function allowsOutside(
  to: readonly NetworkPolicyPeer[] | undefined,
  ports: readonly NetworkPolicyPort[] | undefined,
  wanted: Wanted,
  address: string | undefined,
): boolean {
  const leadsOut =
    !to?.length || to.some(({ ipBlock }) => ipBlock?.cidr !== undefined && mayHold(ipBlock.cidr, address));
  return leadsOut && allowsPort(ports, wanted, undefined);
}

/** Whether a range may hold an address; of a name any but link-local ones, which belong to the node. */
function mayHold(cidr: string, address: string | undefined): boolean {
  const range = parseRange(cidr);
  const single = address === undefined ? undefined : parseRange(`${address}/32`);
  if (!range) {
    return single === undefined;
  }
  return single ? contains(range, single) : !contains(LINK_LOCAL, range);
}

const NONE: readonly never[] = [];
const LINK_LOCAL = parseRange('169.254.0.0/16')!;
const VPC_RANGES = VPC_BLOCKS.map((block) => parseRange(block)!);
