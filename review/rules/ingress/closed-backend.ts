import type { Severity } from '../../../kube/finding';
import { type Inventory, type InventoryObject, title } from '../../../kube/inventory';
import { backendsOf } from '../../alb-backends';
import { controllerOf } from '../../ingress-controllers';
import { type AlbIngress, albIngresses } from '../../ingresses';
import {
  type Admission,
  admissionOf,
  admitsNamespace,
  balancerFix,
  type CalledPort,
  isOfOnePattern,
} from '../../network/from-outside';
import { policiesAreKnown } from '../../network/policies';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** A backend whose pods take no traffic from who serves the Ingress, such as a canary that only an annotation names. */
export const rule: Rule = {
  id: 'ingress/closed-backend',
  title: 'the network policies of the pods behind an Ingress admit its load balancer or controller',
  severity: 'error',
  why: 'A load balancer calls pods from its subnets, and with instance targets from those of the nodes. Without an ipBlock that covers them, health checks and requests time out. A controller that runs in the cluster calls them from the pods of another namespace.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: manifests('podSelector: {}'),
  good: manifests('ipBlock: { cidr: 10.0.0.0/16 }'),
  check: (input, report) => {
    const { inventory } = input;
    if (!policiesAreKnown(inventory)) {
      return;
    }
    for (const object of inventory.ofKind('Ingress', 'networking.k8s.io')) {
      const backends = calledBy(inventory, object);
      if (backends.length === 0) {
        continue;
      }
      const alb = inventory.view(byObject).get(object);
      const controller = controllerOf(inventory, object);
      for (const called of alb || controller ? backends : []) {
        const admission = admissionOf(input, called);
        const isOpen = !alb && admitsNamespace(input, called, controller?.namespace);
        if (admission !== 'open' && !isOpen) {
          const { service, port } = called;
          const on = port?.port === undefined ? '' : ` on port ${port.port}`;
          const who = alb ? 'the load balancer' : `its controller${inNamespace(controller)}`;
          report(object, {
            message: `no network policy of the pods behind Service '${service.manifest.metadata.name}' of ${title(object)} admits ${who}${on}${alb && admission === 'elsewhere' ? ', which has an address of the VPC, not that of the client' : ''}`,
            fix: alb
              ? balancerFix(service.pods)
              : 'add the pods of the controller to the ingress rules of a NetworkPolicy, of a pattern by acceptsFrom: [...]',
            severity: alb ? severityOf(alb, admission) : 'warning',
          });
        }
      }
    }
  },
};

const byObject = (inventory: Inventory): ReadonlyMap<InventoryObject, AlbIngress> =>
  new Map(albIngresses(inventory).map((ingress) => [ingress.object, ingress]));

/** The ports of Services in the set that an Ingress names, but for those of its own pattern. */
function calledBy(inventory: Inventory, object: InventoryObject): readonly CalledPort[] {
  let found: CalledPort[] | undefined;
  for (const { name, port } of backendsOf(object)) {
    const service = servicesByName(inventory).named(object.namespace, name);
    if (!service || service.pods.length === 0 || isOfOnePattern(object, service.pods)) {
      continue;
    }
    const own = service.ports.find((one) => port !== undefined && (one.port === port.number || one.name === port.name));
    // a port that the Service does not have is a finding of its own
    if (own || port === undefined) {
      found ??= [];
      found.push({ service, port: own, caller: 'vpc' });
    }
  }
  return found ?? NONE;
}

const NONE: readonly CalledPort[] = [];

const inNamespace = (controller: { readonly namespace?: string } | undefined): string =>
  controller?.namespace === undefined ? '' : ` in namespace '${controller.namespace}'`;

/** A VPC may have a public range, and a node that is a target always reaches its own pods. */
function severityOf({ targetType }: AlbIngress, admission: Admission): Severity {
  if (targetType === undefined) {
    // the controller's own default decides
    return 'advice';
  }
  return admission === 'elsewhere' || targetType !== 'ip' ? 'warning' : 'error';
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
