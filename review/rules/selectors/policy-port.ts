import type { LabelSelector, NetworkPolicyIngressRule, NetworkPolicyPort } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { isPortName } from '../../../kube/names';
import { indexPath, listed } from '../../../kube/text';
import type { Rule } from '../../rule';
import { selectedPods } from '../../selection';
import { declaredPorts, declaresPort } from '../../services';

/** A name is looked up among the ports of the pods that the policy selects. */
export const rule: Rule = {
  id: 'selectors/policy-port',
  title: 'a named port of a NetworkPolicy is a port that the selected pods declare',
  severity: 'warning',
  why: 'A port by name is looked up among those that the containers of the pods declare. Where none declares it, the rule opens no port, and connections time out.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: web:1, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: {}, ingress: [{ ports: [{ port: web }] }] }
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: web:1, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: {}, ingress: [{ ports: [{ port: http }] }] }
`,
  check: ({ inventory }, report) => {
    for (const policy of inventory.ofKind('NetworkPolicy', 'networking.k8s.io')) {
      const { podSelector = {}, ingress = [] } = (policy.manifest.spec ?? {}) as {
        readonly podSelector?: LabelSelector;
        readonly ingress?: readonly NetworkPolicyIngressRule[];
      };
      const named = ingress.some(({ ports }) => ports?.some(isNamed)) ? namedPorts(ingress) : NONE;
      const pods = named.length > 0 ? selectedPods(inventory, podSelector, policy.namespace) : [];
      for (const { port, protocol, field } of pods.length > 0 ? named : []) {
        if (!pods.some((pod) => declaresPort(pod, port, protocol))) {
          const names = [...new Set(pods.flatMap(declaredPorts).flatMap(({ name }) => name ?? []))].slice(0, 5);
          report(policy, {
            message: `${title(policy)} opens port '${port}' (${protocol ?? 'TCP'}), which no container of its pods declares`,
            field,
            fix:
              names.length > 0 ? `write ${listed(names)}, or the number of the port` : 'write the number of the port',
          });
        }
      }
    }
  },
};

function namedPorts(ingress: readonly NetworkPolicyIngressRule[]) {
  const found: { readonly port: string; readonly protocol: string | undefined; readonly field: string }[] = [];
  ingress.forEach(({ ports }, i) => {
    ports?.forEach(({ port, protocol }, j) => {
      if (typeof port === 'string' && isPortName(port)) {
        found.push({ port, protocol, field: `${indexPath(`${indexPath('spec.ingress', i)}.ports`, j)}.port` });
      }
    });
  });
  return found;
}

const isNamed = ({ port }: NetworkPolicyPort): boolean => typeof port === 'string';
const NONE: readonly never[] = [];
