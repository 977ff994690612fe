import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../../imports/kubernetes';
import { contains, parseRange } from '../../../kube/cidr';
import { addTo } from '../../../kube/collections';
import { AMBIENT_MODE, asksFor, INJECTORS } from '../../../kube/injectors';
import { type Inventory, type PodObject, title } from '../../../kube/inventory';
import { probesPort } from '../../../kube/lifecycle';
import { keyPath } from '../../../kube/text';
import { namespaceLabels } from '../../namespaces';
import { allowsPort } from '../../network/allows';
import { policiesAreKnown, policiesOf } from '../../network/policies';
import type { Rule } from '../../rule';

/** Pods of a mesh without sidecars, whose connections go by a port of their own. */
export const rule: Rule = {
  id: 'network-policies/ambient',
  title: "the network policies of pods in Istio's ambient mode let in its tunnel and its probes",
  severity: 'warning',
  why: "In ambient mode the proxies of the nodes carry every connection between pods to port 15008, whatever port the program calls. Policies that allow the program's port alone close it, and only connections from outside of the mesh still come. Probes of the kubelet come from an address of the mesh, which policies close as well: the pods never become ready.",
  source: 'https://istio.io/latest/docs/ambient/usage/networkpolicy/',
  bad: manifests('8080'),
  good: manifests('15008'),
  check: (input, report) => {
    const { inventory } = input;
    if (!policiesAreKnown(inventory)) {
      return;
    }
    const { label, value, out, port, probes } = AMBIENT_MODE;
    const labels = namespaceLabels(input);
    const meshed = new Map<string, PodObject[]>();
    for (const pod of inventory.pods) {
      const own = pod.labels[label];
      if (own === value || (labels.get(pod.namespace)?.[label] === value && own !== out)) {
        addTo(meshed, pod.namespace, pod);
      }
    }
    for (const pods of meshed.values()) {
      const closed = pods.flatMap((pod) => {
        const directions = closedDirections(inventory, pod, labels);
        return directions.length === 0 ? [] : [{ pod, directions }];
      });
      const [first, ...others] = closed;
      if (first) {
        const more = others.length === 0 ? '' : `, as those of ${others.length} more`;
        report(first.pod, {
          message: `${title(first.pod)} is in the ambient mode of Istio, but its network policies close ${first.directions.join(', and ')}${more}`,
          fix: `add a NetworkPolicy for the pods of the namespace that allows TCP port ${port} in and out, and everything from ${probes}, or set the label '${label}' to '${out}' on the pods`,
          field: keyPath(`${keyPath(first.pod.at, 'metadata')}.labels`, label),
        });
      }
    }
  },
};

/** What policies that select the pod close, for messages. */
function closedDirections(inventory: Inventory, pod: PodObject, labels: Labels): string[] {
  const { ingress = [], egress = [] } = policiesOf(inventory, pod);
  const called = ingress.filter(({ from }) => mayBeMeshed(from, labels));
  const calls = egress.filter(({ to, ports }) => mayBeMeshed(to, labels) && !isDns(ports));
  return [
    ...(isClosed(called) ? [`port ${AMBIENT_MODE.port} for calls to it`] : []),
    ...(isClosed(calls) ? [`port ${AMBIENT_MODE.port} for its own calls`] : []),
    ...(closesProbes(inventory, pod) ? [`the probes of the kubelet, which come from ${AMBIENT_MODE.probes}`] : []),
  ];
}

type Labels = ReturnType<typeof namespaceLabels>;
type Rules = readonly { readonly ports?: readonly NetworkPolicyPort[] }[];

/** Whether there are rules, and none allows the tunnel: nobody calls a pod that lets nobody in. */
function isClosed(rules: Rules): boolean {
  const wanted = { port: AMBIENT_MODE.port, protocol: 'TCP' };
  return rules.length > 0 && !rules.some(({ ports }) => allowsPort(ports, wanted, undefined));
}

/** Whether the other end may be pods of the mesh; load balancers are not, nor is a namespace that is not known to join. */
const mayBeMeshed = (peers: readonly NetworkPolicyPeer[] | undefined, labels: Labels): boolean =>
  !peers?.length ||
  peers.some(({ ipBlock, namespaceSelector }) => {
    const name = namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'];
    return ipBlock === undefined && (name === undefined || joins(labels.get(name)));
  });

const joins = (labels: Readonly<Record<string, string>> = {}): boolean =>
  labels[AMBIENT_MODE.label] === AMBIENT_MODE.value || asksFor(SIDECARS, labels) !== undefined;

const SIDECARS = INJECTORS.find(({ name }) => name === 'Istio')!.onNamespace;

const isDns = (ports: readonly NetworkPolicyPort[] | undefined): boolean =>
  ports?.every(({ port }) => port === 53) === true;

function closesProbes(inventory: Inventory, pod: PodObject): boolean {
  const { ingress } = policiesOf(inventory, pod);
  const isAsked = pod.spec.containers.some((container) => probesPort(container));
  return isAsked && ingress !== undefined && !ingress.some(({ from }) => !from?.length || from.some(holdsProbes));
}

/** Of either family: the policies are of a cluster that has one. */
function holdsProbes({ ipBlock }: NetworkPolicyPeer): boolean {
  if (ipBlock?.cidr === AMBIENT_MODE.probesV6 || ipBlock?.cidr === '::/0') {
    return true;
  }
  const range = parseRange(ipBlock?.cidr);
  return range !== undefined && contains(range, PROBES);
}

const PROBES = parseRange(AMBIENT_MODE.probes)!;

function manifests(port: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: 'example.com/web:1.0.0', ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: {} }], ports: [{ port: ${port} }] }] }
`;
}
