import { isIPv4, VPC_BLOCKS, within } from '../../../kube/cidr';
import type { Inventory } from '../../../kube/inventory';
import { title } from '../../../kube/inventory';
import { allowsOutside, allowsPeer, allowsPort } from '../../network/allows';
import { type Call, callsOf } from '../../network/calls';
import { opensDomain } from '../../network/domains';
import { networkPolicies, policiesAreKnown, policiesOf } from '../../network/policies';
import { placeOf, whereOf } from '../../pod-texts';
import type { Rule } from '../../rule';

/** An address outside of the set that no egress rule covers. */
export const rule: Rule = {
  id: 'connections/outside',
  title: 'an isolated pod may reach the hosts outside of the set whose addresses it has',
  severity: 'warning',
  why: 'Egress of an isolated pod is closed but for what a rule opens. A connection to a database or an API outside of the cluster times out without one.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web, env: [{ name: API, value: 'https://api.payments.example/v1' }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web, env: [{ name: API, value: 'https://api.payments.example/v1' }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 443 }] }]
`,
  check: ({ inventory }, report) => {
    if (networkPolicies(inventory).length === 0 || !policiesAreKnown(inventory)) {
      return;
    }
    for (const pod of inventory.pods) {
      const isClosed = (call: Call) => call.to !== 'service' && !isCovered(inventory, call);
      const calls = callsOf(inventory, pod);
      const closed = calls.some(isClosed) ? calls.filter(isClosed) : [];
      // without a policy everything is allowed
      if (closed.length === 0 || !policiesOf(inventory, pod).egress) {
        continue;
      }
      for (const [call, ...more] of grouped(closed)) {
        const { from, address } = call;
        const others = more.length === 0 ? '' : ` (and ${more.length} others)`;
        const destination = call.to === 'other-service' ? `namespace '${call.namespace}'` : 'it';
        const port = address.port === undefined ? '' : ` on port ${address.port}`;
        report(pod, {
          message: `${whereOf(from)} contains '${address.text}'${others}, but nothing lets the pods of ${title(pod)} out to ${destination}${port}, so the connection would time out`,
          fix: wayOut(call),
          ...placeOf(from),
        });
      }
    }
  },
};

/** Calls that one rule of egress would open, such as those to the brokers of a cluster. */
function grouped(calls: readonly Call[]): readonly (readonly [Call, ...Call[]])[] {
  const groups = new Map<string, [Call, ...Call[]]>();
  for (const call of calls) {
    const domain = call.to === 'other-service' ? call.namespace : call.address.host.replace(/^[^.]*/, '');
    const key = `${call.to} ${domain}:${call.address.port}`;
    const group = groups.get(key);
    if (group) {
      group.push(call);
    } else {
      groups.set(key, [call]);
    }
  }
  return [...groups.values()];
}

function isCovered(inventory: Inventory, call: Call): boolean {
  const { pod, address } = call;
  const rules = policiesOf(inventory, pod).egress ?? [];
  const wanted = { port: address.port, protocol: call.protocol };
  switch (call.to) {
    case 'outside':
      return (
        rules.some(({ to, ports }) => allowsOutside(to, ports, wanted, call.ip)) ||
        opensDomain(inventory, pod, address.host, wanted)
      );
    case 'other-service':
      // its pods may have other ports than the Service
      return rules.some(({ to }) => {
        const other = { namespace: call.namespace, pod: undefined };
        return allowsPeer(inventory, to, pod.namespace, other);
      });
    default:
      return allowsPort(undefined, wanted, undefined);
  }
}

/** What to write for an address on the internet or in the VPC. */
function wayOut(call: Call): string {
  const port = call.address.port ?? 443;
  if (call.to === 'other-service') {
    return `write connectsTo: [Peer.workload({ namespace: '${call.namespace}', name: '...' }, ${port})], or Peer.of(...) for pods with other labels, or a NetworkPolicy with that egress rule`;
  }
  const { host } = call.address;
  const isPrivate = isIPv4(host)
    ? within(`${host}/32`, VPC_BLOCKS)
    : /\.(rds|cache|memorydb|kafka|docdb|redshift|es)\./.test(host) || (port !== 443 && port !== 80);
  return isPrivate
    ? `write connectsTo: [Peer.cidr('${isIPv4(host) ? `${host}/32` : '<subnets>'}', ${port})], or a NetworkPolicy with that egress rule`
    : `write connectsTo: [Peer.internet(${port})], or a NetworkPolicy with that egress rule`;
}
