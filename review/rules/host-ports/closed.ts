import { title } from '../../../kube/inventory';
import { podContainers } from '../../../kube/pod-containers';
import { allowsPort } from '../../network/allows';
import { policiesAreKnown, policiesOf } from '../../network/policies';
import type { Rule } from '../../rule';
import { suspectContainers, suspectsIn } from '../../suspects';

const WITH_HOST_PORTS = suspectContainers(
  ({ container: { ports } }) => ports?.some(({ hostPort }) => hostPort !== undefined) === true,
);

/** A port of the node that nothing may call. */
export const rule: Rule = {
  id: 'host-ports/closed',
  title: 'the network policies of a pod with a host port let someone in on it',
  severity: 'warning',
  why: 'Network policies hold for connections by a port of the node, too: they come with the address of the pod or the machine that calls. Without an ingress rule for the port every connection to it times out.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  bad: agent(13133),
  good: agent(4317),
  check: ({ inventory }, report) => {
    if (!policiesAreKnown(inventory)) {
      return;
    }
    for (const pod of suspectsIn(inventory, WITH_HOST_PORTS)) {
      const { ingress } = policiesOf(inventory, pod);
      for (const { container, field } of ingress ? podContainers(pod) : []) {
        for (const [i, { containerPort, hostPort = 0, protocol = 'TCP' }] of (container.ports ?? []).entries()) {
          const wanted = { port: containerPort, protocol };
          if (hostPort > 0 && !ingress!.some(({ ports }) => allowsPort(ports, wanted, pod))) {
            report(pod, {
              message: `no network policy of the pods of ${title(pod)} admits anything on port ${containerPort}, which is port ${hostPort} of their node`,
              fix: `add a rule to a NetworkPolicy (by a pattern: customize: { networkPolicy: (p) => { ... } }): ingress from the pods or the ranges that call, on port ${containerPort}`,
              field: `${field}.ports[${i}].hostPort`,
              container: container.name,
            });
          }
        }
      }
    }
  },
};

function agent(open: number): string {
  return `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: otel, namespace: agents }
spec:
  selector: { matchLabels: { app: otel } }
  template:
    metadata: { labels: { app: otel } }
    spec:
      containers:
        - { name: otel, image: 'example.com/otel:1.0.0', ports: [{ containerPort: 4317, hostPort: 4317 }, { containerPort: 13133 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: otel, namespace: agents }
spec:
  podSelector: { matchLabels: { app: otel } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: ${open} }] }]
`;
}
