import type { NetworkPolicyPeer } from '../../../imports/kubernetes';
import { canonical } from '../../../kube/canonical';
import { addTo } from '../../../kube/collections';
import { Inventory, type PodObject, referenceTo } from '../../../kube/inventory';
import { selectorText } from '../../../kube/label-selectors';
import { NAME_LABEL } from '../../../kube/labels';
import type { OpenPorts } from '../../../kube/reachability/open-ports';
import type { Edge, End } from '../../../kube/reachability/reachability';
import { reachability } from '../../reachability';
import { declaredPorts } from '../../services';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { type Concerned, changedPolicies, concernedBy, partyKey } from './connection-parties';
import { leftBehind, named } from './moves';

/** Connections that NetworkPolicies come to open or to close. */
export const connections: EffectsOf = (input) => {
  const concerned = concernedBy(input);
  const predecessors = concerned.length > 0 ? predecessorsIn(input) : new Set<string>();
  const found = concerned.flatMap((one) =>
    one.all.size > MOST_PARTIES ? tooMany(input, one) : toldOf(input, one, predecessors),
  );
  return merged(found);
};

function toldOf(input: PlanInput, concerned: Concerned, predecessors: ReadonlySet<string>): readonly Told[] {
  const [old, now] = [input.old, input.after].map((set) => edgesOf(part(set, concerned)));
  return [...new Set([...old!.keys(), ...now!.keys()])].flatMap((key): readonly Told[] => {
    const [was, is] = [old!.get(key), now!.get(key)];
    const ends = [(is ?? was)!.from, (is ?? was)!.to];
    const concerns = ends.filter((end): end is PodObject => isPod(end) && concerned.workloads.has(partyKey(end)));
    const isNoise = concerns.length === 0 || concerns.some((pod) => predecessors.has(workOf(pod) ?? ''));
    return isNoise ? [] : changeOf(input, concerned, was, is);
  });
}

/** Jobs that are left behind, of which another one may do the same work. */
function predecessorsIn(input: PlanInput): ReadonlySet<string> {
  return new Set(leftBehind(input).flatMap((object) => workOf(object) ?? []));
}

function workOf({ manifest, namespace }: Pick<PodObject, 'manifest' | 'namespace'>): string | undefined {
  const name = manifest.metadata.labels?.[NAME_LABEL];
  return manifest.kind === 'Job' && name !== undefined ? `${namespace}/${name}` : undefined;
}

/** More workloads than people read sentences about; between them there are as many pairs as their square. */
const MOST_PARTIES = 150;

function tooMany(input: PlanInput, { workloads }: Concerned): readonly Told[] {
  const [first = ''] = workloads;
  const namespace = first.slice(first.indexOf(' ') + 1, first.indexOf('/'));
  const because = changedPolicies(input).flatMap(({ after }) => (after.namespace === namespace ? [named(after)] : []));
  const text = `connections of ${workloads.size} workloads of namespace '${namespace}' change: too many to list`;
  return [{ effect: { kind: 'connection', risk: 'notice', because }, text: () => text, outside: '' }];
}

/** A change, and the end that is not a workload, of which a policy often names several. */
interface Told {
  readonly effect: Omit<Effect, 'text'>;
  readonly text: (outside: string) => string;
  readonly outside: string;
}

/** One sentence for all addresses of which the same is said. */
function merged(found: readonly Told[]): readonly Effect[] {
  const groups = new Map<string, Told[]>();
  for (const told of found) {
    addTo(groups, told.text(told.outside === '' ? '' : 'OUTSIDE'), told);
  }
  return [...groups.values()].map(([first, ...others]) => ({
    ...first!.effect,
    text: first!.text(listedEnds([first!, ...others].map(({ outside }) => outside))),
  }));
}

function listedEnds(ends: readonly string[]): string {
  const [last, ...others] = [...ends].reverse();
  return others.length === 0 ? last! : `${others.reverse().join(', ')} and ${last}`;
}

/** The policies, the namespaces and the concerned workloads. */
function part(set: Inventory, { all }: Concerned): Inventory {
  const namespaces = new Set(['', ...[...all].map((key) => key.slice(key.indexOf(' ') + 1, key.indexOf('/')))]);
  const near = [...namespaces].flatMap((namespace) => set.inNamespace(namespace));
  return new Inventory(
    near.filter((object) => {
      const { kind } = object.manifest;
      return kind === 'Namespace' || kind.endsWith('Policy') || all.has(partyKey(object));
    }),
  );
}

const isPod = (end: End): end is PodObject => 'manifest' in end;

function edgesOf(set: Inventory): ReadonlyMap<string, Edge> {
  const found = new Map<string, Edge>();
  for (const edge of reachability(set).edges) {
    const key = `${endKey(edge.from)} > ${endKey(edge.to)}`;
    const known = found.get(key);
    found.set(key, known ? { ...edge, ports: [...known.ports, ...edge.ports] } : edge);
  }
  return found;
}

