import { READINESS_GATE } from '../../../eks/compute-modes';
import { title } from '../../../kube/inventory';
import { balancedServices } from '../../behind-balancers';
import { madeNamespaces } from '../../namespaces';
import type { Rule } from '../../rule';

const GATES = Object.values(READINESS_GATE);

/** A namespace whose pods are ready before their load balancer knows them. */
export const rule: Rule = {
  id: 'target-groups/readiness-gate',
  title: 'the namespace of pods that are targets of a load balancer has readiness gates',
  severity: 'advice',
  why: 'Without a gate a new pod counts as ready before its target is healthy. A rollout then ends old pods while the load balancer has no other targets, and clients get 5xx responses.',
  source: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/',
  bad: balanced('{}'),
  good: balanced('{ elbv2.k8s.aws/pod-readiness-gate-inject: enabled }'),
  check: ({ inventory }, report) => {
    const namespaces = madeNamespaces(inventory);
    const seen = new Set<string>();
    for (const { balancer, service, targetType } of balancedServices(inventory)) {
      const { namespace, pods } = service;
      const labels = namespaces.get(namespace);
      if (
        labels &&
        targetType === 'ip' &&
        pods.length > 0 &&
        !seen.has(namespace) &&
        !GATES.some((gate) => labels[gate] === 'enabled')
      ) {
        seen.add(namespace);
        report(balancer, {
          message: `${title(balancer)} has pods as its targets, and namespace '${namespace}' has no label for readiness gates`,
          fix: `add the label '${READINESS_GATE['node-groups']}: enabled' to the namespace ('${READINESS_GATE.auto}' in EKS Auto Mode): new Tenant(..., { labels: { ... } })`,
        });
      }
    }
  },
};

function balanced(labels: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: ${labels} }
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  annotations: { service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip }
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  selector: { app: web }
  ports: [{ port: 80 }]
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: 'example.com/web:1', ports: [{ containerPort: 80 }] }] }
`;
}
