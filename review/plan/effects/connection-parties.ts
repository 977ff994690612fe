import type { LabelSelector, NetworkPolicyPeer, NetworkPolicySpec } from '../../../imports/kubernetes';
import { addTo, entryOf } from '../../../kube/collections';
import type { Inventory, InventoryObject, PodObject } from '../../../kube/inventory';
import { meets } from '../../../kube/label-requirements';
import { selectedKeys } from '../../../kube/label-selectors';
import { selects } from '../../../kube/objects';
import { hasPodTemplate, podTemplates } from '../../../kube/pod-templates';
import { networkPolicies } from '../../../kube/reachability/network-policies';
import { madeNamespaces } from '../../namespaces';
import { SelectablePods } from '../../selection';
import { declaredPorts } from '../../services';
import type { PlanInput } from '../model';
import { isSame, isUpdate, type Move, movesOf, movesOfKind } from './moves';

/** A workload, by its kind, namespace and name. */
export type PartyKey = string;

export const partyKey = ({ manifest, namespace }: Pick<InventoryObject, 'manifest' | 'namespace'>): PartyKey =>
  `${manifest.kind} ${namespace}/${manifest.metadata.name}`;

/** Workloads whose connections an apply may change. */
export interface Concerned {
  readonly workloads: ReadonlySet<PartyKey>;
  /** They, and the workloads on the other end. */
  readonly all: ReadonlySet<PartyKey>;
  /** Those of all that are new. */
  readonly created: ReadonlySet<PartyKey>;
}

/**
 * The workloads that changed policies select, and those whose labels, ports or namespace changed; by namespace, since nobody
 * reads about all at once.
 */
export function concernedBy(input: PlanInput): readonly Concerned[] {
  const policies = changedPolicies(input);
  const sets = [input.old, input.after];
  if (policies.length === 0 && sets.every((set) => networkPolicies(set).length === 0)) {
    return [];
  }
  const sides = sidesOf(policies);
  const found = new Map<string, Set<PartyKey>>();
  const add = (namespace: string, keys: readonly PartyKey[]) => {
    for (const key of keys) {
      entryOf(found, namespace, () => new Set<PartyKey>()).add(key);
    }
  };
  const byNamespace = new Map<string, (readonly [Side, InventoryObject])[]>();
  for (const [set, policy] of sides) {
    addTo(byNamespace, policy.namespace, [set, policy] as const);
    add(policy.namespace, selectedBy(input[set], specOf(policy).podSelector ?? {}, policy.namespace).map(partyKey));
  }
  const relabelled = relabelledIn(input);
  for (const [namespace, keys] of relabelled) {
    add(namespace, [...keys]);
  }
  const old = found.size > 0 ? input.old.view(partiesIn) : new Set<PartyKey>();
  return [...found].flatMap(([namespace, workloads]): Concerned[] => {
    const others = [
      ...(byNamespace.get(namespace) ?? []).flatMap(([set, policy]) => peersOf(input[set], policy)),
      ...(relabelled.has(namespace) ? sets.flatMap((set) => endsOf(set, relabelled.get(namespace)!, namespace)) : []),
    ];
    const all = new Set([...workloads, ...others]);
    const created = new Set([...all].filter((key) => !old.has(key)));
    // among new workloads everything is new
    return created.size === all.size ? [] : [{ workloads, created, all }];
  });
}

const partiesIn = ({ objects }: Inventory): ReadonlySet<PartyKey> =>
  new Set(objects.flatMap((object) => (hasPodTemplate(object.manifest) ? [partyKey(object)] : [])));

/** NetworkPolicies of Kubernetes with another spec: labels of their own do nothing. */
export function changedPolicies(input: PlanInput): readonly Move[] {
  return movesOfKind(input, 'NetworkPolicy').filter(
    (move) => !isUpdate(move) || !isSame(move.before.manifest.spec, move.after.manifest.spec),
  );
}

type Side = 'old' | 'after';

/** A policy as it was, and as it will be. */
function sidesOf(policies: readonly Move[]): (readonly [Side, InventoryObject])[] {
  return policies.flatMap((move) => [
    ...(isUpdate(move) ? [['old', move.before] as const] : []),
    ['after', move.after] as const,
  ]);
}

const specOf = ({ manifest }: InventoryObject) => (manifest.spec ?? {}) as Partial<NetworkPolicySpec>;

function selectedBy(inventory: Inventory, selector: LabelSelector, namespace: string): readonly PodObject[] {
  return SelectablePods.of(inventory).selectedBy(selector, namespace);
}

/** Workloads that are new, or whose pods change in what policies look at, by namespace. */
function relabelledIn(input: PlanInput): ReadonlyMap<string, ReadonlySet<PartyKey>> {
  const keys = new Set([input.old, input.after].flatMap((set) => [...set.view(keysOf)]));
  const found = new Map<string, Set<PartyKey>>();
  const add = (object: InventoryObject) =>
    entryOf(found, object.namespace, () => new Set<PartyKey>()).add(partyKey(object));
  for (const move of movesOf(input)) {
    if (isOtherParty(move, keys)) {
      add(move.after);
    }
  }
  const namespaceKeys = new Set([input.old, input.after].flatMap((set) => [...set.view(namespaceKeysOf)]));
  for (const move of movesOfKind(input, 'Namespace')) {
    const { name, labels = {} } = move.after.manifest.metadata;
    const before = move.before?.manifest.metadata.labels ?? {};
    if (isUpdate(move) && [...namespaceKeys].some((key) => before[key] !== labels[key])) {
      input.after
        .inNamespace(name)
        .filter(({ manifest }) => hasPodTemplate(manifest))
        .forEach(add);
    }
  }
  return found;
}

