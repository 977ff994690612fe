import { type InventoryObject, title } from '../../../kube/inventory';
import { ingressBackends } from '../../../kube/references';
import { type AlbIngress, albIngresses } from '../../ingresses';
import { policiesAreKnown, policiesOf } from '../../network/policies';
import { patternOf } from '../../pattern-of';
import { isFromAddresses } from '../../pod-policies';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** A backend whose pods take no traffic from outside the cluster, such as a canary that only an annotation names. */
export const rule: Rule = {
  id: 'ingress/closed-backend',
  title: 'the network policies of the pods behind an ALB admit addresses outside the cluster',
  severity: 'error',
  why: 'A load balancer with IP targets calls the pods from its subnets. Without an ipBlock that covers them, health checks and requests time out.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: manifests('podSelector: {}'),
  good: manifests('ipBlock: { cidr: 10.0.0.0/16 }'),
  check: ({ inventory }, report) => {
    if (!policiesAreKnown(inventory)) {
      return;
    }
    // with instance targets, or where the controller may have them by default, nodes call the pods
    for (const ingress of albIngresses(inventory).filter(({ targetType }) => targetType === 'ip')) {
      const { object } = ingress;
      for (const name of backendsOf(ingress)) {
        const behind = servicesByName(inventory).get(`${object.namespace}/${name}`)?.pods ?? [];
        // the pattern of both says by itself when it does not know the subnets
        const isOwn = behind.some((pod) => patternOf(pod) !== undefined && patternOf(pod) === patternOf(object));
        const lists = behind.map((pod) => policiesOf(inventory, pod).ingress);
        if (
          behind.length > 0 &&
          !isOwn &&
          lists.every((rules) => rules !== undefined && !rules.some(isFromAddresses))
        ) {
          report(object, {
            message: `no network policy of the pods behind Service '${name}' of ${title(object)} admits the load balancer`,
            fix: 'expose that workload too, or add an ipBlock with the subnets of the load balancer',
          });
        }
      }
    }
  },
};

/** The Services that an Ingress and its actions name. */
function backendsOf({ object }: AlbIngress): ReadonlySet<string> {
  const names = ingressBackends(object.manifest).map(({ name }) => name);
  return new Set([...names, ...actionBackends(object)]);
}

function actionBackends({ manifest }: InventoryObject): string[] {
  return Object.entries(manifest.metadata.annotations ?? {}).flatMap(([key, text]) =>
    key.startsWith('alb.ingress.kubernetes.io/actions.')
      ? [...text.matchAll(/"serviceName"\s{0,8}:\s{0,8}"([a-z0-9-]{1,63})"/g)].map(([, name]) => name!)
      : [],
  );
}

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
