import type { LabelSelector, NetworkPolicyIngressRule, NetworkPolicyPort } from '../imports/kubernetes';
import { entryOf } from '../kube/collections';
import type { Inventory, InventoryObject, PodObject } from '../kube/inventory';
import { LabelIndex, type Labelled } from '../kube/label-index';
import { otherPolicies } from './network/other-policies';
import { declaredPorts } from './services';

/** The network policies that select each pod template. */
export function policiesOfPods(inventory: Inventory): ReadonlyMap<PodObject, readonly InventoryObject[]> {
  return inventory.view(byPods);
}

/**
 * Whether the policies of pods let in connections from outside the pods of the cluster, such as those of its control
 * plane: only rules without `from`, or with address ranges, do.
 */
export function admitsAddresses(inventory: Inventory, pod: PodObject, port: number | string): boolean {
  const closing = (policiesOfPods(inventory).get(pod) ?? []).filter(isForIngress);
  const isOpen = closing.length === 0 || otherPolicies(inventory).get(pod)?.has('ingress');
  return isOpen || closing.some(({ manifest }) => ingressOf(manifest.spec).some(opens));

  function opens(rule: NetworkPolicyIngressRule): boolean {
    const { ports } = rule;
    return isFromAddresses(rule) && (!ports?.length || ports.some((one) => isPort(one, pod, port)));
  }
}

/** Whether a rule lets in more than pods. */
export function isFromAddresses({ from }: NetworkPolicyIngressRule): boolean {
  return !from?.length || from.some(({ ipBlock }) => ipBlock !== undefined);
}

function isPort({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort, pod: PodObject, target: number | string) {
  if (protocol !== 'TCP') {
    return false;
  }
  const numberOf = (value: number | string) =>
    typeof value === 'number' ? value : declaredPorts(pod).find(({ name }) => name === value)?.containerPort;
  const wanted = numberOf(target);
  const first = port === undefined ? undefined : numberOf(port);
  // a name that the pod does not declare is a finding of its own
  return (
    port === undefined ||
    wanted === undefined ||
    (first !== undefined && wanted >= first && wanted <= (endPort ?? first))
  );
}

/** Pods with the same labels, which have the same policies. */
interface EqualPods extends Labelled {
  readonly pods: PodObject[];
  readonly policies: InventoryObject[];
}

/** Equal pods have the same list. */
function byPods(inventory: Inventory): ReadonlyMap<PodObject, readonly InventoryObject[]> {
  const groups = new Map<string, EqualPods>();
  for (const pod of inventory.pods) {
    const { namespace, labels } = pod;
    const key = `${namespace}|${JSON.stringify(labels)}`;
    entryOf(groups, key, () => ({ namespace, labels, pods: [], policies: [] })).pods.push(pod);
  }
  const index = new LabelIndex([...groups.values()]);
  for (const policy of inventory.ofKind('NetworkPolicy', 'networking.k8s.io')) {
    const selector = (policy.manifest.spec?.podSelector ?? {}) as LabelSelector;
    for (const { policies } of index.selectedBy(selector, policy.namespace)) {
      policies.push(policy);
    }
  }
  return new Map(
    index
      .everywhere()
      .flatMap(({ pods, policies }) => (policies.length === 0 ? [] : pods.map((pod) => [pod, policies] as const))),
  );
}

/** Every policy is for ingress, unless it says otherwise. */
function isForIngress({ manifest }: InventoryObject): boolean {
  const { policyTypes } = (manifest.spec ?? {}) as { readonly policyTypes?: readonly string[] };
  return !policyTypes?.length || policyTypes.includes('Ingress');
}

function ingressOf(spec: Readonly<Record<string, unknown>> = {}): readonly NetworkPolicyIngressRule[] {
  return (spec.ingress ?? []) as readonly NetworkPolicyIngressRule[];
}
