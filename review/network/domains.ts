import { DOMAIN_POLICIES } from '../../eks/compute-modes';
import type { NetworkPolicyPort } from '../../imports/kubernetes';
import { entryOf } from '../../kube/collections';
import type { Inventory, PodObject } from '../../kube/inventory';
import { labelSelectorOf } from '../../kube/label-selectors';
import { asList, asObject, type Loose } from '../../kube/loose';
import { SelectablePods } from '../selection';
import { allowsPort, type Wanted } from './allows';

interface OpenDomains {
  readonly names: readonly string[];
  readonly ports: readonly NetworkPolicyPort[];
}

function namesOf(peer: unknown): readonly string[] {
  const names: unknown = asObject(peer)[DOMAIN_POLICIES.field];
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
}

/** Whether the rules of egress lead to domain names and to nothing else, so that they open no pod of the cluster. */
export function opensNamesAlone(spec: Loose): boolean {
  const rules = asList(spec.egress).map(({ to }) => asList(to));
  return rules.length > 0 && rules.every((to) => to.length > 0 && to.every((peer) => namesOf(peer).length > 0));
}

/** Whether an ApplicationNetworkPolicy lets a pod out to a host by its name. */
export function opensDomain(inventory: Inventory, pod: PodObject, host: string, wanted: Wanted): boolean {
  const own = inventory.view(byPod).get(pod) ?? [];
  return own.some(
    ({ names, ports }) => allowsPort(ports, wanted, undefined) && names.some((name) => isNamed(host, name)),
  );
}

/** '*.example.com' is every name below it. */
function isNamed(host: string, name: string): boolean {
  const [own, wanted] = [name, host].map((text) => text.toLowerCase().replace(/\.$/, '')) as [string, string];
  return own.startsWith('*.') ? wanted.endsWith(own.slice(1)) : own === wanted;
}

const byPod = (inventory: Inventory): ReadonlyMap<PodObject, readonly OpenDomains[]> => {
  const found = new Map<PodObject, OpenDomains[]>();
  for (const { manifest, namespace } of inventory.ofKind(DOMAIN_POLICIES.kind, DOMAIN_POLICIES.group)) {
    const open = asList(manifest.spec?.egress).map(({ to, ports }) => ({
      names: asList(to).flatMap(namesOf),
      ports: asList(ports) as readonly NetworkPolicyPort[],
    }));
    const selector = labelSelectorOf(manifest.spec?.podSelector) ?? {};
    for (const pod of SelectablePods.of(inventory).selectedBy(selector, namespace)) {
      entryOf(found, pod, () => []).push(...open);
    }
  }
  return found;
};
