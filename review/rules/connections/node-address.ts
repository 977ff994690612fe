import type { EnvVarSource, NetworkPolicyEgressRule } from '../../../imports/kubernetes';
import { overlap, parseRange, VPC_BLOCKS } from '../../../kube/cidr';
import { type PodObject, title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { allowsPort } from '../../network/allows';
import { policiesAreKnown, policiesOf } from '../../network/policies';
import { placeOf, podTexts, whereOf } from '../../pod-texts';
import type { Rule } from '../../rule';
import { suspectContainers, suspectsIn } from '../../suspects';

const WITH_NODE_ADDRESS = suspectContainers(
  ({ container }) => container.env?.some(({ valueFrom }) => isNodeAddress(valueFrom)) === true,
);

/** The address of the node, which no selector of pods opens. */
export const rule: Rule = {
  id: 'connections/node-address',
  title: 'an isolated pod may reach the address of its node where it has it with a port',
  severity: 'warning',
  why: 'Agents are called by status.hostIP, an address of the VPC. Egress rules that name pods do not open it: only an ipBlock does, and the connection times out without one.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: pod('podSelector: {}'),
  good: pod('ipBlock: { cidr: 192.168.0.0/16 }'),
  check: ({ inventory }, report) => {
    if (!policiesAreKnown(inventory)) {
      return;
    }
    for (const one of suspectsIn(inventory, WITH_NODE_ADDRESS)) {
      const names = hostVariables(one);
      const egress = names.length === 0 ? undefined : policiesOf(inventory, one).egress;
      if (egress === undefined) {
        continue;
      }
      const texts = podTexts(inventory, one);
      const seen = new Set<number>();
      for (const from of texts) {
        const { text, kind, name } = from;
        for (const port of names.flatMap((variable) => portsAfter(text, kind === 'file' ? '' : name, variable))) {
          if (!seen.has(port) && !egress.some((rule) => opens(rule, port))) {
            report(one, {
              message: `${whereOf(from)} calls the node on port ${port}, but no egress rule lets the pods of ${title(one)} out to its address`,
              fix: `write connectsTo: [Peer.cidr('<range of the VPC>', ${port})], or a NetworkPolicy with that egress rule`,
              ...placeOf(from),
            });
          }
          seen.add(port);
        }
      }
    }
  },
};

/** The variables that hold the address of the node. */
function hostVariables(pod: PodObject): readonly string[] {
  const found: string[] = [];
  for (const { container } of podContainers(pod)) {
    for (const { name, valueFrom } of container.env ?? []) {
      if (isNodeAddress(valueFrom) && /^[\w.-]+$/.test(name ?? '')) {
        found.push(name);
      }
    }
  }
  return found;
}

/** The ports behind an address that is inserted: '$(NODE_IP):4317', and of NODE_IP those in NODE_PORT. */
function portsAfter(text: string, name: string, variable: string): readonly number[] {
  const found = text.includes(variable) ? insertedPorts(text, variable) : [];
  const prefix = /^(.*_)(HOST|IP|ADDR|ADDRESS|HOSTNAME)$/.exec(variable)?.[1];
  const separate = prefix !== undefined && name.startsWith(prefix) && /PORT$/.test(name) && /^\d{1,5}$/.test(text);
  return separate ? [...found, Number(text)] : found;
}

function insertedPorts(text: string, variable: string): readonly number[] {
  const escaped = variable.replace(/[.-]/g, '\\$&');
  const form = new RegExp(`\\$[({]?${escaped}[)}]?:(\\d{1,5})`, 'g');
  return [...text.matchAll(form)].map(([, port]) => Number(port));
}

const BLOCKS = VPC_BLOCKS.map((block) => parseRange(block)!);

/** Whether a rule may hold addresses of nodes. */
function opens({ to, ports }: NetworkPolicyEgressRule, port: number): boolean {
  const blocks = (to ?? []).flatMap(({ ipBlock }) => (ipBlock?.cidr === undefined ? [] : [parseRange(ipBlock.cidr)]));
  const reaches = !to?.length || blocks.some((range) => !range || BLOCKS.some((block) => overlap(range, block)));
  return reaches && allowsPort(ports, { port, protocol: 'TCP' }, undefined);
}

function pod(peer: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  containers:
    - name: web
      image: example.com/web:1.0.0
      env:
        - { name: NODE_IP, valueFrom: { fieldRef: { fieldPath: status.hostIP } } }
        - { name: OTLP, value: 'http://$(NODE_IP):4317' }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ${peer} }], ports: [{ port: 4317 }] }] }
`;
}

function isNodeAddress(source: EnvVarSource | undefined): boolean {
  const path = source?.fieldRef?.fieldPath;
  return path === 'status.hostIP' || path === 'status.hostIPs';
}