function isOtherParty(move: Move, keys: ReadonlySet<string>): boolean {
  const now = partsOf(move.after, keys);
  return now.length > 0 && !(isUpdate(move) && isSame(partsOf(move.before, keys), now));
}

/** What policies look at. */
function partsOf({ manifest }: InventoryObject, keys: ReadonlySet<string>): readonly unknown[] {
  return podTemplates(manifest).map(({ template: { metadata, spec } }) => [
    Object.entries(metadata?.labels ?? {})
      .filter(([key]) => keys.has(key))
      .sort(),
    spec?.hostNetwork === true,
    spec
      ? declaredPorts({ spec, manifest, at: '' } as unknown as PodObject).map(
          ({ name, containerPort, protocol }) => `${name} ${containerPort} ${protocol}`,
        )
      : [],
  ]);
}

/** The keys of pod labels that policies select by. */
function keysOf(inventory: Inventory): ReadonlySet<string> {
  return new Set(
    networkPolicies(inventory).flatMap((policy) =>
      [specOf(policy).podSelector, ...peersIn(policy).map(({ podSelector }) => podSelector)].flatMap((selector) =>
        selector ? selectedKeys(selector) : [],
      ),
    ),
  );
}

/** The keys of namespace labels that policies select by. */
function namespaceKeysOf(inventory: Inventory): ReadonlySet<string> {
  return new Set(
    networkPolicies(inventory).flatMap((policy) =>
      peersIn(policy).flatMap(({ namespaceSelector }) => (namespaceSelector ? selectedKeys(namespaceSelector) : [])),
    ),
  );
}

function peersIn(policy: InventoryObject): readonly NetworkPolicyPeer[] {
  const { ingress = [], egress = [] } = specOf(policy);
  return [...ingress.flatMap(({ from = [] }) => from), ...egress.flatMap(({ to = [] }) => to)];
}

/** The workloads that the rules of a policy name. */
function peersOf(inventory: Inventory, policy: InventoryObject): readonly PartyKey[] {
  return peersIn(policy).flatMap(({ namespaceSelector, podSelector = {}, ipBlock }) => {
    if (ipBlock) {
      return [];
    }
    const namespaces = namespaceSelector ? namespacesIn(inventory, namespaceSelector) : [policy.namespace];
    return namespaces.flatMap((namespace) => selectedBy(inventory, podSelector, namespace).map(partyKey));
  });
}

const namespacesWithPods = ({ pods }: Inventory): readonly string[] => [
  ...new Set(pods.map(({ namespace }) => namespace)),
];

function namespacesIn(inventory: Inventory, selector: LabelSelector): readonly string[] {
  const name = selector.matchLabels?.['kubernetes.io/metadata.name'];
  const among = name === undefined ? inventory.view(namespacesWithPods) : [name];
  return among.filter((namespace) => selects(selector, labelsOf(inventory, namespace)));
}

const labelsOf = (inventory: Inventory, namespace: string): Readonly<Record<string, string>> =>
  madeNamespaces(inventory).get(namespace) ?? { 'kubernetes.io/metadata.name': namespace };

/** The other ends of workloads of a namespace: those that the policies of either side name. */
function endsOf(inventory: Inventory, workloads: ReadonlySet<PartyKey>, namespace: string): readonly PartyKey[] {
  const own = SelectablePods.of(inventory)
    .in(namespace)
    .filter((pod) => workloads.has(partyKey(pod)));
  if (own.length === 0) {
    return [];
  }
  const about = inventory.view(policiesByNamespace);
  const policies = new Set([...(about.get(namespace) ?? []), ...(about.get(ANY) ?? [])]);
  return [...policies].flatMap((policy) => {
    const selector = specOf(policy).podSelector ?? {};
    const isOwn = policy.namespace === namespace && own.some((pod) => selects(selector, pod.labels));
    const namesOwn = peersIn(policy).some((peer) => own.some((pod) => isNamed(inventory, peer, policy.namespace, pod)));
    return [
      ...(isOwn ? peersOf(inventory, policy) : []),
      ...(namesOwn ? selectedBy(inventory, selector, policy.namespace).map(partyKey) : []),
    ];
  });
}

/** Stands for every namespace. */
const ANY = '*';

/** The policies of each namespace, and those that may name its pods. */
function policiesByNamespace(inventory: Inventory): ReadonlyMap<string, readonly InventoryObject[]> {
  const found = new Map<string, InventoryObject[]>();
  for (const policy of networkPolicies(inventory)) {
    const named = peersIn(policy).map(({ namespaceSelector }) =>
      namespaceSelector ? (namespaceSelector.matchLabels?.['kubernetes.io/metadata.name'] ?? ANY) : policy.namespace,
    );
    for (const namespace of new Set([policy.namespace, ...named])) {
      addTo(found, namespace, policy);
    }
  }
  return found;
}

function isNamed(inventory: Inventory, peer: NetworkPolicyPeer, own: string, pod: PodObject): boolean {
  const { namespaceSelector, podSelector = {}, ipBlock } = peer;
  const { matchLabels = {}, matchExpressions = [] } = podSelector;
  const isSelected =
    Object.entries(matchLabels).every(([key, value]) => pod.labels[key] === value) &&
    matchExpressions.every((expression) => meets(expression, pod.labels[expression.key]));
  return (
    !ipBlock &&
    isSelected &&
    (namespaceSelector ? selects(namespaceSelector, labelsOf(inventory, pod.namespace)) : pod.namespace === own)
  );
}
