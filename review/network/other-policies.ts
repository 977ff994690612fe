import type { LabelSelector } from '../../imports/kubernetes';
import type { Inventory, InventoryObject, PodObject } from '../../kube/inventory';
import { labelSelectorOf, withoutKeys } from '../../kube/label-selectors';
import { asList, asObject, type Loose } from '../../kube/loose';
import { type Manifest, selects } from '../../kube/objects';
import { madeNamespaces } from '../namespaces';
import { SelectablePods } from '../selection';
import { opensNamesAlone } from './domains';

type Direction = 'ingress' | 'egress';

/** Directions in which policies of another API may open, or close, what NetworkPolicies say of a pod. */
export type Unknown = ReadonlySet<Direction>;

/**
 * What policies of Cilium, Calico, AWS and cluster administrators leave open: the NetworkPolicies of the pods that they
 * select do not decide alone in these directions. A selector that is not understood selects every pod that it might.
 */
export function otherPolicies(inventory: Inventory): ReadonlyMap<PodObject, Unknown> {
  return inventory.view(byPod);
}

type Selection = (inventory: Inventory, policy: InventoryObject) => readonly PodObject[];

/** The policies of other APIs. A BaselineAdminNetworkPolicy is only for pods that no NetworkPolicy selects. */
const SELECTIONS: readonly (readonly [kind: string, group: string, selection: Selection])[] = [
  ['AdminNetworkPolicy', 'policy.networking.k8s.io', ofSubject],
  ['ApplicationNetworkPolicy', 'networking.k8s.aws', ofPodSelector],
  ['CiliumClusterwideNetworkPolicy', 'cilium.io', ofEndpoints],
  ['CiliumNetworkPolicy', 'cilium.io', ofEndpoints],
  ['ClusterNetworkPolicy', 'networking.k8s.aws', ofSubject],
  ['ClusterNetworkPolicy', 'policy.networking.k8s.io', ofSubject],
  ['GlobalNetworkPolicy', 'crd.projectcalico.org', ofCalico],
  ['GlobalNetworkPolicy', 'projectcalico.org', ofCalico],
  ['NetworkPolicy', 'crd.projectcalico.org', ofCalico],
  ['NetworkPolicy', 'projectcalico.org', ofCalico],
];

function byPod(inventory: Inventory): ReadonlyMap<PodObject, Unknown> {
  const found = new Map<PodObject, Set<Direction>>();
  for (const [kind, group, selected] of SELECTIONS) {
    for (const policy of inventory.ofKind(kind, group)) {
      const directions = openedBy(policy);
      for (const pod of directions.length === 0 ? [] : selected(inventory, policy)) {
        found.set(pod, new Set([...(found.get(pod) ?? []), ...directions]));
      }
    }
  }
  return found;
}

/** The directions in which a policy may open what the NetworkPolicies of its pods close. */
function openedBy({ manifest: { kind, spec = {} } }: InventoryObject): readonly Direction[] {
  const all = directionsOf(spec);
  if (kind === 'ApplicationNetworkPolicy') {
    return opensNamesAlone(spec) ? all.filter((direction) => direction !== 'egress') : all;
  }
  if (kind === 'ClusterNetworkPolicy' || kind === 'AdminNetworkPolicy') {
    // the tier below them is for what no NetworkPolicy decides
    const rules = (direction: Direction) => asList(spec.tier === 'Baseline' ? [] : spec[direction]);
    return all.filter((direction) => rules(direction).some(({ action }) => action !== 'Deny' && action !== 'Pass'));
  }
  return all;
}

/** Of a policy that does not say its directions, both. */
function directionsOf(spec: Loose = {}): readonly Direction[] {
  const all = (['ingress', 'egress'] as const).filter((direction) => {
    const type = `${direction.charAt(0).toUpperCase()}${direction.slice(1)}`;
    const types: unknown = spec.policyTypes ?? spec.types;
    return (
      spec[direction] !== undefined ||
      spec[`${direction}Deny`] !== undefined ||
      (Array.isArray(types) && types.includes(type))
    );
  });
  return all.length > 0 ? all : ['ingress', 'egress'];
}

/** Of AWS: as a NetworkPolicy. */
function ofPodSelector(inventory: Inventory, { manifest, namespace }: InventoryObject): readonly PodObject[] {
  return SelectablePods.of(inventory).selectedBy(labelSelectorOf(manifest.spec?.podSelector) ?? {}, namespace);
}

/** Of cluster administrators: namespaces, or pods of namespaces. */
function ofSubject(inventory: Inventory, { manifest }: InventoryObject): readonly PodObject[] {
  const { namespaces, pods } = asObject(manifest.spec?.subject);
  const { namespaceSelector, podSelector } = asObject(pods);
  const ofNamespaces = labelSelectorOf(namespaces ?? namespaceSelector);
  const ofPods = labelSelectorOf(podSelector);
  const known = madeNamespaces(inventory);
  return inventory.pods.filter(({ namespace, labels }) => {
    const own = known.get(namespace);
    return (!ofNamespaces || !own || selects(ofNamespaces, own)) && (!ofPods || selects(ofPods, labels));
  });
}

const NAMESPACE = 'io.kubernetes.pod.namespace';
const ACCOUNT = 'io.cilium.k8s.policy.serviceaccount';

/** Of Cilium, whose keys may say where a label comes from. */
function ofEndpoints(inventory: Inventory, { manifest, namespace }: InventoryObject): readonly PodObject[] {
  const { endpointSelector, nodeSelector } = manifest.spec ?? {};
  if (endpointSelector === undefined && nodeSelector !== undefined) {
    return [];
  }
  const selector = withoutSources(labelSelectorOf(endpointSelector) ?? {});
  const isMeta = (key: string) => key === NAMESPACE || key.startsWith('io.cilium.') || key.includes(':');
  const meta = withoutKeys(selector, (key) => key !== NAMESPACE && key !== ACCOUNT);
  const labels = withoutKeys(selector, isMeta);
  const all = SelectablePods.of(inventory);
  const pods = isOfCluster(manifest)
    ? inventory.pods.filter((pod) => selects(labels, pod.labels))
    : all.selectedBy(labels, namespace);
  return pods.filter((pod) => selects(meta, { [NAMESPACE]: pod.namespace, [ACCOUNT]: pod.serviceAccount }));
}

/** Kinds without a namespace, whatever the file says. */
const isOfCluster = ({ kind }: Manifest): boolean => /^(CiliumClusterwide|Global)/.test(kind);

function withoutSources({ matchLabels = {}, matchExpressions = [] }: LabelSelector): LabelSelector {
  const bare = (key: string) => key.replace(/^(k8s|any)[:.]/, '');
  return {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [bare(key), value])),
    matchExpressions: matchExpressions.map((one) => ({ ...one, key: bare(one.key) })),
  };
}

/** Of Calico: its selectors are expressions, of which comparisons that are joined by && are read. */
function ofCalico(inventory: Inventory, { manifest, namespace }: InventoryObject): readonly PodObject[] {
  const { selector = '' } = manifest.spec ?? {};
  const parts = typeof selector === 'string' ? selector.split('&&').map((part) => part.trim()) : [];
  const equal = parts.map((part) => /^([\w./-]{1,200})\s*==\s*['"]([^'"]{0,63})['"]$/.exec(part));
  const matchLabels = Object.fromEntries(equal.flatMap((match) => (match ? [[match[1]!, match[2]!] as const] : [])));
  return isOfCluster(manifest)
    ? inventory.pods.filter((pod) => selects({ matchLabels }, pod.labels))
    : SelectablePods.of(inventory).selectedBy({ matchLabels }, namespace);
}
