import { type Inventory, title } from '../../../kube/inventory';
import { type Call, callsOf, portOf, type ServiceCall } from '../../network/calls';
import { ownCallProblems } from '../../network/own-calls';
import { allowed } from '../../network/passes';
import { networkPolicies, policiesAreKnown } from '../../network/policies';
import { patternOf } from '../../patterns';
import { placeOf, readersOf, whereOf } from '../../pod-texts';
import type { Problem, Rule } from '../../rule';

/** The address of a workload that the policies of one of both ends close: the program only sees time-outs. */
export const rule: Rule = {
  id: 'connections/undeclared',
  title: 'an isolated pod may reach the Services whose addresses it has',
  severity: 'error',
  why: 'The network policies drop the packets of a connection that neither an egress rule of the caller nor an ingress rule of the called allows. The program only sees time-outs.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web, env: [{ name: DB, value: 'postgres://db:5432/app' }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: db, image: db }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ port: 5432 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web, env: [{ name: DB, value: 'postgres://db:5432/app' }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: db, image: db }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ port: 5432 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Egress]
  egress: [{ to: [{ podSelector: { matchLabels: { app: db } } }], ports: [{ port: 5432 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 5432 }] }]
`,
  check: ({ inventory }, report) => {
    if (networkPolicies(inventory).length === 0 || !policiesAreKnown(inventory)) {
      return;
    }
    for (const pod of inventory.pods) {
      const toItself: (Call & ServiceCall)[] = [];
      for (const call of pod.spec.hostNetwork === true ? [] : callsOf(inventory, pod)) {
        if (call.to !== 'service' || call.pods.length === 0) {
          continue;
        }
        if (call.pods.includes(pod)) {
          toItself.push(call);
          continue;
        }
        if (!isOpen(inventory, call)) {
          report(pod, problemOf(inventory, call));
        }
      }
      for (const problem of ownCallProblems(inventory, pod, toItself)) {
        report(pod, problem);
      }
    }
  },
};

/** Whether both ends allow a call to some pod of the Service. */
function isOpen(inventory: Inventory, call: Call & ServiceCall): boolean {
  const { pod, pods, protocol } = call;
  for (const to of pods) {
    const port = portOf(call, to);
    if (
      allowed(inventory, pod, to, port, protocol, 'egress') &&
      allowed(inventory, pod, to, port, protocol, 'ingress')
    ) {
      return true;
    }
  }
  return false;
}

/** The first end that refuses a call to every pod of a Service. */
function problemOf(inventory: Inventory, call: Call & ServiceCall): Problem {
  const { pod, pods, from } = call;
  const called = pods[0]!;
  // a ConfigMap of several workloads may hold addresses that only some of them call
  const shared = from.configMap !== undefined && readersOf(inventory, from.configMap) > 1;
  const place = {
    ...(shared ? { severity: 'warning' as const } : {}),
    ...(from.container === undefined ? {} : { container: from.container }),
  };
  const otherPort = pods.some(
    (to) =>
      allowed(inventory, pod, to, undefined, call.protocol, 'egress') &&
      allowed(inventory, pod, to, undefined, call.protocol, 'ingress'),
  );
  const [workload, target] = [patternOf(pod), patternOf(called)];
  const contains = `${whereOf(from)} contains '${call.address.text}'`;
  if (workload !== undefined && target !== undefined) {
    const name = target.slice(target.lastIndexOf('/') + 1);
    return {
      ...place,
      construct: workload,
      field: 'connectsTo',
      message: otherPort
        ? `${contains}, but the connection to '${target}' does not include port ${call.address.port}`
        : `${contains}, but no connection to '${target}' is declared, so the network policies would drop it`,
      fix: `${otherPort ? `connect to that port too: connectsTo: [${name}.on(...)]` : `write connectsTo: [${name}]`}${shared ? ", or take the keys that this reader needs, envFrom: [config.only('KEY')], or waive: { 'connections/undeclared': '...' }" : ''}`,
    };
  }
  const port = portOf(call, called);
  const [end, verb, peer] = pods.some((to) => allowed(inventory, pod, to, portOf(call, to), call.protocol, 'egress'))
    ? [title(called), 'ingress from', pod]
    : [title(pod), 'egress to', called];
  return {
    ...place,
    ...placeOf(from),
    message: `${contains}, but the network policies that select the pods of ${end} do not allow ${verb} those of ${title(peer)}${port === undefined ? '' : ` on port ${port}`}`,
    fix: `add a rule to a NetworkPolicy: ${verb} pods with the labels ${JSON.stringify(peer.labels)} in namespace '${peer.namespace}'${port === undefined ? '' : ` on port ${port}`}`,
  };
}