const endKey = (end: End): string => (isPod(end) ? partyKey(end) : JSON.stringify(canonical(end.peer ?? null)));

function changeOf(
  input: PlanInput,
  concerned: Concerned,
  was: Edge | undefined,
  is: Edge | undefined,
): readonly Told[] {
  const [old, now] = [was, is].map((edge) => portsText(edge?.ports ?? []));
  if (old === now || isToItself((is ?? was)!)) {
    return [];
  }
  const { from, to } = (is ?? was)!;
  const fresh = [from, to].filter((end) => isPod(end) && concerned.created.has(partyKey(end))).length;
  // of a new workload only what policies let through to those that exist is news
  const isLetThrough = is?.ports.some(({ egress, ingress }) => egress.length + ingress.length > 0) ?? false;
  if (fresh > 0 && (fresh === 2 || ![from, to].every(isPod) || !isLetThrough)) {
    return [];
  }
  const text = (outside: string) => {
    const [caller, called] = [isPod(from) ? named(from) : outside, isPod(to) ? named(to) : outside];
    return old === ''
      ? `${caller} can call ${called} on ${now}${fresh > 0 ? '' : ', which was closed before'}`
      : now === ''
        ? `${caller} can no longer call ${called} on ${old}`
        : `${caller} can call ${called} on ${now} instead of ${old}`;
  };
  const object = [from, to].find((end): end is PodObject => isPod(end) && concerned.workloads.has(partyKey(end)))!;
  const policies = new Set(
    [...(was?.ports ?? []), ...(is?.ports ?? [])].flatMap(({ egress, ingress }) => [...egress, ...ingress].map(named)),
  );
  const because = changedPolicies(input)
    .map(({ after }) => named(after))
    .filter((title) => policies.has(title));
  const effect = {
    kind: 'connection' as const,
    risk: closes(was, is) ? ('danger' as const) : ('notice' as const),
    object: referenceTo(object),
    ...(because.length > 0 ? { because } : {}),
  };
  return [{ effect, text, outside: isPod(from) ? (isPod(to) ? '' : endText(to, 'to')) : endText(from, 'from') }];
}

const isToItself = ({ from, to }: Edge): boolean => isPod(from) && isPod(to) && partyKey(from) === partyKey(to);

/** Whether something is closed on which the other end still listens. */
function closes(was: Edge | undefined, is: Edge | undefined): boolean {
  const to = (is ?? was)!.to;
  const lost = (was?.ports ?? []).filter(
    (port) =>
      !(is?.ports ?? []).some(
        (other) => other.protocol === port.protocol && other.port <= port.port && port.endPort <= other.endPort,
      ),
  );
  if (lost.length === 0 || !isPod(to)) {
    return lost.length > 0;
  }
  const listens = declaredPorts(to);
  return (
    listens.length === 0 ||
    listens.some(({ containerPort, protocol = 'TCP' }) => {
      const isIn = (ports: readonly OpenPorts[]) =>
        ports.some((one) => one.protocol === protocol && one.port <= containerPort && containerPort <= one.endPort);
      return isIn(was?.ports ?? []) && !isIn(is?.ports ?? []);
    })
  );
}

const LAST = 65535;

/** 'TCP 7000, UDP 53'. What depends on what manifests do not say counts as open. */
function portsText(ports: readonly OpenPorts[]): string {
  const ranges = [...new Set(ports.map(({ protocol, port, endPort }) => rangeText(protocol, port, endPort)))].sort();
  return ['TCP', 'UDP', 'SCTP'].every((protocol) => ranges.includes(`every port of ${protocol}`))
    ? 'every port'
    : ranges.join(', ');
}

function rangeText(protocol: string, port: number, endPort: number): string {
  return port === 1 && endPort === LAST
    ? `every port of ${protocol}`
    : `${protocol} ${port}${endPort === port ? '' : `-${endPort}`}`;
}

function endText({ peer }: Exclude<End, PodObject>, side: 'from' | 'to'): string {
  if (peer === undefined) {
    return side === 'from' ? 'anybody' : 'anything';
  }
  return peer.ipBlock ? addressesText(peer.ipBlock) : podsText(peer);
}

function addressesText({ cidr, except = [] }: NonNullable<NetworkPolicyPeer['ipBlock']>): string {
  const all = cidr === '0.0.0.0/0' || cidr === '::/0' ? `every address (${cidr})` : cidr;
  return except.length > 0 ? `${all} but ${except.join(', ')}` : all;
}

function podsText({ namespaceSelector, podSelector }: NetworkPolicyPeer): string {
  const name = namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'];
  const where =
    namespaceSelector === undefined
      ? ''
      : name === undefined
        ? ` of namespaces with ${selectorText(namespaceSelector) || 'any labels'}`
        : ` of namespace '${name}'`;
  const which = podSelector ? selectorText(podSelector) : '';
  return which === '' ? `any pod${where}` : `pods with ${which}${where}`;
}
