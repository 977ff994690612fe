import type { Severity } from '../../../kube/finding';
import { type Inventory, title } from '../../../kube/inventory';
import { isOnLattice, isOnLoadBalancer } from '../../gateways';
import {
  type Admission,
  admissionOf,
  admitsNamespace,
  balancerFix,
  isOfOnePattern,
  LATTICE_FIX,
} from '../../network/from-outside';
import { policiesAreKnown } from '../../network/policies';
import { type RoutedService, routedServices } from '../../routes';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** A backend of a route that takes no traffic from its gateway, or of a binding that takes none from its load balancer. */
export const rule: Rule = {
  id: 'routes/closed-backend',
  title: 'the network policies of the pods behind a route or a target group binding admit who calls them',
  severity: 'error',
  why: 'The load balancer of a Gateway or a target group calls the pods from its subnets, and a gateway that runs in the cluster from the pods of another namespace. Where the policies of the pods admit neither on the port, requests and health checks time out.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: manifests('podSelector: {}'),
  good: manifests('ipBlock: { cidr: 10.0.0.0/16 }'),
  check: (input, report) => {
    const { inventory } = input;
    const reported = new Set<string>();
    for (const routed of policiesAreKnown(inventory) ? routedServices(inventory) : []) {
      const { object, namespace, name, port } = routed;
      const service = servicesByName(inventory).named(namespace, name);
      const found = service?.ports.find((one) => port !== undefined && (one.port === port || one.name === port));
      const about = `${object.manifest.kind} ${object.namespace}/${object.manifest.metadata.name} ${namespace}/${name}:${port}`;
      if (
        !service ||
        service.pods.length === 0 ||
        // a port that the Service does not have is a finding of its own, and so is an Ingress
        (found === undefined && port !== undefined) ||
        object.manifest.kind === 'Ingress' ||
        reported.has(about) ||
        isOfOnePattern(object, service.pods)
      ) {
        continue;
      }
      const who = callerOf(inventory, routed);
      const outside = who !== 'gateway';
      // a load balancer forwards UDP with the address of the client
      const isUdp = outside && (found?.protocol ?? 'TCP') === 'UDP';
      const caller = who === 'VPC Lattice' ? 'lattice' : isUdp ? 'any' : 'vpc';
      const admission = admissionOf(input, { service, port: found, caller });
      if (admission !== 'open' && (outside || !admitsNamespace(input, { service, port: found }, undefined))) {
        reported.add(about);
        const target = found?.targetPort ?? found?.port;
        report(object, {
          message: `no network policy of the pods behind ${title(service)} admits ${who === 'VPC Lattice' ? who : `the ${who}`} of ${title(object)} on port ${target ?? 'of the Service'}`,
          fix: !outside ? GATEWAY_FIX : who === 'VPC Lattice' ? LATTICE_FIX : balancerFix(service.pods),
          severity: severityOf(routed, outside, admission),
        });
      }
    }
  },
};

const GATEWAY_FIX =
  'add a rule to a NetworkPolicy: ingress from the namespace of the gateway, or from an ipBlock with the subnets of its load balancer (by a pattern: acceptsFrom: [...])';

/** Who sends: a load balancer, VPC Lattice, or a gateway of which nobody knows where it runs. */
function callerOf(inventory: Inventory, { object }: RoutedService): 'gateway' | 'load balancer' | 'VPC Lattice' {
  const { kind } = object.manifest;
  if (isOnLattice(inventory, object)) {
    return 'VPC Lattice';
  }
  const outside = kind === 'TargetGroupBinding' || kind === 'Service' || isOnLoadBalancer(inventory, object);
  return outside ? 'load balancer' : 'gateway';
}

/**
 * A gateway that is not in the set may run among the pods that are admitted, a VPC may have a public range, and a node that
 * is a target always reaches its own pods.
 */
function severityOf({ object }: RoutedService, outside: boolean, admission: Admission): Severity {
  const ofNodes = object.manifest.kind === 'TargetGroupBinding' && object.manifest.spec?.targetType === 'instance';
  return outside && admission === 'closed' && !ofNodes ? 'error' : 'warning';
}

function manifests(peer: string): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ name: public }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec: { gatewayClassName: aws-alb, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: 'example.com/web:1', ports: [{ containerPort: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], ingress: [{ from: [{ ${peer} }] }] }
`;
}
