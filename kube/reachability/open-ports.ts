import type { NetworkPolicyPort } from '../../imports/kubernetes';
import { addTo } from '../collections';
import type { InventoryObject } from '../inventory';
import { both, type Certainty, either, MAYBE, NO, YES } from './certainty';
import type { Party } from './parties';

/** The protocols of which policies speak. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export const LAST_PORT = 65535;

/** A range of ports of one protocol. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly first: number;
  readonly last: number;
}

/** Ports that something opens. */
export interface Opening extends PortRange {
  readonly certainty: Certainty;
  /** undefined where no policy is needed. */
  readonly policy: InventoryObject | undefined;
}

/** What one end opens; without openings nothing. */
export type Openings = readonly Opening[];

/** Ports that are open between two ends. */
export interface OpenPorts {
  readonly protocol: Protocol;
  /** The first one. */
  readonly port: number;
  /** The last one. */
  readonly endPort: number;
  /**
   * False where it depends on what manifests do not say: the address that a pod gets, its node, labels of a namespace of others,
   * labels that are set when a pod runs.
   */
  readonly certain: boolean;
  /** The policies of the caller that allow it; none where nothing closes its ways out. */
  readonly egress: readonly InventoryObject[];
  /** The policies of the called side that allow it; none where nothing closes its ways in. */
  readonly ingress: readonly InventoryObject[];
}

/** Every port of every protocol. */
export const EVERY_PORT: readonly PortRange[] = PROTOCOLS.map((protocol) => ({ protocol, first: 1, last: LAST_PORT }));

const everythingWith = (certainty: Certainty): Openings =>
  EVERY_PORT.map((range) => ({ ...range, certainty, policy: undefined }));
/** Everything, without a policy. */
export const ALL_OPEN = everythingWith(YES);
/** The same, where it is not known. */
export const PERHAPS_OPEN = everythingWith(MAYBE);

/** The numbers of the ports of a rule; names are those of the containers of the called pod. */
export function portRanges(
  ports: readonly NetworkPolicyPort[] | undefined,
  to: Party | undefined,
): readonly PortRange[] {
  return ports === undefined ? EVERY_PORT : ports.flatMap((port) => rangesOf(port, to));
}

function rangesOf({ protocol = 'TCP', port, endPort }: NetworkPolicyPort, to: Party | undefined): PortRange[] {
  if (port === undefined) {
    return [{ protocol, first: 1, last: LAST_PORT }];
  }
  if (typeof port === 'number') {
    return [{ protocol, first: port, last: endPort ?? port }];
  }
  return (to?.ports ?? [])
    .filter((own) => own.name === port && (own.protocol ?? 'TCP') === protocol)
    .map(({ containerPort }) => ({ protocol, first: containerPort, last: containerPort }));
}

/** The ports that both ends open, each range with the same policies. */
export function openPorts(egress: Openings, ingress: Openings): readonly OpenPorts[] {
  // where nothing is closed, there is one for each pair of pods
  return egress === ALL_OPEN && ingress === ALL_OPEN ? everyPort : portsOfBoth(egress, ingress);
}

function portsOfBoth(egress: Openings, ingress: Openings): OpenPorts[] {
  return PROTOCOLS.flatMap((protocol) => {
    const [out, into] = [egress, ingress].map((side) => side.filter((one) => one.protocol === protocol));
    return out!.length > 0 && into!.length > 0 ? joined(protocol, out!, into!) : [];
  });
}

function joined(protocol: Protocol, egress: Openings, ingress: Openings): OpenPorts[] {
  const starts = new Set([...egress, ...ingress].flatMap(({ first, last }) => [first, last + 1]));
  const found: OpenPorts[] = [];
  const sorted = [...starts].sort((a, b) => a - b);
  for (const [i, port] of sorted.entries()) {
    const [out, into] = [at(egress, port), at(ingress, port)];
    const certainty = both(out.certainty, into.certainty);
    if (certainty !== NO) {
      const next = { egress: out.policies, ingress: into.policies, certain: certainty === YES };
      const endPort = sorted[i + 1]! - 1;
      const previous = found.at(-1);
      if (previous && previous.endPort === port - 1 && isSame(previous, next)) {
        found[found.length - 1] = { ...previous, endPort };
      } else {
        found.push({ protocol, port, endPort, ...next });
      }
    }
  }
  return found;
}

const everyPort: readonly OpenPorts[] = portsOfBoth(ALL_OPEN, ALL_OPEN);

/** What openings say of one port. Where some are certain, the others do not matter. */
function at(openings: Openings, port: number): { certainty: Certainty; policies: readonly InventoryObject[] } {
  const here = openings.filter(({ first, last }) => first <= port && port <= last);
  const certainty = here.reduce<Certainty>((sofar, one) => either(sofar, one.certainty), NO);
  const policies = here.filter((one) => one.certainty === certainty).flatMap(({ policy }) => policy ?? []);
  return { certainty, policies: [...new Set(policies)] };
}

function isSame(a: Omit<OpenPorts, 'protocol' | 'port' | 'endPort'>, b: typeof a): boolean {
  const equal = (x: readonly InventoryObject[], y: readonly InventoryObject[]) =>
    x.length === y.length && x.every((policy, i) => policy === y[i]);
  return a.certain === b.certain && equal(a.egress, b.egress) && equal(a.ingress, b.ingress);
}

/** The ports that every one of several sides opens for sure: what is left whichever of them counts. */
export function openInAll(sides: readonly Openings[]): Opening[] {
  const [first = [], ...others] = sides.map((side) => side.filter(({ certainty }) => certainty === YES));
  return others.reduce<Opening[]>(
    (left, side) =>
      left.flatMap((one) =>
        side.flatMap((other) => {
          const [start, end] = [Math.max(one.first, other.first), Math.min(one.last, other.last)];
          return one.protocol === other.protocol && start <= end
            ? [one, other].map((opening) => ({ ...opening, first: start, last: end }))
            : [];
        }),
      ),
    [...first],
  );
}

/** The openings by their protocol and ports, to compare sides. */
export function portsKey(openings: Openings): string {
  const keys = new Map<string, string[]>();
  for (const { protocol, first, last } of openings) {
    addTo(keys, protocol, `${first}-${last}`);
  }
  return JSON.stringify([...keys].map(([protocol, ranges]) => [protocol, [...new Set(ranges)].sort()]).sort());
}
