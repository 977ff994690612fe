import { title } from '../../../kube/inventory';
import { backendsOf } from '../../behind-balancers';
import { albIngresses } from '../../ingresses';
import { admissionOf, isOfOnePattern } from '../../network/from-outside';
import { policiesAreKnown } from '../../network/policies';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** A backend whose pods take no traffic from outside the cluster, such as a canary that only an annotation names. */
export const rule: Rule = {
  id: 'ingress/closed-backend',
  title: 'the network policies of the pods behind an ALB admit addresses outside the cluster',
  severity: 'error',
  why: 'A load balancer calls pods from its subnets, and with instance targets from those of the nodes. Without an ipBlock that covers them, health checks and requests time out.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: manifests('podSelector: {}'),
  good: manifests('ipBlock: { cidr: 10.0.0.0/16 }'),
  check: (input, report) => {
    const { inventory } = input;
    for (const ingress of policiesAreKnown(inventory) ? albIngresses(inventory) : []) {
      const { object } = ingress;
      for (const { name, port } of backendsOf(ingress)) {
        const service = servicesByName(inventory).get(`${object.namespace}/${name}`);
        if (!service || service.pods.length === 0 || isOfOnePattern(object, service.pods)) {
          continue;
        }
        const own = service.ports.find(
          (one) => port !== undefined && (one.port === port.number || one.name === port.name),
        );
        const admission = admissionOf(input, { service, port: own, caller: 'vpc' });
        if (admission !== 'open') {
          const on = own?.port === undefined ? '' : ` on port ${own.port}`;
          report(object, {
            message: `no network policy of the pods behind Service '${name}' of ${title(object)} admits the load balancer${on}${admission === 'elsewhere' ? ', which has an address of the VPC, not that of the client' : ''}`,
            fix: 'expose that workload too, or add an ipBlock with the subnets of the load balancer',
            // a VPC may have a public range
            ...(admission === 'elsewhere' ? { severity: 'warning' } : {}),
          });
        }
      }
    }
  },
};

function manifests(peer: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: 'example.com/web:1', ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], ingress: [{ from: [{ ${peer} }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop, annotations: { alb.ingress.kubernetes.io/target-type: ip } }
spec:
  ingressClassName: alb
  defaultBackend: { service: { name: web, port: { number: 8080 } } }
`;
}
