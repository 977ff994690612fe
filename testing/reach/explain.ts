import { type InventoryObject, type PodObject, title } from '../../kube/inventory';
import { podContainers } from '../../kube/pod-containers';
import type { OpenPorts, Protocol } from '../../kube/reachability/open-ports';
import type { SideVerdict, Verdict } from '../../kube/reachability/reachability';
import { patternOf } from '../../review/patterns';
import { isAddress } from './ends';

/** A connection of a test, and what the policies say of it. */
export interface Judged {
  readonly from: PodObject | string;
  readonly to: PodObject | string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly verdict: Verdict;
  /** The ports on which the one reaches the other; of addresses none. */
  readonly open: readonly OpenPorts[];
}

/** Why a connection that a test wants is not there for sure: which side closes, and what opens it. */
export function whyNot(judged: Judged): string {
  const { verdict } = judged;
  const answer = verdict.reaches === 'no' ? 'it cannot' : `${MAYBE}`;
  return [`${connection(judged)}: expected to pass, but ${answer}.`, ...sides(judged), remedy(judged)].join('\n');
}

/** Why a connection that a test does not want is there. */
export function whyYet(judged: Judged): string {
  const answer = judged.verdict.reaches === 'yes' ? 'it passes' : MAYBE;
  return [`${connection(judged)}: expected not to pass, but ${answer}.`, ...sides(judged), closing(judged)].join('\n');
}

const MAYBE = 'it may pass: that depends on what manifests do not say, such as the address or the node of a pod';

function connection({ from, to, port, protocol }: Judged): string {
  return `${nameOf(from)} to ${nameOf(to)} on ${protocol} port ${port}`;
}

function sides({ from, to, verdict }: Judged): string[] {
  return [
    ...(typeof from === 'string' ? [] : [`  way out of ${nameOf(from)}: ${sideText(verdict.egress)}`]),
    ...(typeof to === 'string' ? [] : [`  way in to ${nameOf(to)}: ${sideText(verdict.ingress)}`]),
  ];
}

function sideText({ passes, closedBy, allowedBy }: SideVerdict): string {
  if (closedBy.length === 0) {
    return passes === 'yes' ? 'open, since no NetworkPolicy selects its pods' : 'not known from NetworkPolicies';
  }
  if (allowedBy.length > 0) {
    return `${passes === 'yes' ? 'opened' : 'perhaps opened'} by ${listOf(allowedBy)}`;
  }
  return passes === 'no'
    ? `closed by ${listOf(closedBy)}, and opened by no policy`
    : `perhaps open, though closed by ${listOf(closedBy)}`;
}

/** The prop that opens it; without a pattern, the rule. */
function remedy(judged: Judged): string {
  const { from, to, port, protocol, verdict } = judged;
  const [caller, called] = [patternAt(from), patternAt(to)];
  if (verdict.reaches === 'maybe') {
    return 'No prop decides it. Ask about an address, or pass podRanges to reachability() with those of the cluster.';
  }
  const missing = undeclared(judged) ?? onOtherPorts(judged);
  if (missing !== undefined) {
    return missing;
  }
  if (called !== undefined && caller === called) {
    return `Write ${idOf(called)}.connectTo(${idOf(called)}).`;
  }
  if (called !== undefined && caller !== undefined) {
    return `Write connectsTo: [${idOf(called)}] in the props of '${caller}'; it opens both sides on the ports of clients.`;
  }
  if (caller !== undefined && typeof to === 'string') {
    return `Write connectsTo: [Peer.cidr('${rangeOf(to)}', ${port})] in the props of '${caller}'.`;
  }
  if (called !== undefined) {
    const peer = typeof from === 'string' ? `Peer.cidr('${rangeOf(from)}', ${port})` : `Peer.of(..., ${port})`;
    return `Write acceptsFrom: [${peer}] in the props of '${called}'${typeof from === 'string' ? ', or expose' : ''}.`;
  }
  const closed = verdict.egress.passes === 'yes' ? 'ingress' : 'egress';
  return `Add a NetworkPolicy with ${closed} on ${protocol} port ${port}.`;
}

/** A called workload has no such port: then no connection is to be declared yet. */
function undeclared({ to, port, protocol }: Judged): string | undefined {
  const called = patternAt(to);
  if (typeof to === 'string' || called === undefined) {
    return undefined;
  }
  const ports = podContainers(to).flatMap(({ container }) => container.ports ?? []);
  if (ports.some((own) => own.containerPort === port && (own.protocol ?? 'TCP') === protocol)) {
    return undefined;
  }
  const own = ports.map(
    ({ name, containerPort, protocol: of = 'TCP' }) => `${containerPort}/${of}${name ? ` (${name})` : ''}`,
  );
  return `'${called}' has no ${protocol} port ${port}; its ports are ${own.join(', ') || 'none'}. Declare it in port, or ask for one of these.`;
}

/** The connection is declared already, for other ports. */
function onOtherPorts({ from, to, open }: Judged): string | undefined {
  const [caller, called] = [patternAt(from), patternAt(to)];
  if (caller === undefined || called === undefined || caller === called || open.length === 0) {
    return undefined;
  }
  const ports = open.map(
    ({ protocol, port, endPort }) => `${protocol} ${port}${endPort === port ? '' : `-${endPort}`}`,
  );
  return `'${caller}' reaches it on ${ports.join(', ')} alone. Write ${idOf(called)}.on(...) with the name of the port in connectsTo, or ${idOf(called)}.onMembers(...) if it is one of memberPorts.`;
}

function closing({ from, to, verdict }: Judged): string {
  const [caller, called] = [patternAt(from), patternAt(to)];
  if (verdict.egress.closedBy.length + verdict.ingress.closedBy.length === 0) {
    return 'No NetworkPolicy closes a side: leave network out of the props of the tenant, so that it is isolated.';
  }
  const out = caller === undefined ? [] : [`connectsTo of '${caller}'`];
  const into = called === undefined ? [] : [`acceptsFrom and expose of '${called}'`];
  const props = [...out, ...into].join(', and at ');
  return props === '' ? 'Look at the rules of these policies.' : `Look at ${props}.`;
}

const nameOf = (end: PodObject | string): string => (typeof end === 'string' ? end : title(end));
const listOf = (policies: readonly InventoryObject[]): string => policies.map(title).join(', ');
const idOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const patternAt = (end: PodObject | string): string | undefined =>
  typeof end === 'string' ? undefined : patternOf(end);
const rangeOf = (address: string): string =>
  address.includes('/') || !isAddress(address) ? address : `${address}/${address.includes(':') ? 128 : 32}`;
