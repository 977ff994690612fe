import type { NetworkPolicyIngressRule } from '../../../imports/kubernetes';
import { type Inventory, type InventoryObject, title } from '../../../kube/inventory';
import { allowsPort, portNamed } from '../../network/allows';
import { policiesAreKnown, policiesOf } from '../../network/policies';
import { isFromAddresses } from '../../pod-policies';
import type { Rule } from '../../rule';
import { type ServiceObject, servicesByName } from '../../services';

const GROUP = 'gateway.networking.k8s.io';
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'];

/** A backend of a route that takes no traffic from its gateway. */
export const rule: Rule = {
  id: 'routes/closed-backend',
  title: 'the network policies of the pods behind a route admit its gateway',
  severity: 'error',
  why: 'The load balancer of a Gateway calls the pods from its subnets, and a gateway that runs in the cluster from the pods of another namespace. Where the policies of the pods admit neither on the port, requests and health checks time out.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  bad: manifests('podSelector: {}'),
  good: manifests('ipBlock: { cidr: 10.0.0.0/16 }'),
  check: ({ inventory }, report) => {
    if (!policiesAreKnown(inventory)) {
      return;
    }
    for (const route of ROUTES.flatMap((kind) => inventory.ofKind(kind, GROUP))) {
      const outside = isOnLoadBalancer(inventory, route);
      const admits = (rule: NetworkPolicyIngressRule) =>
        isFromAddresses(rule) || (!outside && rule.from?.some(({ namespaceSelector }) => namespaceSelector));
      const protocol = route.manifest.kind === 'UDPRoute' ? 'UDP' : 'TCP';
      for (const [service, number] of backendsOf(inventory, route)) {
        const found = service.ports.find(({ port }) => port === number);
        const target = found?.targetPort ?? number;
        // a port that the Service does not have is a finding of its own
        const closed =
          service.pods.length > 0 &&
          (found !== undefined || number === undefined) &&
          service.pods.every((pod) => {
            const wanted = {
              port: typeof target === 'string' ? portNamed(pod, target) : target,
              protocol,
            };
            return policiesOf(inventory, pod).ingress?.every(
              (rule) => !admits(rule) || !allowsPort(rule.ports, wanted, pod),
            );
          });
        if (closed) {
          report(route, {
            message: `no network policy of the pods behind ${title(service)} admits the gateway of ${title(route)} on port ${target ?? 'of the Service'}`,
            fix: `add a rule to a NetworkPolicy: ingress from ${outside ? 'an ipBlock with the subnets of the load balancer' : 'the namespace of the gateway, or from an ipBlock with the subnets of its load balancer'} (by a pattern: acceptsFrom: [...])`,
            // a gateway that is not in the set may run among the pods that are admitted
            ...(outside ? {} : { severity: 'warning' }),
          });
        }
      }
    }
  },
};

interface Reference {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly port?: number;
}

const listOf = (value: unknown): readonly Reference[] =>
  Array.isArray(value) ? value.filter((one): one is Reference => typeof one === 'object' && one !== null) : [];

/** The Services of the set that a route names, each port once. */
function backendsOf(
  inventory: Inventory,
  { manifest, namespace }: InventoryObject,
): Iterable<readonly [service: ServiceObject, port: number | undefined]> {
  const rules = listOf(manifest.spec?.rules) as readonly { readonly backendRefs?: unknown }[];
  const found = new Map<string, readonly [ServiceObject, number | undefined]>();
  for (const { group = '', kind = 'Service', name, namespace: other, port } of rules.flatMap((rule) =>
    listOf(rule.backendRefs),
  )) {
    const service = servicesByName(inventory).get(`${other ?? namespace}/${name}`);
    if (group === '' && kind === 'Service' && service) {
      found.set(`${other ?? namespace}/${name}:${port}`, [service, port]);
    }
  }
  return found.values();
}

/** Whether a parent of a route is known to be a load balancer of AWS. */
function isOnLoadBalancer(inventory: Inventory, { manifest, namespace }: InventoryObject): boolean {
  const { gateways, classes } = inventory.view(gatewayIndex);
  return listOf(manifest.spec?.parentRefs).some((parent) => {
    const name = gateways.get(`${parent.namespace ?? namespace}/${parent.name}`);
    const controller = classes.get(name ?? '');
    return controller === undefined ? /^aws-(alb|nlb)/.test(name ?? '') : /^gateway\.k8s\.aws\//.test(controller);
  });
}

function gatewayIndex(inventory: Inventory) {
  const specOf = ({ manifest }: InventoryObject) =>
    (manifest.spec ?? {}) as { readonly gatewayClassName?: string; readonly controllerName?: string };
  return {
    gateways: new Map(
      inventory
        .ofKind('Gateway', GROUP)
        .map((one) => [`${one.namespace}/${one.manifest.metadata.name}`, `${specOf(one).gatewayClassName}`]),
    ),
    classes: new Map(
      inventory
        .ofKind('GatewayClass', GROUP)
        .map((one) => [one.manifest.metadata.name, `${specOf(one).controllerName}`]),
    ),
  };
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
